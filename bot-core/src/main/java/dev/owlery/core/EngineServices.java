package dev.owlery.core;

import dev.owlery.api.command.Commands;
import dev.owlery.api.file.Transfers;
import dev.owlery.api.http.Http;
import dev.owlery.api.plugin.Administration;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Store;
import dev.owlery.api.procedure.Procedures;
import dev.owlery.api.topic.Topics;
import dev.owlery.core.http.HttpRoutes;
import dev.owlery.core.lane.Incidents;
import dev.owlery.core.plugin.PluginWatchdog;
import dev.owlery.core.plugin.Services;
import java.util.function.Function;

/** What plugins may ask for in their constructors. */
record EngineServices(
    Bot bot,
    Function<String, Store> stores,
    Commands commands,
    Procedures procedures,
    Administration administration,
    Incidents incidents,
    HttpRoutes routes,
    Topics topics,
    Transfers transfers,
    PluginWatchdog watch)
    implements Services {

  @Override
  public Bot bot(String pluginId) {
    return bot;
  }

  @Override
  public Store store(String pluginId) {
    return stores.apply(pluginId);
  }

  @Override
  public Http http(String pluginId) {
    return routes.of("plugin " + pluginId);
  }

  @Override
  public void fault(String pluginId, String doing, Throwable fault) {
    incidents.report("plugin " + pluginId + " failed in " + doing, fault);
  }
}
