package dev.owlery.core.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a plugin needs beside itself, as its manifest says in {@code Plugin-Requires}: {@code
 * owlery>=0.1.0, karma, weather>=2}.
 *
 * @param minimum names, each with the least version that will do; {@code owlery} is the bot
 */
record Requirements(Map<String, Optional<Version>> minimum) {

  static final Requirements NONE = new Requirements(Map.of());

  private static final String BOT = "owlery";
  private static final Pattern ONE =
      Pattern.compile("([a-z][a-z0-9-]{0,63})(?:\\s*>=\\s*([0-9][0-9A-Za-z.+-]{0,63}))?");

  /**
   * Reads the manifest's attribute.
   *
   * @param text names, each perhaps with a least version, separated by commas
   * @throws IllegalArgumentException if it cannot be read
   */
  static Requirements parse(String text) {
    Map<String, Optional<Version>> minimum = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      Matcher one = ONE.matcher(part.strip());
      if (!one.matches()) {
        throw new IllegalArgumentException(
            "Plugin-Requires has \""
                + part.strip()
                + "\": write names with least versions, like \"owlery>=0.1.0, other-plugin\"");
      }
      minimum.put(one.group(1), Optional.ofNullable(one.group(2)).map(Version::parse));
    }
    return new Requirements(minimum);
  }

  /**
   * What is missing.
   *
   * @param loaded versions of the loaded plugins by id
   * @return one text for each requirement that is not met
   */
  List<String> missing(Map<String, String> loaded) {
    List<String> faults = new ArrayList<>();
    minimum.forEach((name, least) -> {
      String present = name.equals(BOT) ? botVersion() : loaded.get(name);
      if (present == null) {
        faults.add(
            "it requires the plugin "
                + name
                + ", which is not loaded: name it before this one in the list plugins");
      } else if (least.isPresent() && !reaches(present, least.get())) {
        faults.add(
            "it requires %s %s or newer, and %s: %s"
                .formatted(
                    name,
                    least.get(),
                    present.isEmpty()
                        ? "the one that is loaded has no Plugin-Version"
                        : "the one that runs is " + present,
                    name.equals(BOT)
                        ? "update the bot, or take an older version of the plugin"
                        : "load a newer one before this one"));
      }
    });
    return faults;
  }

  /** Whether a plugin must stay as long as this one does. */
  boolean needs(String plugin) {
    return minimum.containsKey(plugin);
  }

  @Override
  public String toString() {
    return minimum.entrySet().stream()
        .map(e -> e.getKey() + e.getValue().map(v -> ">=" + v).orElse(""))
        .collect(Collectors.joining(", "));
  }

  private static boolean reaches(String present, Version least) {
    return !present.isEmpty() && Version.parse(present).compareTo(least) >= 0;
  }

  private static String botVersion() {
    try (InputStream in = Requirements.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
