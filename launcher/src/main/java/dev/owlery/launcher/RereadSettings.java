package dev.owlery.launcher;

import dev.owlery.core.plugin.SettingsSource;
import dev.owlery.launcher.config.ConfigurationReader;
import dev.owlery.launcher.config.FaultyConfiguration;
import java.nio.file.Path;

/**
 * The plugins' settings as a file has them, read again when a plugin is loaded or reloaded while
 * the bot runs. Immutable; any thread.
 *
 * @param now as the file was read last
 * @param reader reads it
 * @param file the configuration
 */
record RereadSettings(SettingsSource now, ConfigurationReader reader, Path file)
    implements SettingsSource {

  @Override
  public <R extends Record> R read(String pluginId, Class<R> type) {
    return now.read(pluginId, type);
  }

  @Override
  public SettingsSource reread() {
    try {
      return new RereadSettings(reader.read(file).pluginSettings(), reader, file);
    } catch (FaultyConfiguration e) {
      throw new IllegalArgumentException(
          "the configuration has faults; nothing was changed: "
              + String.valueOf(e.getMessage()).strip().replace("\n", "; "),
          e);
    }
  }
}
