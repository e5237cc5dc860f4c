package dev.owlery.launcher.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A block of the configuration: the keys between two braces.
 *
 * @param path the block's own path; empty for the whole file
 * @param object what is in it
 */
record Block(String path, ConfigObject object) {

  /** The value of a key; null in the file means that it is not given. */
  Optional<ConfigValue> value(String key) {
    ConfigValue value = object.get(key);
    if (value == null || isNull(value)) {
      return Optional.empty();
    }
    return Optional.of(value);
  }

  private static boolean isNull(ConfigValue value) {
    return !Document.isUnresolved(value) && value.valueType() == ConfigValueType.NULL;
  }

  String pathOf(String key) {
    return Keys.join(path, key);
  }

  Set<String> keys() {
    return new TreeSet<>(object.keySet());
  }

  ConfigOrigin origin() {
    return object.origin();
  }

  Block without(String key) {
    return new Block(path, object.withoutKey(key));
  }
}
