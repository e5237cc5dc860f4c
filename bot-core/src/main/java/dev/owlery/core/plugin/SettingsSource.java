package dev.owlery.core.plugin;

/** Fills a plugin's settings records from the configuration. Called from any thread. */
@FunctionalInterface
public interface SettingsSource {

  /**
   * Reads the block of a plugin.
   *
   * @param <R> the record
   * @param pluginId the plugin; its block is {@code plugin.ID}
   * @param type a record marked with {@link dev.owlery.api.settings.Settings}
   * @return the record, checked
   * @throws IllegalArgumentException if the block does not fit the record; the text is fit for a
   *     user
   */
  <R extends Record> R read(String pluginId, Class<R> type);

  /**
   * Reads the configuration again, for a plugin that is loaded or reloaded while the bot runs.
   *
   * @return the blocks as they are now; this source if there is nothing to read again
   * @throws IllegalArgumentException if the configuration has faults; the text is fit for a user
   */
  default SettingsSource reread() {
    return this;
  }
}
