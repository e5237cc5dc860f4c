package dev.owlery.launcher;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.owlery.core.Engine;
import dev.owlery.core.EngineSettings;
import dev.owlery.core.command.CommandSettings;
import dev.owlery.core.journal.Durability;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.MemoryJournal;
import dev.owlery.core.journal.SqliteJournal;
import dev.owlery.core.lane.Lanes.LaneSettings;
import dev.owlery.core.outbox.OutboxSettings;
import dev.owlery.core.permission.Permissions;
import dev.owlery.core.permission.RolePermissions;
import dev.owlery.core.plugin.PluginHostSettings;
import dev.owlery.core.schedule.SystemTimers;
import dev.owlery.core.schedule.Timers;
import dev.owlery.launcher.config.BotSettings;
import dev.owlery.launcher.config.Configuration;
import dev.owlery.launcher.config.LimitSettings;
import dev.owlery.launcher.config.LimitSettings.OutboxLimits;
import dev.owlery.launcher.config.LimitSettings.OutboxLimits.Doubt;
import dev.owlery.launcher.control.LocalAccount;
import dev.owlery.launcher.control.LocalPermissions;
import dev.owlery.web.WebListener;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The composition root: which object is made of which. Everything is bound explicitly, so that what
 * is not written here does not exist.
 */
final class BotModule implements Module {

  private final Configuration configuration;

  BotModule(Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public void configure(Binder binder) {
    binder.requireExplicitBindings();
    binder.disableCircularProxies();
    binder.bind(Configuration.class).toInstance(configuration);
  }

  @Provides
  @Singleton
  static Timers timers() {
    return new SystemTimers();
  }

  @Provides
  @Singleton
  static Journal journal(Configuration configuration, Timers timers) {
    BotSettings bot = configuration.bot();
    return switch (bot.durability()) {
      case OFF -> new MemoryJournal(timers.clock());
      case CRASH, POWER -> SqliteJournal.open(bot.dataDir(), bot.durability(), timers.clock());
    };
  }

  @Provides
  @Singleton
  static Permissions permissions(Configuration configuration) {
    return new LocalPermissions(new RolePermissions(configuration.permissions()));
  }

  @Provides
  static PluginHostSettings pluginHost(Configuration configuration) {
    return new PluginHostSettings(
        configuration.bot().pluginsDir(),
        configuration.bundled(),
        configuration.bot().pluginHashes(),
        configuration.pluginSettings());
  }

  @Provides
  static EngineSettings engineSettings(Configuration configuration) {
    BotSettings bot = configuration.bot();
    LimitSettings limits = configuration.limits();
    OutboxLimits outbox = limits.outbox();
    return new EngineSettings(
        bot.name(),
        Version.number(),
        bot.alerts(),
        limits.commandsPerMinute(),
        limits.failures(),
        new CommandSettings(
            bot.prefix(), limits.askTimeout(), limits.linesPerReply(), limits.oldestCommand()),
        new LaneSettings(limits.patience(), limits.waitingEvents()),
        new OutboxSettings(
            outbox.perAccount(), outbox.attempts(), outbox.age(), outbox.doubtful() == Doubt.SEND),
        configuration.procedures(),
        configuration.topics(),
        configuration.files().settings(spool(bot)));
  }

  /** What forgets everything shares its copies with nobody, not with the bot that runs besides. */
  private static Path spool(BotSettings bot) {
    return bot.durability() == Durability.OFF
        ? Path.of(System.getProperty("java.io.tmpdir"), "owlery-spool-" + UUID.randomUUID())
        : bot.dataDir().resolve("spool");
  }

  @Provides
  @Singleton
  static Engine engine(
      Configuration configuration,
      EngineSettings settings,
      PluginHostSettings plugins,
      Permissions permissions,
      Journal journal,
      Timers timers) {
    Engine engine = new Engine(settings, plugins, permissions, journal, timers);
    configuration.http().ifPresent(http -> engine.listen(new WebListener(http)));
    for (Configuration.AccountConfiguration account : configuration.accounts()) {
      engine.add(
          account.id(),
          account.provider().create(account.settings(), engine.context(account.id())));
    }
    return engine;
  }

  @Provides
  @Singleton
  static LocalAccount local(Engine engine) {
    LocalAccount local = new LocalAccount(engine.context(LocalAccount.ID));
    engine.addInternal(LocalAccount.ID, local);
    return local;
  }
}
