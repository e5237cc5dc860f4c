package dev.owlery.core.plugin;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A manifest as a person wrote it, line by line: Java's own reader ignores some lines without a
 * word, and does not say what to write instead of others. Immutable.
 *
 * @param lines without their line breaks
 * @param isEnded whether the last line has a line break
 */
record ManifestLines(List<String> lines, boolean isEnded) {

  private static final Pattern ATTRIBUTE = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_-]*): .*");
  private static final String OURS = "plugin-";

  static ManifestLines of(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return new ManifestLines(
        text.lines().toList(), text.isEmpty() || text.endsWith("\n") || text.endsWith("\r"));
  }

  /** Where an attribute stands, for messages: the file, and the line if there is one. */
  String place(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).toLowerCase(Locale.ROOT).startsWith(start)) {
        return place(i);
      }
    }
    return PluginManifest.PATH;
  }

  /** The first line that Java would not read as it was meant, and what to do; empty if none. */
  Optional<String> problem() {
    Map<String, Integer> seen = new HashMap<>();
    boolean isMain = true;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      isMain &= !line.isEmpty();
      Optional<String> problem = isMain ? inMain(i, seen) : inSection(line);
      if (problem.isEmpty() && i == lines.size() - 1 && !isEnded && isOurs(line)) {
        problem = Optional.of("no line break ends this line, so that it does not count: add one");
      }
      if (problem.isPresent()) {
        String place = place(i);
        return problem.map(text -> place + ": " + text);
      }
    }
    return Optional.empty();
  }

  private Optional<String> inMain(int index, Map<String, Integer> seen) {
    String line = lines.get(index);
    if (index == 0 && line.startsWith("\uFEFF")) {
      return Optional.of("it begins with a byte order mark: save the file as UTF-8 without one");
    }
    if (index > 0 && line.startsWith(" ")) {
      return Optional.empty(); // goes on with the line before
    }
    Matcher attribute = ATTRIBUTE.matcher(line);
    if (!attribute.matches()) {
      return Optional.of(
          "\""
              + line
              + "\" cannot be read: write a name, a colon, a space and a value, like \"Plugin-Id:"
              + " karma\"");
    }
    Integer first = seen.putIfAbsent(attribute.group(1).toLowerCase(Locale.ROOT), index);
    return first == null
        ? Optional.empty()
        : Optional.of(
            attribute.group(1) + " stands in line " + (first + 1) + ", too: remove one of the two");
  }

  private static Optional<String> inSection(String line) {
    return isOurs(line)
        ? Optional.of(
            line.substring(0, Math.max(line.indexOf(':'), OURS.length()))
                + " does not count below an empty line: move it above")
        : Optional.empty();
  }

  private static boolean isOurs(String line) {
    return line.toLowerCase(Locale.ROOT).startsWith(OURS);
  }

  private static String place(int index) {
    return PluginManifest.PATH + ":" + (index + 1);
  }
}
