package dev.owlery.api.content;

import java.util.List;

/**
 * Text as somebody wrote it, with what they meant by its signs. Plain text stays what it is on
 * every network: a star in it is a star. Markdown is a CommonMark subset (see {@link Span}) that
 * each adapter renders as its network can.
 *
 * <p>Whatever comes from outside is plain unless the network itself marked it up: so nobody forges
 * a link or a mention by what they type.
 *
 * @param source the text; lines are separated by {@code \n}
 * @param syntax how to read the source
 */
public record Text(String source, Syntax syntax) {

  /** How the source is to be read. */
  public enum Syntax {
    /** Every character stands for itself. */
    PLAIN,
    /** The CommonMark subset. */
    MARKDOWN
  }

  /**
   * So many characters of Markdown are read as Markdown. What lies behind them is plain, apart from
   * backslashes before signs, so that no text takes long to read.
   */
  public static final int MARKED_LENGTH = 8 * 1024;

  /** So many lines of Markdown are read as Markdown, as with {@link #MARKED_LENGTH}. */
  public static final int MARKED_LINES = 500;

  /** No text at all. */
  public static final Text EMPTY = plain("");

  /**
   * Text in which every character stands for itself.
   *
   * @param text any text
   * @return the same, plain
   */
  public static Text plain(String text) {
    return new Text(text, Syntax.PLAIN);
  }

  /**
   * Text with CommonMark's signs for strong, emphasis, code, links, quotes and lists.
   *
   * @param markdown the source; use {@link #escape} for parts that come from outside
   * @return the text
   */
  public static Text markdown(String markdown) {
    return new Text(markdown, Syntax.MARKDOWN);
  }

  /**
   * Makes any text safe to put into Markdown, where it will look as it is.
   *
   * @param outside text that may hold Markdown's signs
   * @return the same text with each ASCII punctuation sign escaped (CommonMark 2.4)
   */
  public static String escape(String outside) {
    StringBuilder escaped = new StringBuilder(outside.length() + 8);
    outside
        .chars()
        .forEach(c -> {
          if (c < 128 && c > ' ' && !Character.isLetterOrDigit(c)) {
            escaped.append('\\');
          }
          escaped.append((char) c);
        });
    return escaped.toString();
  }

  /**
   * What to render, in order. The time that it takes grows with the length of the text and no
   * faster; spans are nested at most 32 deep.
   *
   * @return the spans; for plain text one {@link Span.Words} (none if empty)
   */
  public List<Span> spans() {
    return switch (syntax) {
      case PLAIN -> source.isEmpty() ? List.of() : List.of(new Span.Words(source));
      case MARKDOWN -> MarkdownReader.read(source);
    };
  }

  /**
   * The text without its marks, as a person would read it aloud.
   *
   * @return plain characters; lines separated by {@code \n}
   */
  public String plain() {
    return syntax == Syntax.PLAIN ? source : PlainWriter.write(spans());
  }

  /**
   * Whether there is nothing to say.
   *
   * @return true if the source is blank
   */
  public boolean isBlank() {
    return source.isBlank();
  }
}
