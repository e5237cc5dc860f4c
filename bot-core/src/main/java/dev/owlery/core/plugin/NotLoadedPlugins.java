package dev.owlery.core.plugin;

import dev.owlery.api.plugin.Administration.NotLoaded;
import dev.owlery.core.log.LogText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what did not load, and why; says what went wrong in words for users. For any thread.
 */
final class NotLoadedPlugins {

  private static final Logger log = LoggerFactory.getLogger(NotLoadedPlugins.class);
  private static final int MOST_SAID = 2000;
  private static final int NAME = 80;

  private final PluginFolder folder;

  /** By the jar's file name, or the plugin's name. One for each jar or configured name at most. */
  private final Map<String, String> failures = new ConcurrentSkipListMap<>();

  NotLoadedPlugins(PluginFolder folder) {
    this.folder = folder;
  }

  /** Finds a plugin's code; remembers the jar or the class if there is one that does not fit. */
  PluginCode find(PluginFinder finder, String name) {
    try {
      return finder.find(name);
    } catch (UnfitJarException e) {
      failed(e.file(), String.valueOf(e.getMessage()).substring(e.file().length() + 2));
      throw e;
    } catch (LinkageError e) {
      failed(name, reason(e));
      throw e;
    }
  }

  /**
   * Does something with a plugin's code, and remembers whether it worked. What is wrong with a jar
   * is told with its name.
   */
  <T> T named(PluginCode code, Supplier<T> work) {
    boolean jar = code.ownLoader().isPresent();
    String source = jar ? code.source() : code.name();
    try {
      T result = work.get();
      failures.remove(LogText.encode(source, NAME));
      return result;
    } catch (RuntimeException | LinkageError e) { // the boundary to what may be wrong with a plugin
      String reason = reason(e);
      failed(source, reason);
      if (jar) {
        throw new IllegalArgumentException(source + ": " + reason, cause(e));
      }
      throw e;
    }
  }

  private void failed(String source, String reason) {
    failures.put(LogText.encode(source, NAME), LogText.encode(reason.strip(), MOST_SAID));
  }

  /** Whether there is a jar of that name, sound or not, or a class that did not load. */
  boolean isThere(String name) {
    if (failures.containsKey(LogText.encode(name, NAME))) {
      return true;
    }
    try {
      return folder.jars().stream().anyMatch(jar -> jar.isOf(name));
    } catch (IllegalArgumentException e) {
      return false; // what kept this one from loading, too
    }
  }

  /** As {@link PluginHost#notLoaded}. */
  List<NotLoaded> all() {
    Map<String, NotLoaded> all = new LinkedHashMap<>();
    failures.forEach((source, reason) -> all.put(source, new NotLoaded(source, reason)));
    unfit().forEach(jar -> all.putIfAbsent(jar.source(), jar));
    return List.copyOf(all.values());
  }

  /** Writes those jars to the log that cannot be plugins, and that nothing else was said of. */
  void logUnfit() {
    unfit().stream()
        .filter(jar -> !failures.containsKey(jar.source()))
        .forEach(jar -> log.warn("{} is not loaded: {}", jar.source(), jar.reason()));
  }

  private List<NotLoaded> unfit() {
    List<NotLoaded> unfit = new ArrayList<>();
    try {
      for (PluginFolder.Jar jar : folder.jars()) {
        jar.problem()
            .map(problem -> LogText.encode(problem, MOST_SAID))
            .map(problem -> new NotLoaded(LogText.encode(jar.name(), NAME), problem))
            .ifPresent(unfit::add);
      }
    } catch (IllegalArgumentException e) {
      unfit.add(new NotLoaded("plugins", String.valueOf(e.getMessage())));
    }
    return unfit;
  }

  /**
   * What a refusal says. Also writes it to the log: with the stack of the plugin's code, if that is
   * where it comes from.
   */
  static IllegalArgumentException refused(String doing, String name, Throwable fault) {
    String text =
        "cannot "
            + doing
            + " plugin "
            + LogText.encode(name, NAME)
            + ": "
            + LogText.encode(reason(fault).strip(), MOST_SAID);
    Throwable cause = cause(fault);
    if (cause instanceof IllegalArgumentException && cause.getCause() == null) {
      log.warn("{}", text);
    } else {
      log.error("{}", text, cause);
    }
    return new IllegalArgumentException(text, fault);
  }

  /** What is wrong, for a user. */
  static String reason(Throwable e) {
    return switch (e) {
      case LinkageError link -> FaultText.of(link);
      case IllegalArgumentException told -> String.valueOf(told.getMessage());
      default -> e.toString();
    };
  }

  /** What the plugin's own code has thrown, if it has. */
  private static Throwable cause(Throwable e) {
    return e instanceof IllegalArgumentException && e.getCause() != null ? e.getCause() : e;
  }
}
