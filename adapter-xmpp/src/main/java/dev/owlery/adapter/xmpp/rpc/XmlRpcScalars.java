package dev.owlery.adapter.xmpp.rpc;

import dev.owlery.api.procedure.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Base64;
import java.util.regex.Pattern;

/** How XML-RPC writes the values that have no others inside. Pure. */
final class XmlRpcScalars {

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,10}");
  private static final Pattern REAL =
      Pattern.compile(
          "[+-]?([0-9]{1,400}(\\.[0-9]{0,400})?|\\.[0-9]{1,400})([eE][+-]?[0-9]{1,4})?");
  private static final Pattern SPACE = Pattern.compile("[ \\t\\r\\n]+");

  /** The form of the specification, and the one with hyphens that others write. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("[uuuuMMdd][uuuu-MM-dd]'T'HH:mm:ss")
          .withResolverStyle(ResolverStyle.STRICT);

  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HH:mm:ss");

  private XmlRpcScalars() {}

  static Value whole(String written) throws XmlRpcException {
    String text = written.strip();
    if (WHOLE.matcher(text).matches()) {
      long number = Long.parseLong(text);
      if (number == (int) number) {
        return new Value.Whole((int) number);
      }
    }
    throw new XmlRpcException("an int is a whole number of 32 bits");
  }

  static Value truth(String written) throws XmlRpcException {
    return switch (written.strip()) {
      case "1" -> new Value.Truth(true);
      case "0" -> new Value.Truth(false);
      default -> throw new XmlRpcException("a boolean is 0 or 1");
    };
  }

  static Value real(String written) throws XmlRpcException {
    String text = written.strip();
    if (REAL.matcher(text).matches()) {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return new Value.Real(number);
      }
    }
    throw new XmlRpcException("a double is a decimal number of 64 bits");
  }

  /** Without an exponent, which the specification does not know. */
  static String write(double number) {
    return number == 0
        ? Double.toString(number)
        : new BigDecimal(Double.toString(number)).toPlainString();
  }

  static Value time(String written) throws XmlRpcException {
    try {
      return new Value.Time(LocalDateTime.parse(written.strip(), TIME));
    } catch (DateTimeException e) {
      throw new XmlRpcException("a dateTime.iso8601 looks like 19980717T14:08:55", e);
    }
  }

  static String write(LocalDateTime time) throws XmlRpcException {
    if (time.getYear() < 0 || time.getYear() > 9999) {
      throw new XmlRpcException("a dateTime.iso8601 has a year of four digits");
    }
    return WRITTEN.format(time);
  }

  static Value binary(String written) throws XmlRpcException {
    try {
      String packed = SPACE.matcher(written).replaceAll("");
      return new Value.Binary(Base64.getDecoder().decode(packed));
    } catch (IllegalArgumentException e) {
      throw new XmlRpcException("it is no base64", e);
    }
  }
}
