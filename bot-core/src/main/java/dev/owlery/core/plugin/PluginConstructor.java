package dev.owlery.core.plugin;

import dev.owlery.api.settings.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the bot can call a plugin's constructor, found out without calling it. Pure. */
final class PluginConstructor {

  private PluginConstructor() {}

  /**
   * What is wrong with the constructors of a class.
   *
   * @param type the plugin's class
   * @param offered what a constructor may ask for beside settings and classes of the plugin's own
   * @return the fault and what to write, fit for a user; empty if there is none
   */
  static Optional<String> problem(Class<?> type, Set<Class<?>> offered) {
    List<Constructor<?>> marked =
        Arrays.stream(type.getDeclaredConstructors())
            .filter(each -> each.isAnnotationPresent(Inject.class))
            .toList();
    if (marked.size() > 1) {
      return Optional.of(
          type.getName() + " has several constructors marked @Inject: leave it at one of them");
    }
    if (marked.isEmpty()) {
      return isPlain(type) ? Optional.empty() : Optional.of(unmarked(type));
    }
    return Arrays.stream(marked.getFirst().getParameterTypes())
        .map(parameter -> problem(marked.getFirst(), parameter, offered))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** A constructor without parameters needs no mark, unless it is hidden. */
  private static boolean isPlain(Class<?> type) {
    return Arrays.stream(type.getDeclaredConstructors())
        .anyMatch(each ->
            each.getParameterCount() == 0
                && (!Modifier.isPrivate(each.getModifiers())
                    || Modifier.isPrivate(type.getModifiers())));
  }

  private static String unmarked(Class<?> type) {
    return type.getName()
        + " has no constructor that the bot may call: write @jakarta.inject.Inject above "
        + Arrays.stream(type.getDeclaredConstructors())
            .findFirst()
            .map(PluginConstructor::signature)
            .orElse("one");
  }

  private static Optional<String> problem(
      Constructor<?> constructor, Class<?> parameter, Set<Class<?>> offered) {
    if (parameter.isRecord()) {
      return parameter.isAnnotationPresent(Settings.class)
          ? Optional.empty()
          : Optional.of(
              signature(constructor)
                  + " asks for the record "
                  + parameter.getSimpleName()
                  + ", which is not marked @Settings: mark it, or do not ask for it");
    }
    boolean foreign =
        parameter.isInterface()
            || parameter.isPrimitive()
            || parameter.isArray()
            || parameter.isEnum()
            || Modifier.isAbstract(parameter.getModifiers())
            || parameter.getName().startsWith("java.");
    return !foreign || offered.contains(parameter) || parameter == Provider.class
        ? Optional.empty()
        : Optional.of(
            signature(constructor)
                + " asks for "
                + parameter.getTypeName()
                + ", which the bot does not have; it has "
                + offered.stream()
                    .map(Class::getSimpleName)
                    .sorted()
                    .collect(Collectors.joining(", "))
                + " and records marked @Settings");
  }

  private static String signature(Constructor<?> constructor) {
    return constructor.getDeclaringClass().getSimpleName()
        + Arrays.stream(constructor.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
