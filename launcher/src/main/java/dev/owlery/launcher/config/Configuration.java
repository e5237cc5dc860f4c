package dev.owlery.launcher.config;

import dev.owlery.api.adapter.AdapterProvider;
import dev.owlery.api.chat.AccountId;
import dev.owlery.core.permission.PermissionSettings;
import dev.owlery.core.plugin.SettingsSource;
import dev.owlery.core.procedure.ProcedureSettings;
import dev.owlery.core.topic.TopicSettings;
import dev.owlery.web.HttpSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole configuration, checked. Holds secrets: its text form shows none of them.
 *
 * @param bot what concerns the bot as a whole
 * @param accounts at least one, in the file's order
 * @param plugins what to load, in order
 * @param bundled the bundled plugins' classes by short name
 * @param pluginSettings fills the plugins' own records
 * @param limits the bounds
 * @param permissions who may do what
 * @param procedures who may call what from outside
 * @param topics where topics are told
 * @param http where to listen for HTTP, if anywhere
 * @param files how files are carried
 * @param warnings what the file says legally and surely does not mean
 */
public record Configuration(
    BotSettings bot,
    List<AccountConfiguration> accounts,
    List<String> plugins,
    Map<String, String> bundled,
    SettingsSource pluginSettings,
    LimitSettings limits,
    PermissionSettings permissions,
    ProcedureSettings procedures,
    TopicSettings topics,
    Optional<HttpSettings> http,
    FileLimits files,
    List<ConfigFault> warnings) {

  /** Copies what could change. */
  public Configuration {
    accounts = List.copyOf(accounts);
    plugins = List.copyOf(plugins);
    bundled = Map.copyOf(bundled);
    warnings = List.copyOf(warnings);
  }

  /**
   * The same configuration with other settings for plugins.
   *
   * @param source fills the plugins' own records
   * @return a copy
   */
  public Configuration with(SettingsSource source) {
    return new Configuration(
        bot,
        accounts,
        plugins,
        bundled,
        source,
        limits,
        permissions,
        procedures,
        topics,
        http,
        files,
        warnings);
  }

  /**
   * One block of {@code accounts}.
   *
   * @param id the account's name
   * @param provider makes its adapter
   * @param settings an instance of the provider's record
   */
  public record AccountConfiguration(AccountId id, AdapterProvider provider, Record settings) {

    @Override
    public String toString() {
      return id + " (" + provider.protocol() + ")";
    }
  }
}
