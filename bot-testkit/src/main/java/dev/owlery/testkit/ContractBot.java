package dev.owlery.testkit;

import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterProvider;
import dev.owlery.api.chat.AccountId;
import dev.owlery.core.Engine;
import dev.owlery.core.EngineSettings;
import dev.owlery.core.command.CommandSettings;
import dev.owlery.core.journal.MemoryJournal;
import dev.owlery.core.lane.Lanes.LaneSettings;
import dev.owlery.core.outbox.OutboxSettings;
import dev.owlery.core.permission.PermissionSettings;
import dev.owlery.core.permission.RolePermissions;
import dev.owlery.core.plugin.PluginHostSettings;
import dev.owlery.core.procedure.ProcedureSettings;
import dev.owlery.core.schedule.SystemTimers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A bot with one real adapter, real time and the {@link ContractPlugin}.
 *
 * @param engine the running bot
 * @param adapter its only account's
 * @param account its name
 */
record ContractBot(Engine engine, Adapter adapter, AccountId account) {

  private static final Duration READY = Duration.ofSeconds(20);

  static ContractBot start(AccountId account, AdapterProvider provider, Record settings) {
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
                ProcedureSettings.standard()),
            new PluginHostSettings(
                Path.of("no-plugins.d"),
                Map.of("contract", ContractPlugin.class.getName()),
                new RecordSettings(Map.of())),
            new RolePermissions(PermissionSettings.withoutBlock(List.of())),
            new MemoryJournal(timers.clock()),
            timers);
    Adapter adapter = provider.create(settings, engine.context(account));
    engine.add(account, adapter);
    engine.start(List.of("contract"));
    try {
      engine.ready().toCompletableFuture().get(READY.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", stopped);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(
          "the account does not come online: " + engine.administration().accounts(), e);
    }
    return new ContractBot(engine, adapter, account);
  }

  Phase phase() {
    return Optional.ofNullable(engine.administration().accounts().get(account))
        .map(AccountState::phase)
        .orElseThrow();
  }
}
