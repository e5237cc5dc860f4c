package dev.owlery.launcher.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import dev.owlery.core.plugin.SettingsSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The blocks {@code plugin.NAME}. Those of bundled plugins and of classes are checked with the rest
 * of the file; a jar's is checked when the jar is loaded. Immutable.
 */
final class PluginBlocks implements SettingsSource {

  private final Document document;
  private final String file;
  private final PluginNames names;
  private final Map<String, Block> blocks = new TreeMap<>();

  PluginBlocks(Document document, String file, PluginNames names) {
    this.document = document;
    this.file = file;
    this.names = names;
    if (document.root().get("plugin") instanceof ConfigObject all) {
      for (Map.Entry<String, ConfigValue> entry : all.entrySet()) {
        if (entry.getValue() instanceof ConfigObject object) {
          blocks.put(entry.getKey(), new Block(Keys.join("plugin", entry.getKey()), object));
        }
      }
    }
  }

  /** Checks the names in {@code plugins} and every block that can be checked without a jar. */
  void check(List<String> wanted, ConfigFaults faults) {
    for (String name : wanted) {
      names
          .problem(name)
          .ifPresent(problem -> faults.add(placeOf(wanted, name), "plugins", problem));
    }
    Set<String> ids = new TreeSet<>(names.known());
    wanted.stream().map(names::id).forEach(ids::add);
    for (Map.Entry<String, Block> entry : blocks.entrySet()) {
      if (!ids.contains(entry.getKey())) {
        faults.add(
            entry.getValue().origin(),
            entry.getValue().path(),
            "belongs to no plugin" + Suggestion.among(entry.getKey(), ids));
      }
    }
    if (document.root().get("plugin") instanceof ConfigObject all) {
      all.forEach((name, value) -> {
        if (!(value instanceof ConfigObject)) {
          faults.add(value.origin(), Keys.join("plugin", name), "must be a block { ... }");
        }
      });
    }
    Set<String> checked = new TreeSet<>(blocks.keySet());
    wanted.stream().map(names::id).forEach(checked::add);
    for (String id : checked) {
      checkBlock(id, wanted, faults);
    }
  }

  /** The permissions that plugins ask for, as far as that is known without loading one. */
  Set<String> permissions(Set<String> plugins) {
    return names.permissions(plugins);
  }

  private void checkBlock(String id, List<String> wanted, ConfigFaults faults) {
    RecordBinder binder = new RecordBinder(document, faults);
    names
        .settings(id, wanted)
        .ifPresent(types -> {
          Block block = block(id);
          binder.reportUnknown(block, keys(types));
          types.forEach(type -> binder.fill(type, block));
        });
  }

  private ConfigOrigin placeOf(List<String> wanted, String name) {
    ConfigValue list = document.root().get("plugins");
    if (list instanceof com.typesafe.config.ConfigList values && values.size() == wanted.size()) {
      return values.get(wanted.indexOf(name)).origin();
    }
    return document.root().origin();
  }

  private Block block(String id) {
    Block block = blocks.get(id);
    return block != null
        ? block
        : new Block(
            Keys.join("plugin", id),
            ConfigFactory.empty().root().withOrigin(document.root().origin()));
  }

  private static Set<String> keys(List<Class<? extends Record>> types) {
    return types.stream()
        .flatMap(type -> RecordBinder.keys(type).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public <R extends Record> R read(String pluginId, Class<R> type) {
    ConfigFaults faults = new ConfigFaults(file);
    RecordBinder binder = new RecordBinder(document, faults);
    Block block = block(pluginId);
    boolean checkedBefore =
        names.settings(pluginId, List.of()).filter(types -> types.contains(type)).isPresent();
    Optional<R> record = checkedBefore ? binder.fill(type, block) : binder.bind(type, block);
    return record.orElseThrow(() ->
        new IllegalArgumentException(
            faults.all().stream().map(ConfigFault::toString).collect(Collectors.joining("; "))));
  }
}
