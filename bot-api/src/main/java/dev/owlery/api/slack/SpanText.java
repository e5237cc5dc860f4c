package dev.owlery.api.slack;

import dev.owlery.api.content.Span;
import dev.owlery.api.content.Text;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes a text of spans: plain where nothing is marked, else Markdown in which words stay words.
 * What does not fit into the part of a text that is read as Markdown loses its marks.
 */
final class SpanText {

  /** Where marks end, so that something can still be put before the text. */
  private static final int LONGEST = Text.MARKED_LENGTH - 1024;

  private static final int MOST_LINES = Text.MARKED_LINES - 100;

  private SpanText() {}

  static Text of(List<Span> spans) {
    boolean isPlain =
        spans.stream().allMatch(span -> span instanceof Span.Words || span instanceof Span.Break);
    return isPlain ? Text.plain(plain(spans)) : Text.markdown(markdown(spans));
  }

  private static String plain(List<Span> spans) {
    return spans.stream()
        .map(span -> span instanceof Span.Words(String text) ? text : "\n")
        .collect(Collectors.joining());
  }

  private static String markdown(List<Span> spans) {
    StringBuilder out = new StringBuilder();
    int lines = 0;
    for (int i = 0; i < spans.size(); i++) {
      char before = out.isEmpty() ? '\n' : out.charAt(out.length() - 1);
      char after = i + 1 < spans.size() ? first(spans.get(i + 1)) : '\n';
      String piece = markdown(spans.get(i), before, after);
      lines += Math.toIntExact(piece.chars().filter(c -> c == '\n').count());
      if (out.length() + piece.length() > LONGEST || lines > MOST_LINES) {
        StringBuilder rest = new StringBuilder();
        shown(spans.subList(i, spans.size()), rest);
        return out.append(words(rest.toString())).toString();
      }
      out.append(piece);
    }
    return out.toString();
  }

  /** What is seen of spans without their marks. */
  private static void shown(List<Span> spans, StringBuilder out) {
    for (Span span : spans) {
      switch (span) {
        case Span.Words words -> out.append(words.text());
        case Span.Strong strong -> shown(strong.spans(), out);
        case Span.Emphasis emphasis -> shown(emphasis.spans(), out);
        case Span.Quote quote -> shown(quote.spans(), out);
        case Span.Code code -> out.append(code.text());
        case Span.CodeBlock block -> out.append('\n').append(block.text()).append('\n');
        case Span.Link link -> {
          shown(link.spans(), out);
          out.append(" <").append(link.target()).append('>');
        }
        case Span.Mention mention -> out.append('@').append(mention.displayName());
        case Span.Break() -> out.append('\n');
      }
    }
  }

  private static String markdown(Span span, char before, char after) {
    return switch (span) {
      case Span.Words words -> words(words.text());
      case Span.Strong strong -> marked("**", strong.spans(), before, after);
      case Span.Emphasis emphasis -> marked("*", emphasis.spans(), before, after);
      case Span.Code code -> code(code.text());
      case Span.CodeBlock block -> codeBlock(block, before, after);
      case Span.Quote quote -> quote(quote, before);
      case Span.Link link -> link(link);
      case Span.Mention mention -> words("@" + mention.displayName());
      case Span.Break() -> "\n";
    };
  }

  /** Words that begin a line begin it with a space that no list or code block grows from. */
  private static String words(String text) {
    return text.lines()
            .map(line -> {
              String rest = line.stripLeading();
              return "\u00a0".repeat(line.length() - rest.length()) + Text.escape(rest);
            })
            .collect(Collectors.joining("\n"))
            .replaceFirst("^\u00a0", " ")
        + (text.endsWith("\n") ? "\n" : "");
  }

  /** Where CommonMark (6.2) would not see the mark as one, the words go without. */
  private static String marked(String mark, List<Span> inside, char before, char after) {
    String text = markdown(inside);
    if (text.isBlank() || !text.strip().equals(text)) {
      return text;
    }
    boolean opens = !Character.isLetterOrDigit(before) || isWord(text.charAt(0));
    boolean closes = !Character.isLetterOrDigit(after) || isWord(text.charAt(text.length() - 1));
    boolean clash = before == '*' || after == '*';
    return !opens || !closes || clash ? text : mark + text + mark;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c);
  }

  private static String code(String text) {
    int longest = longestRun(text);
    String fence = "`".repeat(longest + 1);
    return longest > 0 || text.startsWith(" ")
        ? fence + " " + text + " " + fence
        : fence + text + fence;
  }

  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private static String codeBlock(Span.CodeBlock block, char before, char after) {
    String fence = "`".repeat(Math.max(3, longestRun(block.text()) + 1));
    return lineEnd(before) + fence + "\n" + block.text() + "\n" + fence + lineEnd(after);
  }

  private static String lineEnd(char neighbour) {
    return neighbour == '\n' ? "" : "\n";
  }

  private static String quote(Span.Quote quote, char before) {
    return lineEnd(before) + "> " + markdown(quote.spans()).replace("\n", "\n> ") + "\n\n";
  }

  private static String link(Span.Link link) {
    String target = link.target().replace("<", "%3C").replace(">", "%3E");
    return "[" + markdown(link.spans()) + "](<" + target.replace("\\", "%5C") + ">)";
  }

  private static char first(Span span) {
    return switch (span) {
      case Span.Words words -> words.text().isEmpty() ? ' ' : words.text().charAt(0);
      case Span.Strong _, Span.Emphasis _ -> '*';
      case Span.Code _ -> '`';
      case Span.Link _ -> '[';
      case Span.Mention _ -> '@';
      case Span.CodeBlock _, Span.Quote _, Span.Break() -> '\n';
    };
  }
}
