package dev.owlery.core.command;

import dev.owlery.api.command.TypedText;
import org.jspecify.annotations.Nullable;

/**
 * The part of a message that may be a command line.
 *
 * @param line without prefix, mention and blanks around it; not empty
 * @param certain whether the bot was spoken to for certain: by name, or because nobody else is
 *     there
 */
record AddressedText(String line, boolean certain) {

  /**
   * Reads a message. This is the way of every message of every room, so it makes no garbage for
   * those that are not commands.
   *
   * @param text what was said
   * @param prefix what a command begins with
   * @param name what the bot is called here
   * @param direct whether nobody else is there
   * @return null if it is no command line
   */
  static @Nullable AddressedText read(String text, String prefix, String name, boolean direct) {
    int begin = begin(text);
    if (text.startsWith(prefix, begin)) {
      int start = begin + prefix.length();
      boolean spaced = start < text.length() && TypedText.isBlank(text.charAt(start));
      // In a room "! wow" is talk.
      return spaced && !direct ? null : line(TypedText.strip(text.substring(start)), direct);
    }
    int mention = mention(text, begin, name);
    if (mention == 0 && !direct) {
      return null;
    }
    String line = TypedText.strip(text.substring(mention));
    return line(line.startsWith(prefix) ? line.substring(prefix.length()) : line, true);
  }

  private static @Nullable AddressedText line(String line, boolean certain) {
    return line.isEmpty() || Character.isISOControl(line.charAt(0))
        ? null
        : new AddressedText(line, certain);
  }

  /**
   * Where the text begins behind blanks that nobody types on purpose. A space in front keeps a line
   * from being a command.
   */
  private static int begin(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) >= 0x80 && TypedText.isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Where the text goes on after {@code owl:}, {@code owl,} or {@code @owl}; 0 if it has none. */
  private static int mention(String text, int begin, String name) {
    boolean isMarked = text.startsWith("@", begin);
    int start = isMarked ? begin + 1 : begin;
    int end = start + name.length();
    if (name.isEmpty()
        || end >= text.length()
        || !text.regionMatches(true, start, name, 0, name.length())) {
      return 0;
    }
    char next = text.charAt(end);
    if (next == ':' || next == ',') {
      return end + 1;
    }
    return isMarked && TypedText.isBlank(next) ? end : 0;
  }

  /**
   * Reads a message that begins with the prefix, behind a mention or not.
   *
   * @param text what was said
   * @param prefix what a command begins with
   * @param name what the bot is called here
   * @return null if it does not
   */
  static @Nullable AddressedText prefixed(String text, String prefix, String name) {
    String line = answer(text, name);
    int start = prefix.length();
    return line.startsWith(prefix)
            && start < line.length()
            && !TypedText.isBlank(line.charAt(start))
        ? line(line.substring(start), true)
        : null;
  }

  /**
   * The answer in a message to a question of the bot, where people tend to write its name too.
   *
   * @param text what was said
   * @param name what the bot is called here
   * @return the text without a mention and blanks around it
   */
  static String answer(String text, String name) {
    return TypedText.strip(text.substring(mention(text, begin(text), name)));
  }

  /** The first word. */
  String word() {
    return line.substring(0, TypedText.wordEnd(line, 0));
  }
}
