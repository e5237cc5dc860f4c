package dev.owlery.adapter.xmpp.text;

import dev.owlery.api.content.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads message styling (XEP-0393): quotes and preformatted blocks, and within a line strong and
 * emphasised words. The signs remain where they were written (section 3). Pure.
 */
final class StylingReader {
  private static final String SIGNS = "*_`";
  private static final String FENCE = "```";
  private static final String QUOTE = "> ";
  private static final int DEEPEST = 8;

  private StylingReader() {}

  /** Whether a body can be styled at all. */
  static boolean mayBeStyled(String body) {
    return body.chars().anyMatch(c -> SIGNS.indexOf(c) >= 0) || body.contains(QUOTE);
  }

  /**
   * Reads a body with its blocks.
   *
   * @param body the body
   * @return Markdown
   */
  static String blocks(String body) {
    StringBuilder markdown = new StringBuilder();
    blocks(List.of(body.split("\n", -1)), 0, markdown);
    return markdown.toString();
  }

  /**
   * Reads a body as if it had no blocks.
   *
   * @param body the body
   * @return Markdown
   */
  static String lines(String body) {
    StringBuilder markdown = new StringBuilder();
    paragraph(List.of(body.split("\n", -1)), markdown);
    return markdown.toString();
  }

  private static void blocks(List<String> lines, int depth, StringBuilder out) {
    int at = 0;
    while (at < lines.size()) {
      int begin = at;
      if (lines.get(at).startsWith(FENCE)) {
        at = endOfCode(lines, at);
        code(lines.subList(begin, at), out);
      } else if (isQuote(lines.get(at), depth)) {
        while (at < lines.size() && isQuote(lines.get(at), depth)) {
          at++;
        }
        quote(lines.subList(begin, at), depth, out);
      } else {
        while (at < lines.size()
            && !lines.get(at).startsWith(FENCE)
            && !isQuote(lines.get(at), depth)) {
          at++;
        }
        paragraph(lines.subList(begin, at), out);
      }
      out.append(at < lines.size() ? "\n\n" : "");
    }
  }

  private static boolean isQuote(String line, int depth) {
    return line.startsWith(QUOTE) && depth < DEEPEST;
  }

  /** Behind the line that closes a block, or behind everything. */
  private static int endOfCode(List<String> lines, int begin) {
    int at = begin + 1;
    while (at < lines.size() && !lines.get(at).equals(FENCE)) {
      at++;
    }
    return Math.min(at + 1, lines.size());
  }

  /** The lines between the fences are code; the fences are words. */
  private static void code(List<String> lines, StringBuilder out) {
    boolean isClosed = lines.size() > 1 && lines.getLast().equals(FENCE);
    List<String> code = lines.subList(1, lines.size() - (isClosed ? 1 : 0));
    String fence = "~".repeat(3 + code.stream().mapToInt(String::length).max().orElse(0));
    out.append(Text.escape(lines.getFirst()));
    if (!code.isEmpty()) {
      out.append("\n\n").append(fence).append('\n');
      code.forEach(line -> out.append(line).append('\n'));
      out.append(fence);
    }
    out.append(isClosed ? "\n\n" + Text.escape(FENCE) : "");
  }

  private static void quote(List<String> lines, int depth, StringBuilder out) {
    StringBuilder inner = new StringBuilder();
    blocks(lines.stream().map(line -> line.substring(QUOTE.length())).toList(), depth + 1, inner);
    out.append(QUOTE).append(inner.toString().replace("\n", "\n" + QUOTE));
  }

  private static void paragraph(List<String> lines, StringBuilder out) {
    List<String> written = new ArrayList<>();
    for (String line : lines) {
      StringBuilder markdown = new StringBuilder();
      line(line, markdown);
      written.add(markdown.toString());
    }
    out.append(String.join("\\\n", written));
  }

  private static void line(String line, StringBuilder out) {
    int at = 0;
    while (at < line.length()) {
      char sign = line.charAt(at);
      int end = opens(line, at) ? closing(line, at, sign) : -1;
      if (end < 0) {
        out.append(Text.escape(String.valueOf(sign)));
        at++;
      } else {
        String inner = line.substring(at, end + 1);
        String mark = sign == '*' ? "**" : "*";
        out.append(sign == '`' ? Text.escape(inner) : mark + Text.escape(inner) + mark);
        at = end + 1;
      }
    }
  }

  private static boolean opens(String line, int at) {
    boolean isSign = SIGNS.indexOf(line.charAt(at)) >= 0;
    boolean afterBlank = at == 0 || Character.isWhitespace(line.charAt(at - 1));
    boolean beforeWord = at + 1 < line.length() && !Character.isWhitespace(line.charAt(at + 1));
    return isSign && afterBlank && beforeWord;
  }

  private static int closing(String line, int from, char sign) {
    int end = line.indexOf(sign, from + 1);
    boolean fits = end > from + 1 && !Character.isWhitespace(line.charAt(end - 1));
    return fits ? end : -1;
  }
}
