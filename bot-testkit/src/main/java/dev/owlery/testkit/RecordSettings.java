package dev.owlery.testkit;

import dev.owlery.api.settings.Default;
import dev.owlery.core.plugin.SettingsSource;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Settings without a configuration file: what a test gives, else a record made of its components'
 * {@link Default}s. Reads the simple kinds; a record with other kinds is given whole.
 */
final class RecordSettings implements SettingsSource {

  private final Map<Class<?>, Record> given;

  RecordSettings(Map<Class<?>, Record> given) {
    this.given = Map.copyOf(given);
  }

  @Override
  public <R extends Record> R read(String pluginId, Class<R> type) {
    Record record = given.get(type);
    return record == null ? defaults(type) : type.cast(record);
  }

  static <R extends Record> R defaults(Class<R> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values = Arrays.stream(components).map(RecordSettings::preset).toArray();
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(String.valueOf(e.getCause()), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type + " cannot be made of its defaults", e);
    }
  }

  private static Object preset(RecordComponent component) {
    Class<?> type = component.getType();
    Default written = component.getAnnotation(Default.class);
    if (written != null) {
      return read(component, written.value());
    }
    if (type == Optional.class) {
      return Optional.empty();
    }
    if (type == List.class) {
      return List.of();
    }
    if (type == Map.class) {
      return Map.of();
    }
    throw new IllegalArgumentException(
        "give settings: "
            + component.getDeclaringRecord().getSimpleName()
            + "."
            + component.getName()
            + " has no default");
  }

  private static Object read(RecordComponent component, String value) {
    Class<?> type = component.getType();
    if (type == List.class) {
      return list(component, value);
    }
    if (type.isRecord() && value.equals("{}")) {
      return defaults(type.asSubclass(Record.class));
    }
    return scalar(type, value);
  }

  private static List<Object> list(RecordComponent component, String value) {
    Class<?> element =
        (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    String inside = value.strip().replaceAll("^\\[|]$", "").strip();
    return inside.isEmpty()
        ? List.of()
        : Arrays.stream(inside.split("\\s*,\\s*")).map(each -> scalar(element, each)).toList();
  }

  private static Object scalar(Class<?> type, String value) {
    if (type == String.class) {
      return value;
    } else if (type == int.class) {
      return Integer.valueOf(value);
    } else if (type == long.class) {
      return Long.valueOf(value);
    } else if (type == double.class) {
      return Double.valueOf(value);
    } else if (type == boolean.class) {
      return Boolean.valueOf(value);
    } else if (type == Duration.class) {
      return duration(value);
    } else if (type == Path.class) {
      return Path.of(value);
    } else if (type.isEnum()) {
      return constant(type, value);
    }
    throw new IllegalArgumentException("give settings: no test reads a " + type.getSimpleName());
  }

  private static Object constant(Class<?> type, String value) {
    String name = value.replace('-', '_').toUpperCase(Locale.ROOT);
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> ((Enum<?>) each).name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(type + " has no " + value));
  }

  private static Duration duration(String value) {
    String unit = value.replaceAll("[\\d\\s]", "");
    long amount = Long.parseLong(value.replaceAll("\\D", ""));
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default -> throw new IllegalArgumentException("no duration: " + value);
    };
  }
}
