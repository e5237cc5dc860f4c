package dev.owlery.plugins.hooks;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the fields of a form in parts (RFC 7578): those that are text, and files as if they were,
 * each under its name's first value. Pure; any thread.
 */
final class Multipart {
  private static final String TYPE = "multipart/form-data";
  private static final int MOST_PARTS = 100;
  private static final int LONGEST_HEAD = 4_096;
  private static final Pattern BOUNDARY =
      Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))");
  private static final Pattern NAME =
      Pattern.compile("(?i)content-disposition:[^\r\n]*?[; ]name=(?:\"([^\"]*)\"|([^\\s;]+))");

  private Multipart() {}

  /** What stands between the parts, by the content type; empty if that is another one. */
  static Optional<String> boundary(String type) {
    Matcher found = BOUNDARY.matcher(type);
    return type.regionMatches(true, 0, TYPE, 0, TYPE.length()) && found.find()
        ? Optional.of(found.group(1) == null ? found.group(2) : found.group(1))
        : Optional.empty();
  }

  /** The fields; what is no proper part is left out. */
  static Fields fields(String boundary, String body) {
    Map<String, String> fields = new HashMap<>();
    String line = "--" + boundary;
    int at = body.indexOf(line);
    for (int i = 0; i < MOST_PARTS && at >= 0; i++) {
      int begin = at + line.length();
      int end = body.indexOf("\n" + line, begin);
      if (end < 0) {
        break;
      }
      part(body.substring(begin, body.charAt(end - 1) == '\r' ? end - 1 : end), fields);
      at = end + 1;
    }
    return new Fields(fields);
  }

  private static void part(String part, Map<String, String> fields) {
    String normal =
        part.startsWith("\r\n") ? part.substring(2) : part.substring(Math.min(1, part.length()));
    int windows = normal.indexOf("\r\n\r\n");
    int unix = normal.indexOf("\n\n");
    boolean isWindows = windows >= 0 && (unix < 0 || windows < unix);
    int end = isWindows ? windows : unix;
    if (end < 0 || end > LONGEST_HEAD) {
      return;
    }
    Matcher name = NAME.matcher(normal.substring(0, end));
    if (name.find()) {
      String key = name.group(1) == null ? name.group(2) : name.group(1);
      fields.putIfAbsent(key, normal.substring(end + (isWindows ? 4 : 2)));
    }
  }
}
