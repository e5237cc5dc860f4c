package dev.owlery.launcher.config;

import dev.owlery.api.settings.Settings;
import dev.owlery.core.plugin.PluginFolder;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.incendo.cloud.annotations.Permission;

/** What can be known of plugins without loading one: their names, ids and settings records. */
final class PluginNames {

  private static final Set<String> ASKED_FOR_IN_CODE =
      Set.of("admin.poll", "admin.unlimited", "files.others", "files.send", "share.manage");

  private final Map<String, String> bundled;
  private final List<PluginFolder.Jar> jars = new ArrayList<>();

  /** Why the directory of jars cannot be used; empty if it can. */
  private Optional<String> unusable = Optional.empty();

  private final ClassLoader classes;

  PluginNames(Map<String, String> bundled, Path pluginsDir, ClassLoader classes) {
    this.bundled = bundled;
    this.classes = classes;
    try {
      jars.addAll(new PluginFolder(pluginsDir, bundled.keySet()).jars());
    } catch (IllegalArgumentException e) {
      unusable = Optional.of(String.valueOf(e.getMessage()));
    }
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
    // What is wrong with it is found out when it is to be loaded, and keeps no bot from starting.
    if (jars.stream().anyMatch(jar -> jar.isOf(name))) {
      return Optional.empty();
    }
    return unusable.or(
        () -> Optional.of("there is no plugin \"" + name + "\"" + Suggestion.among(name, known)));
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

  /** The permissions of bundled plugins' commands, and those that are asked for elsewhere. */
  Set<String> permissions(Set<String> plugins) {
    Set<String> permissions = new TreeSet<>(ASKED_FOR_IN_CODE);
    plugins.stream()
        .map(bundled::get)
        .filter(Objects::nonNull)
        .flatMap(name -> type(name).stream())
        .flatMap(plugin -> Arrays.stream(plugin.getDeclaredMethods()))
        .map(method -> method.getAnnotation(Permission.class))
        .filter(Objects::nonNull)
        .flatMap(permission -> Arrays.stream(permission.value()))
        .forEach(permissions::add);
    return permissions;
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
}
