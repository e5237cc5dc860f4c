package dev.owlery.api.slack;

import dev.owlery.api.content.Card;
import dev.owlery.api.content.Span;
import dev.owlery.api.content.Text;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Slack's notation for text ("mrkdwn", with entities and control sequences in angle brackets) and
 * for cards (attachments), for whoever speaks with Slack or with programs made for it. Pure; any
 * thread.
 */
public final class SlackNotation {

  private SlackNotation() {}

  /** What the ids in a text are called. */
  public interface Names {

    /** Leaves ids, and names of emoji, as they are. */
    Names NONE =
        new Names() {
          @Override
          public String user(String id) {
            return id;
          }

          @Override
          public String room(String id) {
            return id;
          }
        };

    /**
     * A member's name.
     *
     * @param id the member's id
     * @return what people call them; the id if that is not known
     */
    String user(String id);

    /**
     * A channel's name.
     *
     * @param id the channel's id
     * @return without {@code #}; the id if that is not known
     */
    String room(String id);

    /**
     * Replaces the names of emoji.
     *
     * @param text may hold {@code :wave:}
     * @return the text with characters in their place
     */
    default String emoji(String text) {
      return text;
    }
  }

  /**
   * Reads text with marks. A mark counts only at the edge of a word, as Slack's clients have it.
   *
   * @param raw as Slack delivers it
   * @param names what ids are called
   * @return what it says: plain if nothing in it is marked
   */
  public static Text read(String raw, Names names) {
    return new MrkdwnReader(names).read(raw);
  }

  /**
   * Reads text in which signs stand for themselves; control sequences are read all the same.
   *
   * @param raw as Slack delivers it
   * @param names what ids are called
   * @return plain characters
   */
  public static String readPlain(String raw, Names names) {
    return new MrkdwnReader(names).readPlain(raw);
  }

  /**
   * Makes a text of spans.
   *
   * @param spans what it says
   * @return plain if nothing in it is marked, else Markdown in which words stay words
   */
  public static Text text(List<Span> spans) {
    return SpanText.of(spans);
  }

  /**
   * A link as Slack marks it: words, if it shows nothing but its target or leads nowhere safe.
   *
   * @param target where it leads
   * @param label what it shows; empty for the target
   * @return the link, or words that say the same
   */
  public static Span link(String target, String label) {
    return Entity.link(target, label);
  }

  /**
   * Characters as they are meant.
   *
   * @param raw with {@code &}, {@code <} and {@code >} as entities
   * @return without these, and without control characters
   */
  public static String unescape(String raw) {
    return Entity.words(raw);
  }

  /**
   * Text as it is: after this it holds no control sequence of Slack's.
   *
   * @param text any text
   * @return the same with {@code & < >} as entities, without control characters
   */
  public static String escape(String text) {
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /**
   * Writes text where Slack reads marks ("mrkdwn"). Signs in words are no marks, and outside text
   * forges neither a mention nor a link.
   *
   * @param text what to write
   * @param mentions what a mention becomes: a control sequence, or words that are {@linkplain
   *     #escape escaped}
   * @return for a field in which Slack reads marks
   */
  public static String write(Text text, Function<Span.Mention, String> mentions) {
    return MrkdwnWriter.write(text, mentions);
  }

  /**
   * Writes text where Slack reads marks, for a workspace that is not the bot's own: a mention is
   * its name.
   *
   * @param text what to write
   * @return as {@link #write(Text, Function)}
   */
  public static String write(Text text) {
    return write(text, mention -> MrkdwnWriter.words("@" + mention.displayName()));
  }

  /**
   * Drops control characters apart from line ends; a tab becomes a space.
   *
   * @param text any text
   * @return the same without them
   */
  public static String clean(String text) {
    return Entity.clean(text);
  }

  /**
   * Reads an attachment that a program has put to its message; previews of links are none.
   *
   * @param attachment the JSON object, of strings, numbers, booleans, lists and maps
   * @return the card; empty if it says nothing
   */
  public static Optional<Card> card(Map<String, ?> attachment) {
    return CardReader.read(attachment);
  }

  /**
   * An address of the web.
   *
   * @param text as written; may hold entities
   * @return empty for anything but http and https
   */
  public static Optional<URI> address(String text) {
    return CardReader.address(text);
  }
}
