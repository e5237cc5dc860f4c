package dev.owlery.launcher.config;

import dev.owlery.core.log.LogText;
import java.util.Comparator;

/**
 * One thing that is wrong with a configuration.
 *
 * @param file the file's name as the user gave it
 * @param line where in the file, counted from 1; 0 if it has no one line
 * @param key the full path of the key; empty for the file as a whole
 * @param message what is wrong and what would be right, in one line, without secrets
 */
public record ConfigFault(String file, int line, String key, String message)
    implements Comparable<ConfigFault> {

  private static final int LONGEST = 1_500;
  private static final int LONGEST_KEY = 300;

  private static final Comparator<ConfigFault> READING_ORDER =
      Comparator.comparing(ConfigFault::file)
          .thenComparingInt(ConfigFault::line)
          .thenComparing(ConfigFault::key)
          .thenComparing(ConfigFault::message);

  @Override
  public int compareTo(ConfigFault other) {
    return READING_ORDER.compare(this, other);
  }

  /**
   * For a person.
   *
   * @return {@code bot.conf:12: accounts.libera.port: ...}, one line whatever the file holds
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line);
    }
    text.append(": ");
    if (!key.isEmpty()) {
      text.append(key, 0, Math.min(key.length(), LONGEST_KEY)).append(": ");
    }
    return LogText.encode(text.append(message).toString(), LONGEST);
  }
}
