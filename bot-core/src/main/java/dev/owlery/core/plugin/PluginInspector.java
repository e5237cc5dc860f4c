package dev.owlery.core.plugin;

import dev.owlery.api.plugin.Plugin;
import dev.owlery.core.schedule.Timers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds out which plugins would not load, before a bot runs with them.
 *
 * <p>Of a jar that is not to be loaded nothing is run: its manifest is read, its class is found,
 * and the declarations of its methods and its constructor are looked at. Of a plugin that is to be
 * loaded, static initialisers and the constructor are run too, with the services of a bot that was
 * never started (what it says goes nowhere, what it plans does not happen), and its commands are
 * registered and taken back. Neither {@code start()} nor {@code stop()} is called. Belongs to one
 * thread.
 */
final class PluginInspector {

  private final PluginFinder finder;
  private final PluginFolder folder;
  private final Registrar registrar;
  private final Services services;
  private final SettingsSource settings;
  private final Timers still;
  private final Map<String, String> versions = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();

  PluginInspector(
      PluginFinder finder,
      PluginFolder folder,
      Registrar registrar,
      Services services,
      SettingsSource settings,
      Clock clock) {
    this.finder = finder;
    this.folder = folder;
    this.registrar = registrar;
    this.services = services;
    this.settings = settings;
    this.still = new StillTimers(clock);
  }

  /**
   * Looks at all jars, and at the plugins that are to be loaded.
   *
   * @param wanted their names, in the order of their loading
   * @return a text for each that would not load, beginning with the jar's or the plugin's name
   */
  List<String> inspect(List<String> wanted) {
    Set<String> seen = new TreeSet<>();
    for (String name : wanted) {
      inspect(name).ifPresent(seen::add);
    }
    try {
      for (PluginFolder.Jar jar : folder.jars()) {
        if (seen.contains(jar.name())) {
          continue;
        }
        jar.problem()
            .ifPresentOrElse(
                problem -> fault(jar.name(), problem),
                () -> fault(jar.name(), () -> examine(jar.file())));
      }
    } catch (IllegalArgumentException e) {
      fault("plugins", String.valueOf(e.getMessage()));
    }
    return faults.stream().distinct().toList();
  }

  /** Returns the file's name if it is a jar, whether it would load or not. */
  private Optional<String> inspect(String name) {
    PluginCode code;
    try {
      code = finder.find(name);
    } catch (UnfitJarException e) {
      faults.add(String.valueOf(e.getMessage()));
      return Optional.of(e.file());
    } catch (RuntimeException | LinkageError e) {
      fault(name, NotLoadedPlugins.reason(e));
      return Optional.empty();
    }
    boolean jar = code.ownLoader().isPresent();
    try (code) {
      fault(jar ? code.source() : name, () -> tryOut(code));
      versions.put(code.id(), code.version());
    }
    return jar ? Optional.of(code.source()) : Optional.empty();
  }

  private void tryOut(PluginCode code) {
    List<String> missing = code.requirements().missing(versions);
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", missing));
    }
    LoadedPlugin.make(code, registrar, services, still, settings).tryOut();
  }

  private void examine(Path file) {
    try (PluginCode code = finder.fromJar(file)) {
      Class<? extends Plugin> type = code.type();
      var _ = PluginDeclarations.of(type, still.clock());
      PluginConstructor.problem(type, PluginObjects.OFFERED)
          .ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
          });
    }
  }

  private void fault(String what, Runnable look) {
    try {
      look.run();
    } catch (RuntimeException | LinkageError e) { // the boundary to what may be wrong with a plugin
      fault(what, NotLoadedPlugins.reason(e));
    }
  }

  private void fault(String what, String text) {
    faults.add(what + ": " + text);
  }

  /** Timers of a bot that never runs. */
  private record StillTimers(Clock clock) implements Timers {

    @Override
    public Runnable schedule(Duration delay, Runnable task) {
      return () -> {};
    }

    @Override
    public void close() {
      // There is nothing to call off.
    }
  }
}
