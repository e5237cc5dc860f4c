package dev.owlery.plugins.feeds;

import java.util.regex.Pattern;
import org.jsoup.Jsoup;

/** Makes one line of plain text of what feeds call titles and texts. */
final class PlainText {
  private static final int LONGEST = 20_000;
  private static final Pattern MARKS = Pattern.compile("<[a-zA-Z!/]|&[a-zA-Z#]");
  private static final Pattern SPACE =
      Pattern.compile(
          "[\\p{Cntrl}\\p{Z}\\u2028\\u2029\\u0085\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]+");

  private PlainText() {}

  /** Text that is HTML if it looks like it. */
  static String ofAny(String source) {
    String text = source.length() > LONGEST ? source.substring(0, LONGEST) : source;
    return MARKS.matcher(text).find() ? ofHtml(text) : line(text);
  }

  static String ofHtml(String source) {
    String html = source.length() > LONGEST ? source.substring(0, LONGEST) : source;
    return line(Jsoup.parseBodyFragment(html).text());
  }

  /** Text in which every character stands for itself, on one line. */
  static String line(String text) {
    return SPACE.matcher(text).replaceAll(" ").strip();
  }

  /** The beginning of a text. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "\u2026";
  }
}
