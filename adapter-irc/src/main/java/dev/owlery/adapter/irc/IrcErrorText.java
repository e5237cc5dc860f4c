package dev.owlery.adapter.irc;

import java.time.Duration;

/** Words for people: one line, without control characters, not too long. */
final class IrcErrorText {
  private static final int LONGEST = 200;

  private IrcErrorText() {}

  /**
   * What somebody else wrote, fit for a state line or a log.
   *
   * @param foreign any text
   * @return one line of at most 200 characters
   */
  static String line(String foreign) {
    String clean = IrcMarkup.plain(foreign.replace('\n', ' ').replace('\r', ' '));
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "...";
  }

  /**
   * What went wrong.
   *
   * @param trouble an exception
   * @return its message, or its kind if it has none
   */
  static String trouble(Throwable trouble) {
    String message = trouble.getMessage();
    return line(message == null ? trouble.getClass().getSimpleName() : message);
  }

  static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }
}
