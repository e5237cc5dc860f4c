package dev.owlery.launcher.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.Secret;
import dev.owlery.api.settings.SettingException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Fills records from blocks of the configuration, by the rules of {@link
 * dev.owlery.api.settings.Settings}. Goes on after a fault, so that all of them are found. Belongs
 * to the thread that reads the configuration.
 */
final class RecordBinder {

  private static final Map<Class<?>, Object> PLAIN_STAND_INS =
      Map.of(
          String.class,
          "localhost",
          Path.class,
          Path.of("localhost"),
          Duration.class,
          Duration.ofSeconds(1),
          int.class,
          1,
          long.class,
          1L,
          double.class,
          1.0,
          boolean.class,
          false);
  private static final Pattern STEP = Pattern.compile("[.\\[]");

  private final ConfigFaults faults;
  private final Map<String, Document.Reference> references;
  private final SettingReader values;

  RecordBinder(Document document, ConfigFaults faults) {
    this.faults = faults;
    this.references = document.references();
    this.values = new SettingReader(this, faults);
  }

  /**
   * Fills a record, and reports every key that the record does not have.
   *
   * @param <R> the record's type
   * @param type the record's type
   * @param block its block
   * @return the record; empty if there was any fault
   */
  <R extends Record> Optional<R> bind(Class<R> type, Block block) {
    boolean strangers = reportUnknown(block, keys(type));
    Optional<R> bound = fill(type, block);
    return strangers ? Optional.empty() : bound;
  }

