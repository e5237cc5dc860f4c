package dev.owlery.core.command;

import org.jspecify.annotations.Nullable;

/**
 * The part of a message that may be a command line.
 *
 * @param line without prefix, mention and white space around it; not empty
 * @param certain whether the bot was spoken to for certain: by name, or because nobody else is
 *     there
 */
record Addressed(String line, boolean certain) {

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
  static @Nullable Addressed read(String text, String prefix, String name, boolean direct) {
    if (text.startsWith(prefix)) {
      int start = prefix.length();
      boolean spaced = start < text.length() && Character.isWhitespace(text.charAt(start));
      // In a room "! wow" is talk.
      return spaced && !direct ? null : line(text.substring(start).strip(), direct);
    }
    int mention = mention(text, name);
    if (mention == 0 && !direct) {
      return null;
    }
    String line = text.substring(mention).strip();
    return line(line.startsWith(prefix) ? line.substring(prefix.length()) : line, true);
  }

  private static @Nullable Addressed line(String line, boolean certain) {
    return line.isEmpty() || Character.isISOControl(line.charAt(0))
        ? null
        : new Addressed(line, certain);
  }

  /** Where the text goes on after {@code owl:}, {@code owl,} or {@code @owl}; 0 if it has none. */
  private static int mention(String text, String name) {
    int start = text.startsWith("@") ? 1 : 0;
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
    return start == 1 && Character.isWhitespace(next) ? end : 0;
  }

  /**
   * The answer in a message to a question of the bot, where people tend to write its name too.
   *
   * @param text what was said
   * @param name what the bot is called here
   * @return the text without a mention and white space around it
   */
  static String answer(String text, String name) {
    return text.substring(mention(text, name)).strip();
  }

  /** The first word. */
  String word() {
    int end = 0;
    while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
      end++;
    }
    return line.substring(0, end);
  }
}
