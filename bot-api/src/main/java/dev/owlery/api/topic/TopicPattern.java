package dev.owlery.api.topic;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which topics are meant: a name, or a pattern with {@code *} for one part and {@code **} at the
 * end for any number of them, none included.
 *
 * @param text as it is written
 */
public record TopicPattern(String text) {

  private static final int LONGEST = 100;
  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");
  private static final Pattern SHAPE =
      Pattern.compile("((\\*|[a-z0-9_-]+)(\\.(\\*|[a-z0-9_-]+))*(\\.\\*\\*)?|\\*\\*)");

  /**
   * Checks the pattern.
   *
   * @throws IllegalArgumentException if it is malformed; the text is fit for a user
   */
  public TopicPattern {
    if (!isPattern(text)) {
      throw new IllegalArgumentException(
          "a topic is written like deploys.web, a pattern like deploys.* or deploys.**");
    }
  }

  /**
   * Checks that something is the name of one topic.
   *
   * @param name what was written
   * @return the name
   * @throws IllegalArgumentException if it is not; the text is fit for a user
   */
  public static String name(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "a topic is written like deploys.web: lower-case letters, digits, - and _, with dots"
              + " between its parts");
    }
    return name;
  }

  /**
   * Whether something is the name of one topic.
   *
   * @param name what was written
   * @return false for patterns
   */
  public static boolean isName(String name) {
    return name.length() <= LONGEST && NAME.matcher(name).matches();
  }

  /**
   * Whether something is the name of one topic, or a pattern.
   *
   * @param text what was written
   * @return false if it is neither
   */
  public static boolean isPattern(String text) {
    return text.length() <= LONGEST && SHAPE.matcher(text).matches();
  }

  /**
   * Whether a topic is meant.
   *
   * @param topic a name
   * @return true if it fits
   */
  public boolean matches(String topic) {
    List<String> wanted = parts(text);
    List<String> parts = parts(topic);
    boolean open = wanted.getLast().equals("**");
    int fixed = open ? wanted.size() - 1 : wanted.size();
    if (open ? parts.size() < fixed : parts.size() != fixed) {
      return false;
    }
    for (int i = 0; i < fixed; i++) {
      if (!wanted.get(i).equals("*") && !wanted.get(i).equals(parts.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> parts(String text) {
    return Arrays.asList(text.split("\\.", -1));
  }

  @Override
  public String toString() {
    return text;
  }
}
