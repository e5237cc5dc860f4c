package dev.owlery.plugins.hooks;

import dev.owlery.api.slack.SlackNotation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.fellbaum.jemoji.EmojiManager;

/** Characters for Slack's names of emoji; ids stay what they are. */
final class EmojiNames implements SlackNotation.Names {
  static final SlackNotation.Names NAMES = new EmojiNames();

  private static final Pattern CODE = Pattern.compile(":([a-z0-9_+'-]{1,64}):");

  private EmojiNames() {}

  @Override
  public String user(String id) {
    return id;
  }

  @Override
  public String room(String id) {
    return id;
  }

  /** The table is loaded when the first name is met. */
  @Override
  public String emoji(String text) {
    if (text.indexOf(':') < 0) {
      return text;
    }
    return CODE.matcher(text)
        .replaceAll(code ->
            Matcher.quoteReplacement(
                EmojiManager.getBySlackAlias(code.group(1))
                    .map(emoji -> emoji.getEmoji())
                    .orElse(code.group())));
  }
}
