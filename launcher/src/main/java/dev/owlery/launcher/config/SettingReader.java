package dev.owlery.launcher.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import dev.owlery.api.settings.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads single values of the types that {@link dev.owlery.api.settings.Settings} allows. */
final class SettingReader {

  private static final Pattern UNIT = Pattern.compile(".*[a-zA-Z]\\s*");

  private final RecordBinder records;
  private final ConfigFaults faults;
  private final SecretFiles secrets;

  SettingReader(RecordBinder records, ConfigFaults faults) {
    this.records = records;
    this.faults = faults;
    this.secrets = new SecretFiles(faults);
  }

  static Class<?> raw(Type type) {
    // Not a switch over patterns: that would define classes in the middle of the start.
    if (type instanceof Class<?> plain) {
      return plain;
    } else if (type instanceof ParameterizedType generic) {
      return (Class<?>) generic.getRawType();
    }
    throw new IllegalArgumentException(type + " is no type for a setting");
  }

  /** Reads a value; empty if it was at fault, which is then reported. */
  Optional<?> read(ConfigValue value, Type type, String path) {
    Class<?> raw = raw(type);
    if (raw == Optional.class) {
      Optional<?> inner = read(value, argument(type, 0), path);
      return inner.isPresent() ? Optional.of(inner) : inner;
    } else if (raw == List.class) {
      return list(value, argument(type, 0), path);
    } else if (raw == Map.class) {
      return map(value, argument(type, 1), path);
    } else if (raw.isRecord() && raw != Secret.class) {
      return record(value, raw.asSubclass(Record.class), path);
    } else if (raw == Secret.class) {
      return secret(value, path);
    }
    return scalar(value, raw, path);
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  private Optional<?> list(ConfigValue value, Type element, String path) {
    if (!(value instanceof ConfigList list)) {
      return wrong(value, path, "must be a list: [ a, b ]");
    }
    List<Object> result = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      read(list.get(i), element, Keys.element(path, i)).ifPresent(result::add);
    }
    return result.size() == list.size() ? Optional.of(List.copyOf(result)) : Optional.empty();
  }

  private Optional<?> map(ConfigValue value, Type element, String path) {
    if (!(value instanceof ConfigObject object)) {
      return wrong(value, path, "must be a block: { name = value }");
    }
    Map<String, Object> result = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigValue> entry : inFileOrder(object)) {
      read(entry.getValue(), element, Keys.join(path, entry.getKey()))
          .ifPresent(read -> result.put(entry.getKey(), read));
    }
    return result.size() == object.size()
        ? Optional.of(java.util.Collections.unmodifiableMap(result))
        : Optional.empty();
  }

  /** The entries of a block, in the order in which they are written. */
  static List<Map.Entry<String, ConfigValue>> inFileOrder(ConfigObject object) {
    return new TreeMap<>(object)
        .entrySet().stream()
            .sorted(
                java.util.Comparator.comparingInt(entry -> entry.getValue().origin().lineNumber()))
            .toList();
  }

  private <R extends Record> Optional<R> record(ConfigValue value, Class<R> type, String path) {
    if (!(value instanceof ConfigObject object)) {
      return wrong(value, path, expected(type));
    }
    return records.bind(type, new Block(path, object));
  }

  private Optional<Secret> secret(ConfigValue value, String path) {
    if (value instanceof ConfigObject object) {
      return secrets.read(new Block(path, object));
    }
    if (value instanceof ConfigList) {
      return wrong(value, path, expected(Secret.class));
    }
    String text = String.valueOf(value.unwrapped());
    if (text.isBlank()) {
      return wrong(value, path, "is empty: " + expected(Secret.class));
    }
    return Optional.of(new Secret(text));
  }

  private Optional<?> scalar(ConfigValue value, Class<?> type, String path) {
    if (value instanceof ConfigObject || value instanceof ConfigList) {
      return wrong(value, path, expected(type));
    }
    String text = String.valueOf(value.unwrapped()).strip();
    Optional<?> read;
    if (type == String.class) {
      read = Optional.of(String.valueOf(value.unwrapped()));
    } else if (type == int.class || type == Integer.class) {
      read = whole(text).flatMap(SettingReader::asInt);
    } else if (type == long.class || type == Long.class) {
      read = whole(text);
    } else if (type == double.class || type == Double.class) {
      read = number(text);
    } else if (type == boolean.class || type == Boolean.class) {
      read = truth(text);
    } else if (type == Duration.class) {
      read = duration(value, text);
    } else if (type == Path.class) {
      read = file(text);
    } else if (type.isEnum()) {
      return constant(value, type, text, path);
    } else {
      return wrong(value, path, "cannot be read: no setting can be a " + type.getName());
    }
    return read.isPresent()
        ? read
        : wrong(value, path, expected(type) + ", not " + ConfigUtil.quoteString(shorten(text)));
  }

  private Optional<?> constant(ConfigValue value, Class<?> type, String text, String path) {
    Map<String, Object> constants = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      constants.put(written((Enum<?>) constant), constant);
    }
    Object match = constants.get(text);
    if (match != null) {
      return Optional.of(match);
    }
    return wrong(
        value,
        path,
        expected(type)
            + ", not "
            + ConfigUtil.quoteString(shorten(text))
            + Suggestion.nearestOf(text, constants.keySet()));
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Optional<Double> number(String text) {
    try {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> whole(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> asInt(long number) {
    return number == (int) number ? Optional.of((int) number) : Optional.empty();
  }

  private static Optional<Boolean> truth(String text) {
    return switch (text) {
      case "true", "yes", "on" -> Optional.of(true);
      case "false", "no", "off" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** A number without a unit could mean anything, so it is refused; zero cannot be mistaken. */
  private static Optional<Duration> duration(ConfigValue value, String text) {
    if (!UNIT.matcher(text).matches()) {
      return text.equals("0") ? Optional.of(Duration.ZERO) : Optional.empty();
    }
    try {
      return Optional.of(value.atKey("it").getDuration("it"));
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> file(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static String shorten(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }

  /** What a value of a type looks like. */
  static String expected(Type type) {
    Class<?> raw = raw(type);
    if (raw.isEnum()) {
      return "must be one of "
          + Stream.of(raw.getEnumConstants())
              .map(constant -> written((Enum<?>) constant))
              .collect(Collectors.joining(", "));
    } else if (raw == Secret.class) {
      return "must be ${?VARIABLE} for an environment variable, or { file = \"...\" }";
    } else if (raw.isRecord()) {
      return "must be a block { ... } with "
          + String.join(", ", RecordBinder.keys(raw.asSubclass(Record.class)));
    } else if (raw == int.class || raw == long.class) {
      return "must be a whole number";
    } else if (raw == double.class) {
      return "must be a number";
    } else if (raw == boolean.class) {
      return "must be true or false";
    } else if (raw == Duration.class) {
      return "must be a time with its unit, like 500ms, 30s, 5m, 2h or 1d";
    } else if (raw == Path.class) {
      return "must be a file's path";
    }
    return "must be a text";
  }

  private <T> Optional<T> wrong(ConfigValue value, String path, String message) {
    faults.add(value.origin(), path, message);
    return Optional.empty();
  }
}
