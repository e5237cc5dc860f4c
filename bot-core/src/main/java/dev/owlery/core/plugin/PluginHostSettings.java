package dev.owlery.core.plugin;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the plugin host finds plugins and their settings.
 *
 * @param pluginsDirectory where plugin jars lie; need not exist
 * @param bundled class names of the bundled plugins by short name
 * @param hashes the SHA-256 of each jar that may be loaded, by the plugin's id; any jar may if
 *     there is none
 * @param settings fills the settings records of plugins
 */
public record PluginHostSettings(
    Path pluginsDirectory,
    Map<String, String> bundled,
    Map<String, String> hashes,
    SettingsSource settings) {

  /** Copies the maps. */
  public PluginHostSettings {
    bundled = Map.copyOf(bundled);
    hashes = Map.copyOf(hashes);
  }

  /**
   * Settings without hashes: any jar in the directory may be loaded.
   *
   * @param pluginsDirectory where plugin jars lie; need not exist
   * @param bundled class names of the bundled plugins by short name
   * @param settings fills the settings records of plugins
   */
  public PluginHostSettings(
      Path pluginsDirectory, Map<String, String> bundled, SettingsSource settings) {
    this(pluginsDirectory, bundled, Map.of(), settings);
  }
}
