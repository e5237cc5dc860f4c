package dev.owlery.core.plugin;

import dev.owlery.api.command.Commands;
import dev.owlery.api.file.Transfers;
import dev.owlery.api.http.Http;
import dev.owlery.api.plugin.Administration;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Store;
import dev.owlery.api.procedure.Procedures;
import dev.owlery.api.topic.Topics;
import java.util.UUID;
import org.slf4j.LoggerFactory;

/** What the engine offers to plugins. Called from any thread, also while a plugin is loaded. */
public interface Services {

  /**
   * The bot for one plugin.
   *
   * @param pluginId the plugin
   * @return its view of the bot
   */
  Bot bot(String pluginId);

  /**
   * The memory of one plugin.
   *
   * @param pluginId the plugin
   * @return its store
   */
  Store store(String pluginId);

  /**
   * All commands.
   *
   * @return shared by all plugins
   */
  Commands commands();

  /**
   * Procedures of others.
   *
   * @return shared by all plugins
   */
  Procedures procedures();

  /**
   * Topics.
   *
   * @return shared by all plugins
   */
  Topics topics();

  /**
   * Files to and from others.
   *
   * @return shared by all plugins; whoever hands it to one ends the transports that it adds
   */
  Transfers transfers();

  /**
   * The administrator's view.
   *
   * @return shared by all plugins
   */
  Administration administration();

  /**
   * The HTTP listener, for one life of a plugin.
   *
   * @param pluginId the plugin
   * @return whoever is given it ends its routes
   */
  Http http(String pluginId);

  /**
   * Who looks for calls that compute without end.
   *
   * @return shared by all plugins; one that watches nothing, unless the engine has one
   */
  default PluginWatchdog watch() {
    return new PluginWatchdog(0, plugin -> {});
  }

  /**
   * Told when a timer or the end of a plugin failed; handlers and commands report to the lanes that
   * called them. Writes the fault to the log under an incident id, unless the engine does more.
   *
   * @param pluginId the plugin
   * @param doing what was being done, for example {@code @Every("5m") tick()}
   * @param fault what the plugin threw
   */
  default void fault(String pluginId, String doing, Throwable fault) {
    String incident = UUID.randomUUID().toString().substring(0, 8);
    LoggerFactory.getLogger(PluginHost.class)
        .error("incident {}: plugin {} failed in {}", incident, pluginId, doing, fault);
  }
}