  /** The keys of a record. */
  static Set<String> keys(Class<? extends Record> type) {
    Set<String> keys = new TreeSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      keys.add(Keys.of(component.getName()));
    }
    return keys;
  }

  /** Reports the keys of a block that nobody knows; true if there were any. */
  boolean reportUnknown(Block block, Set<String> known) {
    boolean any = false;
    for (String key : block.keys()) {
      if (!known.contains(key)) {
        ConfigValue value = block.object().get(key);
        faults.add(
            value == null ? block.origin() : value.origin(),
            block.pathOf(key),
            "is no setting" + Suggestion.among(key, known));
        any = true;
      }
    }
    return any;
  }

  /** Fills a record from a block that may hold other keys too; empty if there was any fault. */
  <R extends Record> Optional<R> fill(Class<R> type, Block block) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] arguments = new Object[components.length];
    Set<String> failed = new TreeSet<>();
    for (int i = 0; i < components.length; i++) {
      Optional<?> value = component(components[i], block);
      if (value.isPresent()) {
        arguments[i] = value.get();
      } else {
        failed.add(Keys.of(components[i].getName()));
        Optional<?> standIn = standIn(components[i].getGenericType());
        if (standIn.isEmpty()) {
          return Optional.empty();
        }
        arguments[i] = standIn.get();
      }
    }
    Optional<R> record = construct(type, arguments, block, failed);
    return failed.isEmpty() ? record : Optional.empty();
  }

  /** A value in place of one that is at fault, so that the record can check the others. */
  private static Optional<?> standIn(Type type) {
    Class<?> raw = SettingReader.raw(type);
    Optional<?> nothingGiven = nothingGiven(raw);
    if (nothingGiven.isPresent()) {
      return nothingGiven;
    } else if (raw == Secret.class) {
      return Optional.of(new Secret("localhost"));
    } else if (raw.isEnum()) {
      return Optional.of(raw.getEnumConstants()[0]);
    } else if (raw.isRecord()) {
      Block nothing = new Block("", ConfigFactory.empty().root());
      return new RecordBinder(Document.empty(), new ConfigFaults(""))
          .fill(raw.asSubclass(Record.class), nothing);
    }
    return Optional.ofNullable(PLAIN_STAND_INS.get(raw));
  }

  private Optional<?> component(RecordComponent component, Block block) {
    String key = Keys.of(component.getName());
    String path = block.pathOf(key);
    Type type = component.getGenericType();
    Optional<ConfigValue> given = block.value(key);
    if (given.isPresent()) {
      return given(given.get(), type, path);
    }
    Default fallback = component.getAnnotation(Default.class);
    if (fallback != null) {
      return values.read(standardValue(fallback.value(), type), type, path);
    }
    Optional<?> nothingGiven = nothingGiven(SettingReader.raw(type));
    if (nothingGiven.isEmpty()) {
      missing(block, path, type);
    }
    return nothingGiven;
  }

  /** What a component is of which nothing is given; empty if it must be given. */
  private static Optional<?> nothingGiven(Class<?> raw) {
    if (raw == Optional.class) {
      return Optional.of(Optional.empty());
    } else if (raw == List.class) {
      return Optional.of(List.of());
    } else if (raw == Map.class) {
      return Optional.of(Map.of());
    }
    return Optional.empty();
  }

  private Optional<?> given(ConfigValue value, Type type, String path) {
    if (Document.isUnresolved(value)) {
      Document.Reference reference = references.get(path);
      faults.add(
          value.origin(),
          path,
          reference == null
              ? "refers to something that is not there"
              : unset(reference.variable()));
      return Optional.empty();
    }
    if (isSecret(type) && !references.containsKey(path) && !(value instanceof ConfigObject)) {
      faults.secretIn(value.origin(), path);
    }
    int before = faults.count();
    Optional<?> read = values.read(at(value, path), type, path);
    assert read.isPresent() || faults.count() > before : "every failure has its fault";
    return read;
  }

  private static boolean isSecret(Type type) {
    return type == Secret.class
        || (type instanceof ParameterizedType generic
            && generic.getActualTypeArguments()[0] == Secret.class);
  }

  /** A value from the environment is reported at the line that refers to it. */
  private ConfigValue at(ConfigValue value, String path) {
    Document.Reference reference = references.get(path);
    return reference == null || value.origin().lineNumber() > 0
        ? value
        : value.withOrigin(reference.origin());
  }

  private void missing(Block block, String path, Type type) {
    Document.Reference reference = references.get(path);
    if (reference != null) {
      faults.add(reference.origin(), path, unset(reference.variable()));
    } else {
      faults.add(block.origin(), path, "is missing: " + SettingReader.expected(type));
    }
  }

  private static String unset(String variable) {
    return "has no value: the environment variable " + variable + " is not set";
  }

  private static ConfigValue standardValue(String written, Type type) {
    Type inner =
        SettingReader.raw(type) == Optional.class && type instanceof ParameterizedType optional
            ? optional.getActualTypeArguments()[0]
            : type;
    Class<?> raw = SettingReader.raw(inner);
    if (raw == List.class || raw == Map.class || raw.isRecord()) {
      ConfigObject parsed = ConfigFactory.parseString("it = " + written).root();
      ConfigValue value = parsed.get("it");
      if (value != null) {
        return value;
      }
    }
    return ConfigValueFactory.fromAnyRef(written, "default");
  }

  private <R extends Record> Optional<R> construct(
      Class<R> type, Object[] arguments, Block block, Set<String> failed) {
    try {
      Class<?>[] signature =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<R> constructor = type.getDeclaredConstructor(signature);
      constructor.setAccessible(true);
      return Optional.of(constructor.newInstance(arguments));
    } catch (InvocationTargetException e) {
      refused(Objects.requireNonNull(e.getCause()), block, failed);
    } catch (ReflectiveOperationException e) {
      faults.add(block.origin(), block.path(), type.getName() + " cannot be made: " + e);
    }
    return Optional.empty();
  }

  /** With stand-ins among the values only what a record says of others is believed. */
  private void refused(Throwable cause, Block block, Set<String> failed) {
    if (cause instanceof SettingException fault) {
      report(fault, block, failed);
      for (Throwable further : fault.getSuppressed()) {
        refused(further, block, failed);
      }
    } else if (cause instanceof Error error) {
      throw error;
    } else if (failed.isEmpty()) {
      faults.add(block.origin(), block.path(), text(cause));
    }
  }

  private void report(SettingException fault, Block block, Set<String> failed) {
    String first = STEP.split(fault.key(), 2)[0];
    boolean isGiven = failed.isEmpty() || block.value(first).isPresent();
    if (isGiven && !failed.contains(first)) {
      String path = block.path().isEmpty() ? fault.key() : block.path() + "." + fault.key();
      Document.Reference reference = references.get(path);
      if (reference != null && block.value(fault.key()).isEmpty()) {
        String why = text(fault) + " (it " + unset(reference.variable()) + ")";
        faults.add(reference.origin(), path, why);
      } else {
        faults.add(originOf(block, fault.key()), path, text(fault));
      }
    }
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank() ? "is refused (" + cause + ")" : message;
  }

  /** Where the nearest key is written that a fault names, as {@code a.b} or {@code a[2]}. */
  ConfigOrigin originOf(Block block, String key) {
    ConfigOrigin origin = block.origin();
    ConfigObject object = block.object();
    for (String step : STEP.split(key, -1)) {
      ConfigValue value = object.get(step);
      if (value == null) {
        break;
      }
      Document.Reference reference = references.get(block.pathOf(step));
      origin =
          value.origin().lineNumber() > 0 || reference == null
              ? value.origin()
              : reference.origin();
      if (!(value instanceof ConfigObject inner)) {
        break;
      }
      object = inner;
    }
    return origin;
  }
}
