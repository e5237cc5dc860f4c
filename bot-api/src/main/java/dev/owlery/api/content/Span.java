package dev.owlery.api.content;

import java.util.List;

/**
 * A piece of text with one meaning. A renderer switches over these exhaustively, so that no network
 * forgets a kind. Paragraphs, list items and line ends have already become {@link Break}s and
 * words.
 */
public sealed interface Span {

  /**
   * Characters that stand for themselves.
   *
   * @param text may hold {@code \n}
   */
  record Words(String text) implements Span {}

  /**
   * Strong importance: bold.
   *
   * @param spans what is strong
   */
  record Strong(List<Span> spans) implements Span {}

  /**
   * Emphasis: italic.
   *
   * @param spans what is emphasised
   */
  record Emphasis(List<Span> spans) implements Span {}

  /**
   * Code within a line: fixed width, no marks inside.
   *
   * @param text the code
   */
  record Code(String text) implements Span {}

  /**
   * Lines of code.
   *
   * @param language the language's name, or empty
   * @param text the lines, without a last line end
   */
  record CodeBlock(String language, String text) implements Span {}

  /**
   * Something said by somebody else.
   *
   * @param spans what they said
   */
  record Quote(List<Span> spans) implements Span {}

  /**
   * A link.
   *
   * @param target an absolute address with the scheme http, https, mailto or xmpp
   * @param spans what to show
   */
  record Link(String target, List<Span> spans) implements Span {}

  /**
   * A member that is called by name. Adapters make these of what the network marked as a mention;
   * text never becomes one.
   *
   * @param handle the network's address of the member
   * @param displayName what to show
   */
  record Mention(String handle, String displayName) implements Span {}

  /** The end of a line. */
  record Break() implements Span {}
}
