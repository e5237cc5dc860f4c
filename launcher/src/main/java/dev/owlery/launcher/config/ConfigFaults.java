package dev.owlery.launcher.config;

import com.typesafe.config.ConfigOrigin;
import dev.owlery.core.rights.FileRights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Collects what is wrong with one configuration. Belongs to the thread that reads it. */
final class ConfigFaults {

  private final String file;
  private final SortedSet<ConfigFault> found = new TreeSet<>();
  private final SortedSet<ConfigFault> warnings = new TreeSet<>();

  /** The files that are being read, the innermost first. */
  private final Deque<String> reading = new ArrayDeque<>();

  private final Set<String> included = new LinkedHashSet<>();
  private final Set<String> ignored = new TreeSet<>();
  private int added;
  private boolean isRepaired;

  ConfigFaults(String file) {
    this.file = file;
  }

  /** What is added without an origin belongs to this file from now on. */
  void enter(String name) {
    reading.push(name);
    included.add(name);
  }

  /** The opposite of {@link #enter}. */
  void leave() {
    reading.pop();
  }

  /** Keys that have a fault of syntax: that their values mean nothing goes without saying. */
  void ignore(Set<String> keys) {
    isRepaired = true;
    keys.stream().filter(key -> !key.isEmpty()).forEach(ignored::add);
  }

  void add(ConfigOrigin origin, String key, String message) {
    added++;
    if (!isIgnored(key)) {
      found.add(new ConfigFault(fileOf(origin), Math.max(0, origin.lineNumber()), key, message));
    }
  }

  /** A fault of the file as a whole. */
  void add(String message) {
    add(0, message);
  }

  /** A fault of one line, whatever the key; of the file as a whole for line 0. */
  void add(int line, String message) {
    add(line, "", message);
  }

  /** A fault of one line. */
  void add(int line, String key, String message) {
    added++;
    found.add(new ConfigFault(file(), line, key, message));
  }

  /** Something that is legal and surely not meant. */
  void warn(ConfigOrigin origin, String key, String message) {
    if (!isIgnored(key)) {
      warnings.add(new ConfigFault(fileOf(origin), Math.max(0, origin.lineNumber()), key, message));
    }
  }

  /** A secret that is written into a file is as secret as the file. */
  void secretIn(ConfigOrigin origin, String key) {
    String name = fileOf(origin);
    try {
      Path path = Path.of(name);
      if (Files.isRegularFile(path) && FileRights.othersMayRead(path)) {
        warn(
            origin,
            key,
            "is a secret in a file that others may read: chmod 600 "
                + name
                + ", or keep it elsewhere: ${?VARIABLE} or { file = \"...\" }");
      }
    } catch (IOException | InvalidPathException unknown) {
      warn(origin, key, "is a secret in a file whose rights cannot be read (" + unknown + ")");
    }
  }

  /** Something in one line that is legal and surely not meant. */
  void warn(int line, String key, String message) {
    warnings.add(new ConfigFault(file(), line, key, message));
  }

  /** Whether what was read is not all that is written, because of faults of syntax. */
  boolean isRepaired() {
    return isRepaired;
  }

  private String file() {
    return reading.isEmpty() ? file : reading.element();
  }

  private String fileOf(ConfigOrigin origin) {
    for (String name : included) {
      if (origin.description().startsWith(name + ":")) {
        return name;
      }
    }
    return file();
  }

  private boolean isIgnored(String key) {
    return ignored.stream()
        .anyMatch(
            each -> key.equals(each) || key.startsWith(each + ".") || key.startsWith(each + "["));
  }

  List<ConfigFault> all() {
    return List.copyOf(found);
  }

  List<ConfigFault> warnings() {
    return List.copyOf(warnings);
  }

  /** How many were reported, those that go without saying included. */
  int count() {
    return added;
  }

  void throwIfAny() throws FaultyConfiguration {
    if (!found.isEmpty()) {
      throw new FaultyConfiguration(List.copyOf(found), List.copyOf(warnings));
    }
  }
}
