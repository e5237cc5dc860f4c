package dev.owlery.adapter.irc;

import dev.owlery.api.http.AddressBlock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What two clients say to each other about a file (DCC, by CTCP). There is no standard: this is
 * what mIRC, irssi and WeeChat write.
 */
sealed interface DccMessage {

  Pattern SEND =
      Pattern.compile(
          "(?i)SEND (.+?) ([0-9a-f.:]+) (\\d{1,5}) (\\d{1,18})(?: ([0-9a-z]{1,20}))? *");

  Pattern POSITION =
      Pattern.compile("(?i)(RESUME|ACCEPT) (.+?) (\\d{1,5}) (\\d{1,18})(?: ([0-9a-z]{1,20}))? *");

  /** What no other client writes; they show it as a request that they do not know. */
  Pattern UNREACHABLE = Pattern.compile("(?i)UNREACHABLE SEND (.+?) *");

  Pattern REJECT = Pattern.compile("(?i)REJECT (?:SEND|GET) (.+?) *");

  /**
   * The name as the sender wrote it; a claim. Clients compare by port or token, not by it.
   *
   * @return never a path for us
   */
  String name();

  /** The port that it is about; 0 where the token says which. */
  int port();

  /** What a passive transfer is known by; empty for an active one. */
  String token();

  /** An offer; with port 0 the other side is to listen; its answer, with a port. */
  record Send(String name, InetAddress address, int port, long size, String token)
      implements DccMessage {}

  /** Asks to begin at a point. */
  record Resume(String name, int port, long position, String token) implements DccMessage {}

  /** Agrees to that. */
  record Accept(String name, int port, long position, String token) implements DccMessage {}

  /** Wants nothing of it. */
  record Reject(String name) implements DccMessage {
    @Override
    public int port() {
      return -1;
    }

    @Override
    public String token() {
      return "";
    }
  }

  /** Wants it, but cannot connect to where it is to be had. */
  record Unreachable(String name) implements DccMessage {
    @Override
    public int port() {
      return -1;
    }

    @Override
    public String token() {
      return "";
    }
  }

  /**
   * Reads what stands behind {@code DCC}.
   *
   * @param text for example {@code SEND "a file.txt" 2130706433 5000 1024}
   * @return empty for anything else, chats above all
   */
  static Optional<DccMessage> read(String text) {
    Matcher send = SEND.matcher(text);
    if (send.matches()) {
      return send(send);
    }
    Matcher position = POSITION.matcher(text);
    if (position.matches()) {
      return position(position);
    }
    Matcher unreachable = UNREACHABLE.matcher(text);
    if (unreachable.matches()) {
      return Optional.of(new Unreachable(name(unreachable.group(1))));
    }
    Matcher reject = REJECT.matcher(text);
    return reject.matches() ? Optional.of(new Reject(name(reject.group(1)))) : Optional.empty();
  }

  private static Optional<DccMessage> send(Matcher send) {
    Optional<InetAddress> address = address(send.group(2));
    int port = port(send.group(3));
    return address.isEmpty() || port < 0
        ? Optional.empty()
        : Optional.of(
            new Send(
                name(send.group(1)),
                address.get(),
                port,
                number(send.group(4)),
                token(send.group(5))));
  }

  private static Optional<DccMessage> position(Matcher position) {
    String name = name(position.group(2));
    int port = port(position.group(3));
    long from = number(position.group(4));
    String token = token(position.group(5));
    if (port < 0) {
      return Optional.empty();
    }
    return Optional.of(
        position.group(1).equalsIgnoreCase("RESUME")
            ? new Resume(name, port, from, token)
            : new Accept(name, port, from, token));
  }

  /** Some write no quotation marks although there are blanks in the name. */
  private static String name(String written) {
    boolean quoted = written.length() > 1 && written.startsWith("\"") && written.endsWith("\"");
    return quoted ? written.substring(1, written.length() - 1) : written;
  }

  private static String token(@Nullable String word) {
    return word == null ? "" : word;
  }

  private static int port(String word) {
    long port = number(word);
    return port > 65_535 ? -1 : (int) port;
  }

  private static long number(String word) {
    return Long.parseLong(word);
  }

  /** One number for IPv4, which is how DCC writes it; else the usual form. */
  private static Optional<InetAddress> address(String word) {
    if (!word.matches("\\d{1,10}")) {
      return AddressBlock.numeric(word);
    }
    long number = Long.parseLong(word);
    if (number > 0xffff_ffffL) {
      return Optional.empty();
    }
    try {
      byte[] four = ByteBuffer.allocate(4).putInt((int) number).array();
      return Optional.of(InetAddress.getByAddress(four));
    } catch (UnknownHostException fourBytesAreOne) {
      return Optional.empty();
    }
  }

  /**
   * For the wire.
   *
   * @return with its signs, to be sent in a PRIVMSG
   */
  default String written() {
    String text =
        switch (this) {
          case Send send ->
              "SEND " + quoted() + " " + number(send.address) + " " + port() + " " + send.size;
          case Resume resume -> "RESUME " + quoted() + " " + port() + " " + resume.position;
          case Accept accept -> "ACCEPT " + quoted() + " " + port() + " " + accept.position;
          case Reject any -> "REJECT SEND " + quoted();
          case Unreachable any -> "UNREACHABLE SEND " + quoted();
        };
    return "\u0001DCC " + text + (token().isEmpty() ? "" : " " + token()) + "\u0001";
  }

  /** A name of somebody else's is given back as it came, as far as one line can hold it. */
  private String quoted() {
    String plain = name().replaceAll("[\\u0000\\u0001\\r\\n\"]", "_");
    return plain.indexOf(' ') < 0 ? plain : '"' + plain + '"';
  }

  private static String number(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4
        ? Long.toString(ByteBuffer.wrap(bytes).getInt() & 0xffff_ffffL)
        : address.getHostAddress();
  }
}
