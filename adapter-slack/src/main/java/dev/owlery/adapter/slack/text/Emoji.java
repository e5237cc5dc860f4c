package dev.owlery.adapter.slack.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.fellbaum.jemoji.EmojiManager;

/** Slack's names for emoji, and the characters of Unicode. The table is loaded on first use. */
public final class Emoji {

  private static final Pattern CODE =
      Pattern.compile(":([a-z0-9_+'-]{1,64})(?:::(skin-tone-[2-6]))?:");

  private static final int FIRST_TONE = 0x1f3fb;

  private Emoji() {}

  /**
   * Makes characters of a name.
   *
   * @param name without colons, perhaps with {@code ::skin-tone-3} behind it
   * @return the emoji; the name between colons if it is one of the workspace's own
   */
  public static String character(String name) {
    return unicode(name).orElse(":" + name + ":");
  }

  private static Optional<String> unicode(String name) {
    int tone = name.indexOf("::skin-tone-");
    String bare = tone < 0 ? name : name.substring(0, tone);
    if (bare.isEmpty() || bare.indexOf(':') >= 0) {
      return Optional.empty();
    }
    Optional<String> found = EmojiManager.getBySlackAlias(bare).map(emoji -> emoji.getEmoji());
    return tone < 0 ? found : found.map(emoji -> toned(emoji, name.charAt(name.length() - 1)));
  }

  /** Slack counts the tones of Fitzpatrick's scale from 2. */
  private static String toned(String emoji, char tone) {
    return tone >= '2' && tone <= '6'
        ? emoji.replace("\ufe0f", "") + Character.toString(FIRST_TONE + tone - '2')
        : emoji;
  }

  /**
   * Replaces the names in a text.
   *
   * @param text may hold {@code :wave:}
   * @return the text with characters for the names that are Unicode's
   */
  public static String characters(String text) {
    if (text.indexOf(':') < 0) {
      return text;
    }
    Matcher codes = CODE.matcher(text);
    return codes.replaceAll(code -> {
      String tone = code.group(2);
      String name = tone == null ? code.group(1) : code.group(1) + "::" + tone;
      return Matcher.quoteReplacement(unicode(name).orElse(code.group()));
    });
  }

  /**
   * Finds Slack's name.
   *
   * @param emoji a character of Unicode, or a name between colons
   * @return the name without colons; empty if Slack has none
   */
  public static Optional<String> name(String emoji) {
    if (emoji.length() > 2 && emoji.startsWith(":") && emoji.endsWith(":")) {
      String name = emoji.substring(1, emoji.length() - 1);
      return name.matches("[a-z0-9_+':-]{1,120}") ? Optional.of(name) : Optional.empty();
    }
    int tone =
        emoji.codePoints().filter(c -> c >= FIRST_TONE && c < FIRST_TONE + 5).findFirst().orElse(0);
    String bare = tone == 0 ? emoji : emoji.replace(Character.toString(tone), "");
    return EmojiManager.getEmoji(bare)
        .or(() -> EmojiManager.getEmoji(bare + "\ufe0f"))
        .flatMap(found -> found.getSlackAliases().stream().findFirst())
        .map(alias -> alias.replace(":", ""))
        .map(alias -> tone == 0 ? alias : alias + "::skin-tone-" + (tone - FIRST_TONE + 2));
  }
}
