package dev.owlery.core;

import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.ItemPublished;
import dev.owlery.api.plugin.Handled;
import dev.owlery.api.topic.TopicPattern;
import dev.owlery.core.command.CommandRouter;
import dev.owlery.core.lane.Handlers;
import dev.owlery.core.plugin.Registrar;
import dev.owlery.core.procedure.ProcedureBody;
import dev.owlery.core.procedure.ProcedureMethod;
import dev.owlery.core.procedure.ProcedureServer;
import dev.owlery.core.topic.TopicExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where plugins are registered: handlers with the lanes, commands with the router, and so on. */
record EngineRegistrar(
    Handlers handlers, CommandRouter router, ProcedureServer procedures, TopicExchange topics)
    implements Registrar {

  private static final Logger log = LoggerFactory.getLogger(EngineRegistrar.class);

  @Override
  public <E extends ChatEvent> void handler(
      String plugin, String method, Class<E> type, int priority, EventHandler<E> handler) {
    handlers.add(plugin, method, type, priority, handler);
  }

  @Override
  public void commands(String plugin, Object object) {
    handlers.open(plugin);
    router.register(plugin, object);
  }

  @Override
  public void procedure(String plugin, ProcedureMethod method, ProcedureBody body) {
    procedures.add(plugin, method, body);
  }

  @Override
  public void topic(
      String plugin, String method, TopicPattern pattern, EventHandler<ItemPublished> handler) {
    topics.listens(plugin, pattern);
    handlers.add(
        plugin,
        method,
        ItemPublished.class,
        0,
        event -> TopicExchange.concerns(event, pattern) ? handler.handle(event) : Handled.CONTINUE);
  }

  @Override
  public void remove(String plugin) {
    topics.forget(plugin);
    router.unregister(plugin);
    boolean called = !procedures.remove(plugin);
    if (!handlers.remove(plugin) || called) {
      log.warn("plugin {} is still running something; it is left behind", plugin);
    }
  }
}
