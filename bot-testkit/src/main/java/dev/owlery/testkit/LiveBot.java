package dev.owlery.testkit;

import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterProvider;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.core.Engine;
import dev.owlery.core.EngineSettings;
import dev.owlery.core.command.CommandSettings;
import dev.owlery.core.file.TransferSettings;
import dev.owlery.core.http.HttpListener;
import dev.owlery.core.journal.Durability;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.MemoryJournal;
import dev.owlery.core.journal.SqliteJournal;
import dev.owlery.core.lane.Lanes.LaneSettings;
import dev.owlery.core.outbox.OutboxSettings;
import dev.owlery.core.permission.PermissionSettings;
import dev.owlery.core.permission.RolePermissions;
import dev.owlery.core.plugin.PluginHostSettings;
import dev.owlery.core.procedure.ProcedureSettings;
import dev.owlery.core.schedule.SystemTimers;
import dev.owlery.core.topic.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A bot with one real adapter and real time, for tests with a real server. Every method may be
 * called from any thread.
 *
 * @param engine the running bot
 * @param adapter its only account's
 * @param account its name
 */
public record LiveBot(Engine engine, Adapter adapter, AccountId account) implements AutoCloseable {

  private static final Duration READY = Duration.ofSeconds(20);

  /**
   * What a bot is started with.
   *
   * @param plugins classes by name
   * @param permissions who may do what
   * @param procedures who may call what
   * @param data where it remembers things over restarts; empty to forget everything
   * @param commandsPerMinute how many commands one person may call; 0 for no limit
   */
  public record BotParts(
      Map<String, Class<? extends Plugin>> plugins,
      PermissionSettings permissions,
      ProcedureSettings procedures,
      Optional<Path> data,
      int commandsPerMinute) {

    /**
     * Without a limit of commands.
     *
     * @param plugins classes by name
     * @param permissions who may do what
     * @param procedures who may call what
     * @param data where it remembers things over restarts; empty to forget everything
     */
    public BotParts(
        Map<String, Class<? extends Plugin>> plugins,
        PermissionSettings permissions,
        ProcedureSettings procedures,
        Optional<Path> data) {
      this(plugins, permissions, procedures, data, 0);
    }

    /**
     * One plugin, and the permissions of a bot without a block for them.
     *
     * @param plugin the plugin
     * @return the equipment
     */
    public static BotParts of(Class<? extends Plugin> plugin) {
      return new BotParts(
          Map.of("plugin", plugin),
          PermissionSettings.withoutBlock(List.of()),
          ProcedureSettings.standard(),
          Optional.empty());
    }

    /**
     * The same with a memory.
     *
     * @param directory where
     * @return the equipment
     */
    public BotParts remembering(Path directory) {
      return new BotParts(
          plugins, permissions, procedures, Optional.of(directory), commandsPerMinute);
    }

    /**
     * The same with permissions.
     *
     * @param rules who may do what
     * @return the equipment
     */
    public BotParts permitting(PermissionSettings rules) {
      return new BotParts(plugins, rules, procedures, data, commandsPerMinute);
    }
  }

  /**
   * Starts a bot and waits until it is online.
   *
   * @param account what to call its account
   * @param provider makes its adapter
   * @param settings for the provider
   * @param equipment the rest
   * @return the running bot
   * @throws AssertionError if it does not come online within 20 seconds
   */
  public static LiveBot start(
      AccountId account, AdapterProvider provider, Record settings, BotParts equipment) {
    return start(account, provider, settings, equipment, Optional.empty());
  }

  /**
   * Starts a bot that may be reached by HTTP, and waits until it is online.
   *
   * @param account what to call its account
   * @param provider makes its adapter
   * @param settings for the provider
   * @param equipment the rest
   * @param http the port for its routes, if it has one; closed with the bot
   * @return the running bot
   * @throws AssertionError if it does not come online within 20 seconds
   */
  public static LiveBot start(
      AccountId account,
      AdapterProvider provider,
      Record settings,
      BotParts equipment,
      Optional<HttpListener> http) {
    SystemTimers timers = new SystemTimers();
    Map<String, String> classes = new LinkedHashMap<>();
    equipment.plugins().forEach((name, type) -> classes.put(name, type.getName()));
    Engine engine =
        new Engine(
            new EngineSettings(
                "owl",
                "test",
                List.of(),
                equipment.commandsPerMinute(),
                0,
                new CommandSettings("!", Duration.ofMinutes(1), 0, Duration.ofMinutes(10)),
                new LaneSettings(Duration.ofSeconds(10), 10_000),
                new OutboxSettings(10_000, 8, Duration.ofHours(1), true),
                equipment.procedures(),
                TopicSettings.standard(),
                TransferSettings.standard(
                    equipment.data().orElseGet(LiveBot::nowhere).resolve("spool"))),
            new PluginHostSettings(Path.of("no-plugins.d"), classes, new RecordSettings(Map.of())),
            new RolePermissions(equipment.permissions()),
            equipment
                .data()
                .<Journal>map(data -> SqliteJournal.open(data, Durability.CRASH, timers.clock()))
                .orElseGet(() -> new MemoryJournal(timers.clock())),
            timers);
    http.ifPresent(engine::listen);
    Adapter adapter = provider.create(settings, engine.context(account));
    engine.add(account, adapter);
    ScenarioParts.startWithAll(engine, List.copyOf(classes.keySet()));
    LiveBot bot = new LiveBot(engine, adapter, account);
    try {
      engine.ready().toCompletableFuture().get(READY.toSeconds(), TimeUnit.SECONDS);
      return bot;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw bot.failed("interrupted", stopped);
    } catch (ExecutionException | TimeoutException e) {
      throw bot.failed("the account does not come online", e);
    }
  }

  /** A directory that is not there unless a file is sent. */
  private static Path nowhere() {
    return Path.of(System.getProperty("java.io.tmpdir"), "owlery-" + UUID.randomUUID());
  }

  private AssertionError failed(String why, Exception cause) {
    String states = engine.administration().accounts().toString();
    engine.stop();
    return new AssertionError(why + ": " + states, cause);
  }

  /**
   * Where the account stands.
   *
   * @return its phase
   */
  public Phase phase() {
    return Optional.ofNullable(engine.administration().accounts().get(account))
        .map(AccountState::phase)
        .orElseThrow();
  }

  /** Stops the bot. */
  @Override
  public void close() {
    engine.stop();
  }
}
