package dev.owlery.launcher.config;

import dev.owlery.api.settings.Settings;
import dev.owlery.core.plugin.PluginFolder;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What can be known of plugins without loading one: their names, ids and settings records. */
final class PluginNames {

  private final Map<String, String> bundled;
  private final List<PluginFolder.Jar> jars;
  private final ClassLoader classes;

  PluginNames(Map<String, String> bundled, Path pluginsDir, ClassLoader classes) {
    this.bundled = bundled;
    this.jars = jars(pluginsDir);
    this.classes = classes;
  }

  /** The ids of all plugins that could be loaded by a short name. */
  Set<String> known() {
    Set<String> known = new TreeSet<>(bundled.keySet());
    jars.stream().map(PluginFolder.Jar::id).flatMap(Optional::stream).forEach(known::add);
    return known;
  }

  /** What is wrong with a name in the list {@code plugins}. */
  Optional<String> problem(String name) {
    Set<String> known = known();
    if (known.contains(name)) {
      return Optional.empty();
    }
    if (name.indexOf('.') > 0) {
      return type(name).isPresent()
          ? Optional.empty()
          : Optional.of("there is no class " + name + " on the class path");
    }
    String unfit =
        jars.stream()
            .filter(jar -> jar.id().isEmpty() && jar.name().startsWith(name))
            .flatMap(jar -> jar.problem().map(why -> "; " + jar.name() + ": " + why).stream())
            .collect(Collectors.joining());
    return Optional.of(
        "there is no plugin \""
            + name
            + "\""
            + (unfit.isEmpty() ? Suggestion.among(name, known) : unfit));
  }

  /** The id of a plugin, which its block is named after. */
  String id(String name) {
    return bundled.containsKey(name) || name.indexOf('.') < 0
        ? name
        : Keys.of(name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1));
  }

  /** The settings records of a bundled plugin or a class; empty for a jar's. */
  Optional<List<Class<? extends Record>>> settings(String id, List<String> wanted) {
    String className = bundled.get(id);
    if (className == null) {
      className =
          wanted.stream()
              .filter(name -> name.indexOf('.') > 0 && id(name).equals(id))
              .findFirst()
              .orElse("");
    }
    return className.isEmpty() ? Optional.empty() : type(className).map(PluginNames::records);
  }

  private Optional<Class<?>> type(String className) {
    try {
      return Optional.of(Class.forName(className, false, classes));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }

  private static List<Class<? extends Record>> records(Class<?> plugin) {
    List<Class<? extends Record>> records = new ArrayList<>();
    for (Constructor<?> constructor : plugin.getDeclaredConstructors()) {
      if (constructor.isAnnotationPresent(jakarta.inject.Inject.class)) {
        for (Class<?> parameter : constructor.getParameterTypes()) {
          if (parameter.isRecord() && parameter.isAnnotationPresent(Settings.class)) {
            records.add(parameter.asSubclass(Record.class));
          }
        }
      }
    }
    return records;
  }

  private static List<PluginFolder.Jar> jars(Path directory) {
    try {
      return new PluginFolder(directory).jars();
    } catch (IllegalArgumentException e) {
      // A folder that cannot be used has no plugins; loading one will say why.
      return List.of();
    }
  }
}
