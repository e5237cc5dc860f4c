package dev.owlery.plugins.feeds;

import dev.owlery.api.content.Excerpt;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.parser.Tag;

/** Makes one line of plain text of what feeds call titles and texts. */
final class PlainText {
  private static final int LONGEST = 20_000;
  private static final Pattern MARKS = Pattern.compile("<[a-zA-Z!/]|&[a-zA-Z#]");
  private static final Pattern SPACE =
      Pattern.compile(
          "[\\p{Cntrl}\\p{Z}\\u2028\\u2029\\u0085\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]+");

  private static final Pattern TAG = Pattern.compile("</?(\\w{1,40})");
  private static final Pattern PROOF = Pattern.compile("</\\w{1,40}>|&#?\\w{1,40};");
  private static final Pattern CONTROLS = Pattern.compile("[\\x80-\\x9f]");
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private PlainText() {}

  /**
   * A title that may be HTML, which nobody says: only if it has an end tag or a reference, and no
   * tag that HTML does not have, so that {@code List<String>} and {@code a<b} lose nothing.
   */
  static String ofTitle(String source) {
    String text = source.length() > LONGEST ? source.substring(0, LONGEST) : source;
    boolean isHtml =
        PROOF.matcher(text).find()
            && TAG.matcher(text)
                .results()
                .allMatch(tag -> Tag.isKnownTag(tag.group(1).toLowerCase(Locale.ROOT)));
    return isHtml ? ofHtml(text) : line(text);
  }

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
    return SPACE.matcher(printable(text)).replaceAll(" ").strip();
  }

  /** Control characters of ISO 8859-1 are meant as those of windows-1252, as in HTML. */
  private static String printable(String text) {
    return CONTROLS
        .matcher(text)
        .replaceAll(each -> new String(new byte[] {(byte) each.group().charAt(0)}, WINDOWS));
  }

  /** The beginning of a text. */
  static String cut(String text, int most) {
    return Excerpt.of(text, most);
  }
}
