package dev.owlery.launcher.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file, parsed and with its references to environment variables replaced.
 *
 * @param root the outermost block
 * @param references which keys were written as a reference, by the key's path
 */
record Document(ConfigObject root, Map<String, Reference> references) {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\??([A-Za-z_][A-Za-z0-9_]*)\\}");
  private static final String LEVELS = "{[.$";

  /**
   * A reference to an environment variable.
   *
   * @param variable its name
   * @param origin where it is written
   */
  record Reference(String variable, ConfigOrigin origin) {}

  static Document empty() {
    return new Document(ConfigFactory.empty().root(), Map.of());
  }

  /**
   * Reads a file.
   *
   * @param file HOCON
   * @param environment the environment variables
   * @param faults where a file that cannot be read or parsed is reported
   * @return the document; empty if it could not be read
   */
  static Optional<Document> read(Path file, Map<String, String> environment, ConfigFaults faults) {
    try {
      Optional<Config> parsed = new Sources(faults).read(file, file.toString());
      if (parsed.isEmpty()) {
        return Optional.empty();
      }
      Map<String, Reference> references = new HashMap<>();
      collect(parsed.get().root(), "", references);
      Config resolved =
          parsed
              .get()
              .resolve(
                  ConfigResolveOptions.noSystem()
                      .setAllowUnresolved(true)
                      .appendResolver(new EnvironmentResolver(environment)));
      return Optional.of(new Document(resolved.root(), Map.copyOf(references)));
    } catch (ConfigException e) {
      Sources.report(e, faults);
      return Optional.empty();
    } catch (StackOverflowError e) {
      // The library recurses for each level, and says nothing of lines then.
      faults.add(densestLine(file), "is nested too deeply, or put together of too many parts");
      return Optional.empty();
    }
  }

  /** Where most of what makes levels stands; 0 if that cannot be said. */
  private static int densestLine(Path file) {
    int most = 0;
    int densest = 0;
    int number = 0;
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines::iterator) {
        number++;
        int count = (int) line.chars().filter(c -> LEVELS.indexOf(c) >= 0).count();
        if (count > most) {
          most = count;
          densest = number;
        }
      }
    } catch (IOException | UncheckedIOException unreadable) {
      return 0;
    }
    return densest;
  }

  /** Whether a value still waits for something that is not there. */
  static boolean isUnresolved(ConfigValue value) {
    try {
      value.valueType();
      return false;
    } catch (ConfigException.NotResolved e) {
      return true;
    }
  }

  private static void collect(ConfigObject object, String path, Map<String, Reference> found) {
    for (Map.Entry<String, ConfigValue> entry : entries(object)) {
      ConfigValue value = entry.getValue();
      String place = Keys.join(path, entry.getKey());
      if (isUnresolved(value)) {
        Matcher match = VARIABLE.matcher(value.render(ConfigRenderOptions.concise()));
        if (match.find()) {
          found.put(place, new Reference(match.group(1), value.origin()));
        }
      } else if (value instanceof ConfigObject inner) {
        collect(inner, place, found);
      }
    }
  }

  /** None for a block that is merged with a reference to another: its references stay unnamed. */
  private static Set<Map.Entry<String, ConfigValue>> entries(ConfigObject object) {
    try {
      return object.entrySet();
    } catch (ConfigException.NotResolved e) {
      return Set.of();
    }
  }

  /** Looks substitutions up among environment variables. */
  private record EnvironmentResolver(Map<String, String> variables) implements ConfigResolver {

    @Override
    public @Nullable ConfigValue lookup(String path) {
      String value = variables.get(path);
      return value == null
          ? null
          : ConfigValueFactory.fromAnyRef(value, "environment variable " + path);
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
      return this;
    }
  }
}
