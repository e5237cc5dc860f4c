package dev.owlery.launcher.config;

import com.typesafe.config.ConfigOrigin;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Collects what is wrong with one configuration. Belongs to the thread that reads it. */
final class Faults {

  private final String file;
  private final SortedSet<Fault> found = new TreeSet<>();

  Faults(String file) {
    this.file = file;
  }

  void add(ConfigOrigin origin, String key, String message) {
    String included = origin.filename();
    boolean elsewhere = included != null && !included.endsWith(file);
    found.add(
        new Fault(elsewhere ? included : file, Math.max(0, origin.lineNumber()), key, message));
  }

  /** A fault of the file as a whole. */
  void add(String message) {
    add(0, message);
  }

  /** A fault of one line, whatever the key; of the file as a whole for line 0. */
  void add(int line, String message) {
    found.add(new Fault(file, line, "", message));
  }

  List<Fault> all() {
    return List.copyOf(found);
  }

  int count() {
    return found.size();
  }

  void throwIfAny() throws FaultyConfiguration {
    if (!found.isEmpty()) {
      throw new FaultyConfiguration(List.copyOf(found));
    }
  }
}
