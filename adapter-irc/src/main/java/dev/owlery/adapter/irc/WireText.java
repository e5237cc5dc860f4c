package dev.owlery.adapter.irc;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text from the wire and back. IRC names are bytes, and not all of them are UTF-8: what is sent to
 * a nick has to carry the very bytes that came. So each byte that is part of no character becomes
 * one of 128 code points for private use ({@code U+10FE80} and up), which become the byte again;
 * the rare character that is one of those itself is treated alike. For people each shows as {@code
 * U+FFFD}. Pure.
 */
final class WireText {
  /** The first half of each of the code points; the other is {@code 0xDE00} and the byte. */
  private static final char HIGH = '\udbff';

  private static final char LOW = '\ude00';

  private WireText() {}

  /**
   * Decodes bytes.
   *
   * @param bytes holds them
   * @param from where they begin
   * @param to where they end
   * @return a text of which {@link #encode} makes the same bytes
   */
  static String decode(byte[] bytes, int from, int to) {
    CharsetDecoder decoder = decoder();
    try {
      String text = decoder.decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
      return text.indexOf(HIGH) < 0 ? text : escaped(text);
    } catch (CharacterCodingException e) {
      return lenient(bytes, from, to);
    }
  }

  private static CharsetDecoder decoder() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  private static String lenient(byte[] bytes, int from, int to) {
    CharsetDecoder decoder = decoder();
    ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
    CharBuffer out = CharBuffer.allocate(to - from);
    StringBuilder text = new StringBuilder(to - from + 8);
    while (in.hasRemaining()) {
      CoderResult result = decoder.decode(in, out, true);
      text.append(escaped(out.flip().toString()));
      out.clear();
      if (result.isError()) {
        for (int left = result.length(); left > 0; left--) {
          append(in.get(), text);
        }
        decoder.reset();
      }
    }
    return text.toString();
  }

  private static void append(byte raw, StringBuilder text) {
    text.append(HIGH).append((char) (LOW + (raw & 0xff)));
  }

  private static boolean isByte(String text, int at) {
    return text.charAt(at) == HIGH
        && at + 1 < text.length()
        && text.charAt(at + 1) >= LOW + 0x80
        && text.charAt(at + 1) <= LOW + 0xff;
  }

  /** Code points that stand for bytes, but came as characters. */
  private static String escaped(String text) {
    if (text.indexOf(HIGH) < 0) {
      return text;
    }
    StringBuilder all = new StringBuilder(text.length() + 8);
    for (int at = 0; at < text.length(); at++) {
      if (isByte(text, at)) {
        for (byte raw : text.substring(at, at + 2).getBytes(StandardCharsets.UTF_8)) {
          append(raw, all);
        }
        at++;
      } else {
        all.append(text.charAt(at));
      }
    }
    return all.toString();
  }

  /**
   * Encodes a text.
   *
   * @param text any
   * @return UTF-8, and the bytes that were not
   */
  static byte[] encode(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (text.indexOf(HIGH) < 0) {
      return utf8;
    }
    int length = 0;
    byte[] bytes = new byte[utf8.length];
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      if (isByte(text, at)) {
        bytes[length++] = (byte) (text.charAt(at + 1) - LOW);
      } else {
        byte[] one = Character.toString(point).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(one, 0, bytes, length, one.length);
        length += one.length;
      }
      at += Character.charCount(point);
    }
    return Arrays.copyOf(bytes, length);
  }

  /**
   * A text for people.
   *
   * @param text any
   * @return the same with {@code U+FFFD} for each byte that is part of no character
   */
  static String shown(String text) {
    if (text.indexOf(HIGH) < 0) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); at++) {
      if (isByte(text, at)) {
        shown.append('\ufffd');
        at++;
      } else {
        shown.append(text.charAt(at));
      }
    }
    return shown.toString();
  }
}
