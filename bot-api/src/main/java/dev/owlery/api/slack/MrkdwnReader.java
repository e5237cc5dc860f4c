package dev.owlery.api.slack;

import dev.owlery.api.content.Span;
import dev.owlery.api.content.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads Slack's text: entities, control sequences, and the marks of its "mrkdwn". A mark counts
 * only at the edge of a word, as Slack's clients have it. Text that is struck through keeps its
 * signs. The time that it takes grows with the length and no faster.
 */
final class MrkdwnReader {

  /** What lies behind so many characters is read as text in which signs stand for themselves. */
  private static final int LONGEST = 8 * 1024;

  private static final String FENCE = "```";

  /** Marks that are nested deeper are signs; with the quotation around them they are 32. */
  private static final int DEEPEST = 31;

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
    int end = raw.length() <= LONGEST ? raw.length() : cut(raw);
    marked(raw.substring(0, end), spans);
    if (end < raw.length()) {
      spans.add(new Span.Words(readPlain(raw.substring(end))));
    }
    return SpanText.of(spans);
  }

  /** Where a text may be cut: behind a line or a word, and in no entity. */
  private static int cut(String raw) {
    int line = raw.lastIndexOf('\n', LONGEST - 1) + 1;
    int word = raw.lastIndexOf(' ', LONGEST - 1) + 1;
    int end = line > LONGEST / 2 ? line : word > LONGEST / 2 ? word : LONGEST;
    int open = raw.lastIndexOf('<', end - 1);
    boolean inside = open > 0 && raw.lastIndexOf('>', end - 1) < open;
    int escape = raw.lastIndexOf('&', end - 1);
    boolean inEscape = escape > 0 && escape > end - "&amp;".length();
    int safe = inside ? open : inEscape ? escape : end;
    return Character.isLowSurrogate(raw.charAt(safe)) ? safe - 1 : safe;
  }

  private void marked(String raw, List<Span> spans) {
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
      plain.append(words(Entity.read(raw.substring(open + 1, close), names)));
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

  private static String words(Span entity) {
    return switch (entity) {
      case Span.Words words -> words.text();
      case Span.Link(String target, List<Span> label) ->
          label.stream().map(MrkdwnReader::words).collect(Collectors.joining())
              + " <"
              + target
              + ">";
      default -> "";
    };
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
    inline(new MrkdwnLine(line), 0, line.length(), 0, out);
  }

  private void inline(MrkdwnLine line, int begin, int end, int depth, List<Span> out) {
    int words = begin;
    int at = begin;
    while (at < end) {
      int close = line.close(at, end);
      boolean isMark = line.text().charAt(at) == '*' || line.text().charAt(at) == '_';
      if (close < 0 || (isMark && depth == DEEPEST)) {
        at++;
        continue;
      }
      words(line.text().substring(words, at), out);
      String inside = line.text().substring(at + 1, close);
      switch (line.text().charAt(at)) {
        case '<' -> out.add(Entity.read(inside, names));
        case '`' -> out.add(new Span.Code(code(inside)));
        case '*' -> out.add(new Span.Strong(inside(line, at + 1, close, depth + 1)));
        default -> out.add(new Span.Emphasis(inside(line, at + 1, close, depth + 1)));
      }
      at = close + 1;
      words = at;
    }
    words(line.text().substring(words, end), out);
  }

  private List<Span> inside(MrkdwnLine line, int begin, int end, int depth) {
    List<Span> spans = new ArrayList<>();
    inline(line, begin, end, depth, spans);
    return List.copyOf(spans);
  }

  private void words(String raw, List<Span> out) {
    if (!raw.isEmpty()) {
      out.add(new Span.Words(names.emoji(Entity.words(raw))));
    }
  }
}
