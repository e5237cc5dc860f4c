package dev.owlery.adapter.slack.text;

import dev.owlery.api.content.Span;
import dev.owlery.api.content.Text;
import dev.owlery.api.slack.SlackNotation;

/**
 * The only way of outside text into a message: after it the text holds no control sequence of
 * Slack's, so that nobody is mentioned and no link is forged by what somebody typed.
 */
public final class Escapes {

  private Escapes() {}

  /**
   * Text as it is.
   *
   * @param text any text
   * @return the same with {@code & < >} as entities, without control characters
   */
  public static String text(String text) {
    return SlackNotation.escape(text);
  }

  /**
   * Text where Slack reads marks.
   *
   * @param text what to write
   * @return in Slack's "mrkdwn"; signs in words are no marks, members are mentioned by their ids
   */
  public static String mrkdwn(Text text) {
    return SlackNotation.write(text, Escapes::mention);
  }

  private static String mention(Span.Mention mention) {
    return IdFormats.isUserId(mention.handle())
        ? "<@" + mention.handle() + ">"
        : SlackNotation.write(Text.plain("@" + mention.displayName()));
  }
}
