package dev.owlery.core.plugin;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the plugin host finds plugins and their settings.
 *
 * @param pluginsDirectory where plugin jars lie; need not exist
 * @param bundled class names of the bundled plugins by short name
 * @param settings fills the settings records of plugins
 */
public record PluginHostSettings(
    Path pluginsDirectory, Map<String, String> bundled, SettingsSource settings) {

  /** Copies the map. */
  public PluginHostSettings {
    bundled = Map.copyOf(bundled);
  }
}
