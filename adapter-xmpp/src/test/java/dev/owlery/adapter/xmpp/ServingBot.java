package dev.owlery.adapter.xmpp;

import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.ProcedureRequest;
import dev.owlery.api.procedure.Value;
import dev.owlery.core.Engine;
import dev.owlery.core.EngineSettings;
import dev.owlery.core.command.CommandSettings;
import dev.owlery.core.journal.MemoryJournal;
import dev.owlery.core.lane.Lanes.LaneSettings;
import dev.owlery.core.outbox.OutboxSettings;
import dev.owlery.core.permission.PermissionSettings;
import dev.owlery.core.permission.RolePermissions;
import dev.owlery.core.plugin.PluginHostSettings;
import dev.owlery.core.plugin.SettingsSource;
import dev.owlery.core.procedure.ProcedureSettings;
import dev.owlery.core.procedure.ProcedureSettings.Rule;
import dev.owlery.core.schedule.SystemTimers;
import dev.owlery.core.topic.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A whole bot with the {@link SamplesPlugin} on one account, called {@code net}.
 *
 * @param engine the running bot
 * @param adapter its account's
 */
record ServingBot(Engine engine, Adapter adapter) implements AutoCloseable {

  private static final SettingsSource NONE =
      new SettingsSource() {
        @Override
        public <R extends Record> R read(String plugin, Class<R> type) {
          throw new IllegalArgumentException("there are no settings");
        }
      };

  /** Starts a bot and waits until it is online. */
  static ServingBot start(XmppSettings settings, Duration patience, Rule... allow)
      throws Exception {
    SystemTimers timers = new SystemTimers();
    Engine engine =
        new Engine(
            new EngineSettings(
                "owl",
                "test",
                List.of(),
                0,
                0,
                new CommandSettings("!", Duration.ofMinutes(1), 0, Duration.ofMinutes(10)),
                new LaneSettings(Duration.ofSeconds(10), 10_000),
                new OutboxSettings(10_000, 8, Duration.ofHours(1), true),
                new ProcedureSettings(List.of(allow), patience, 32, 8),
                TopicSettings.standard()),
            new PluginHostSettings(
                Path.of("no-plugins.d"), Map.of("samples", SamplesPlugin.class.getName()), NONE),
            new RolePermissions(PermissionSettings.withoutBlock(List.of())),
            new MemoryJournal(timers.clock()),
            timers);
    Adapter adapter = new XmppAdapterProvider().create(settings, engine.context(TestAccount.ID));
    engine.add(TestAccount.ID, adapter);
    engine.start(List.of("samples"));
    engine.ready().toCompletableFuture().get(20, TimeUnit.SECONDS);
    return new ServingBot(engine, adapter);
  }

  static Rule allow(String from, String methods) {
    return new Rule(TestAccount.ID, from, methods);
  }

  /** Calls somebody else's procedure and waits for the answer. */
  Value call(String peer, Duration patience, String method, Value... arguments) {
    try {
      return adapter
          .call(new ProcedureRequest(peer, method, List.of(arguments), patience))
          .toCompletableFuture()
          .get(15, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProcedureException told) {
        throw told;
      }
      throw new AssertionError(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    engine.stop();
  }
}
