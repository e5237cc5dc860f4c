package dev.owlery.plugins.feeds;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okio.ByteString;

/**
 * Makes text of a document's bytes: by its byte order mark, by what the server says, by what the
 * document says (RFC 7303 section 3), as UTF-8, or as windows-1252, whichever first fits the bytes.
 * Pure; any thread.
 */
final class Decoder {
  private static final int PROLOG = 1_024;
  private static final char BOM = '\ufeff';
  private static final char REPLACEMENT = '\ufffd';

  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final Pattern NAMED =
      Pattern.compile("(?i)charset\\s*=\\s*[\"']?([A-Za-z0-9._:-]{1,40})");
  private static final Pattern DECLARED =
      Pattern.compile("<\\?xml[^>]{0,400}?encoding\\s*=\\s*[\"']\\s*([A-Za-z0-9._:-]{1,40})");

  private Decoder() {}

  /**
   * Decodes a document.
   *
   * @param type its media type, with a charset perhaps; may be empty
   * @param body its bytes
   * @return its text, without byte order marks and blanks in front
   */
  static String decode(String type, ByteString body) {
    Optional<Charset> marked = mark(body);
    if (marked.isPresent()) {
      return stripped(new String(body.toByteArray(), marked.get()));
    }
    for (Charset charset : candidates(type, body)) {
      Optional<String> text = strict(body, charset);
      if (text.isPresent()) {
        return stripped(text.get());
      }
    }
    return stripped(closest(body));
  }

  /** UTF-32 is not to be mistaken for UTF-16, whose mark it begins with. */
  private static Optional<Charset> mark(ByteString body) {
    if (starts(body, 0xff, 0xfe, 0, 0)) {
      return Optional.of(StandardCharsets.UTF_32LE);
    } else if (starts(body, 0, 0, 0xfe, 0xff)) {
      return Optional.of(StandardCharsets.UTF_32BE);
    } else if (starts(body, 0xff, 0xfe) || isAlternating(body, 0)) {
      return Optional.of(StandardCharsets.UTF_16LE);
    } else if (starts(body, 0xfe, 0xff) || isAlternating(body, 1)) {
      return Optional.of(StandardCharsets.UTF_16BE);
    }
    return Optional.empty();
  }

  /** Two letters in two bytes each, as a document without a mark begins. */
  private static boolean isAlternating(ByteString body, int letter) {
    return body.size() >= 4
        && body.getByte(letter) == '<'
        && body.getByte(letter + 2) > 0
        && body.getByte(1 - letter) == 0
        && body.getByte(3 - letter) == 0;
  }

  private static boolean starts(ByteString body, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (body.size() <= i || (body.getByte(i) & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private static List<Charset> candidates(String type, ByteString body) {
    List<Charset> all = new ArrayList<>();
    String begin =
        body.substring(0, Math.min(PROLOG, body.size())).string(StandardCharsets.ISO_8859_1);
    for (Matcher found : List.of(NAMED.matcher(type), DECLARED.matcher(begin))) {
      if (found.find()) {
        charset(found.group(1)).ifPresent(all::add);
      }
    }
    all.add(StandardCharsets.UTF_8);
    return all;
  }

  /** What begins with a letter of one byte is not in UTF-16, whatever it says. */
  private static Optional<Charset> charset(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("utf-16") || lower.startsWith("utf-32") || lower.startsWith("utf16")) {
      return Optional.empty();
    }
    try {
      Charset charset = Charset.forName(name);
      boolean isLatin = charset.equals(StandardCharsets.ISO_8859_1);
      return Optional.of(isLatin ? WINDOWS : charset);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return Optional.empty();
    }
  }

  private static Optional<String> strict(ByteString body, Charset charset) {
    try {
      return Optional.of(
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(
                  charset.equals(WINDOWS) ? CodingErrorAction.REPLACE : CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(body.toByteArray()))
              .toString());
    } catch (CharacterCodingException | UnsupportedOperationException doesNotFit) {
      return Optional.empty();
    }
  }

  /** A few broken characters do not make UTF-8 something else. */
  private static String closest(ByteString body) {
    String text = body.utf8();
    long broken = text.chars().filter(c -> c == REPLACEMENT).count();
    long whole = text.chars().filter(c -> c >= 0x80 && c != REPLACEMENT).count();
    return whole > broken ? text : body.string(WINDOWS);
  }

  private static String stripped(String text) {
    int start = 0;
    while (start < text.length() && (text.charAt(start) <= ' ' || text.charAt(start) == BOM)) {
      start++;
    }
    return text.substring(start);
  }
}
