package dev.owlery.api.slack;

import dev.owlery.api.content.Span;
import dev.owlery.api.content.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads Slack's text: entities, control sequences, and the marks of its "mrkdwn". A mark counts
 * only at the edge of a word, as Slack's clients have it. Text that is struck through keeps its
 * signs.
 */
final class MrkdwnReader {

  private static final String FENCE = "```";

  private final SlackNotation.Names names;

  MrkdwnReader(SlackNotation.Names names) {
    this.names = names;
  }

  /**
   * Reads text with marks.
   *
   * @param raw as Slack delivers it
   * @return what it says
   */
  Text read(String raw) {
    List<Span> spans = new ArrayList<>();
    int at = 0;
    while (at < raw.length()) {
      int open = raw.indexOf(FENCE, at);
      int close = open < 0 ? -1 : raw.indexOf(FENCE, open + FENCE.length());
      if (close < 0) {
        break;
      }
      lines(raw.substring(at, open), spans);
      spans.add(new Span.CodeBlock("", code(raw.substring(open + FENCE.length(), close))));
      at = close + FENCE.length();
    }
    lines(raw.substring(at), spans);
    return SpanText.of(spans);
  }

  /**
   * Reads text in which signs stand for themselves, such as a slash command's.
   *
   * @param raw as Slack delivers it
   * @return what it says; control sequences are read all the same
   */
  String readPlain(String raw) {
    StringBuilder plain = new StringBuilder();
    int at = 0;
    while (at < raw.length()) {
      int open = raw.indexOf('<', at);
      int close = open < 0 ? -1 : raw.indexOf('>', open);
      if (close < 0) {
        break;
      }
      plain.append(Entity.words(raw.substring(at, open)));
      Span entity = Entity.read(raw.substring(open + 1, close), names);
      plain.append(SpanText.of(List.of(entity)).plain());
      at = close + 1;
    }
    return names.emoji(plain + Entity.words(raw.substring(at)));
  }

  private String code(String raw) {
    String text = raw.startsWith("\n") ? raw.substring(1) : raw;
    StringBuilder code = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('<', at);
      int close = open < 0 ? -1 : text.indexOf('>', open);
      if (close < 0) {
        break;
      }
      code.append(Entity.words(text.substring(at, open)));
      code.append(shown(Entity.read(text.substring(open + 1, close), names)));
      at = close + 1;
    }
    String all = code + Entity.words(text.substring(at));
    return all.endsWith("\n") ? all.substring(0, all.length() - 1) : all;
  }

  private static String shown(Span span) {
    return switch (span) {
      case Span.Words words -> words.text();
      case Span.Link link -> link.target();
      default -> "";
    };
  }

  /** Lines that begin with {@code >} are a quotation together. */
  private void lines(String raw, List<Span> out) {
    String[] lines = raw.split("\n", -1);
    List<Span> quoted = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i];
      if (line.startsWith("&gt;")) {
        if (!quoted.isEmpty()) {
          quoted.add(new Span.Break());
        }
        inline(line.substring("&gt;".length()).stripLeading(), quoted);
        continue;
      }
      boolean afterQuote = flush(quoted, out);
      if (i > 0 && !afterQuote) {
        out.add(new Span.Break());
      }
      inline(line, out);
    }
    flush(quoted, out);
  }

  private static boolean flush(List<Span> quoted, List<Span> out) {
    if (quoted.isEmpty()) {
      return false;
    }
    out.add(new Span.Quote(List.copyOf(quoted)));
    quoted.clear();
    return true;
  }

  private void inline(String line, List<Span> out) {
    StringBuilder words = new StringBuilder();
    int at = 0;
    while (at < line.length()) {
      char c = line.charAt(at);
      int end = end(line, at, c);
      if (end < 0) {
        words.append(c);
        at++;
        continue;
      }
      flush(words, out);
      String inside = line.substring(at + 1, end);
      switch (c) {
        case '<' -> out.add(Entity.read(inside, names));
        case '`' -> out.add(new Span.Code(code(inside)));
        case '*' -> out.add(new Span.Strong(inside(inside)));
        default -> out.add(new Span.Emphasis(inside(inside)));
      }
      at = end + 1;
    }
    flush(words, out);
  }

  private List<Span> inside(String line) {
    List<Span> spans = new ArrayList<>();
    inline(line, spans);
    return List.copyOf(spans);
  }

  private void flush(StringBuilder words, List<Span> out) {
    if (!words.isEmpty()) {
      out.add(new Span.Words(names.emoji(Entity.words(words.toString()))));
      words.setLength(0);
    }
  }

  /** Where that which begins here ends; negative if nothing begins. */
  private static int end(String line, int at, char sign) {
    return switch (sign) {
      case '<' -> line.indexOf('>', at);
      case '`' -> {
        int close = line.indexOf('`', at + 1);
        yield close > at + 1 && isEdge(line, at - 1) ? close : -1;
      }
      case '*', '_' -> isEdge(line, at - 1) ? close(line, at, sign) : -1;
      default -> -1;
    };
  }

  private static int close(String line, int open, char sign) {
    if (open + 1 >= line.length() || Character.isWhitespace(line.charAt(open + 1))) {
      return -1;
    }
    for (int i = line.indexOf(sign, open + 1); i > 0; i = line.indexOf(sign, i + 1)) {
      boolean tight = i > open + 1 && !Character.isWhitespace(line.charAt(i - 1));
      if (tight && isEdge(line, i + 1) && !isInEntity(line, open, i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isInEntity(String line, int from, int at) {
    return line.lastIndexOf('<', at) > Math.max(from, line.lastIndexOf('>', at));
  }

  private static boolean isEdge(String line, int at) {
    return at < 0 || at >= line.length() || !Character.isLetterOrDigit(line.charAt(at));
  }
}
