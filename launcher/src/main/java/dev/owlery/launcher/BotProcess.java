package dev.owlery.launcher;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.core.Engine;
import dev.owlery.core.journal.Durability;
import dev.owlery.core.journal.JournalException;
import dev.owlery.launcher.ExitCodes.StartFailure;
import dev.owlery.launcher.config.Configuration;
import dev.owlery.launcher.control.ControlSocket;
import dev.owlery.launcher.control.LocalAccount;
import dev.owlery.launcher.log.LogSetup;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import org.jline.utils.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bot from its start to its end. Runs on the main thread. */
final class BotProcess {

  private static final Logger log = LoggerFactory.getLogger(BotProcess.class);

  /** The engine's own deadlines add up to less; this is for when something hangs. */
  private static final Duration STOPPING = Duration.ofMillis(9_500);

  private final Configuration configuration;
  private final Runnable endAtOnce;
  private final CompletableFuture<Void> stopAsked = new CompletableFuture<>();

  BotProcess(Configuration configuration, Runnable endAtOnce) {
    this.configuration = configuration;
    this.endAtOnce = endAtOnce;
  }

  /** Makes the engine of a configuration; nothing of it runs yet. */
  static Engine engine(Configuration configuration) {
    return parts(configuration).getInstance(Engine.class);
  }

  private static Injector parts(Configuration configuration) {
    try {
      Injector injector = Guice.createInjector(Stage.DEVELOPMENT, new BotModule(configuration));
      var _ = injector.getInstance(Engine.class);
      return injector;
    } catch (ProvisionException e) {
      if (e.getCause() instanceof JournalException journal) {
        throw new StartFailure(ExitCodes.FAILED, String.valueOf(journal.getMessage()));
      }
      throw e;
    }
  }

  int run() {
    if (configuration.accounts().stream()
        .anyMatch(account -> account.provider().writesTerminal(account.settings()))) {
      LogSetup.besideConversation();
    }
    configuration
        .warnings()
        .forEach(warning -> log.warn("{} (`owlery check` shows it too)", warning));
    Injector parts = parts(configuration);
    Engine engine = parts.getInstance(Engine.class);
    LocalAccount local = parts.getInstance(LocalAccount.class);
    for (String signal : new String[] {"TERM", "INT", "HUP"}) {
      Signals.register(signal, () -> signalled(signal));
    }
    start(engine);
    Optional<ControlSocket> control = control(local);
    var _ = engine.ready().thenRunAsync(this::tellReady);
    awaitEnd(engine);
    boolean needsPerson =
        engine.administration().accounts().values().stream()
            .anyMatch(state -> state.phase() == Phase.FAILED);
    control.ifPresent(ControlSocket::close);
    boolean stopped = stop(engine);
    return stopped && (stopAsked.isDone() || !needsPerson) ? ExitCodes.FINE : ExitCodes.FAILED;
  }

  private void start(Engine engine) {
    try {
      engine.start(configuration.plugins());
    } catch (IllegalArgumentException e) {
      boolean _ = stop(engine);
      throw new StartFailure(ExitCodes.WRONG, String.valueOf(e.getMessage()));
    }
  }

  /**
   * A start may also fail later, when what was left from before has been taken up; and what is left
   * at the end of the input may be impossible to write down.
   */
  private void awaitEnd(Engine engine) {
    try {
      CompletableFuture.anyOf(engine.finished().toCompletableFuture(), stopAsked).join();
    } catch (CompletionException e) {
      String what =
          engine.ready().toCompletableFuture().state() == Future.State.SUCCESS
              ? "the bot ends before all is done"
              : "the bot could not be started";
      log.error(what, e.getCause());
      boolean _ = stop(engine);
      throw new StartFailure(ExitCodes.FAILED, what + ": " + e.getCause());
    }
  }

  /** The way in for the administrator on this machine; a bot that keeps nothing has none. */
  private Optional<ControlSocket> control(LocalAccount local) {
    if (configuration.bot().durability() == Durability.OFF) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ControlSocket.open(configuration.bot().dataDir(), Map.of("command", local)));
    } catch (IOException | UnsupportedOperationException e) {
      log.warn("there is no control socket, so `owlery admin` does not work: {}", e.toString());
      return Optional.empty();
    }
  }

  /** Asks it to stop; may be called from any thread, also before it runs. */
  void stop() {
    stopAsked.complete(null);
  }

  private void signalled(String signal) {
    if (!stopAsked.complete(null)) {
      endAtOnce.run();
    }
    log.info("SIG{}: stopping", signal);
  }

  private void tellReady() {
    long since = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    int accounts = configuration.accounts().size();
    log.info(
        "ready: {} {} online, {} ms after the start",
        accounts,
        accounts == 1 ? "account" : "accounts",
        since);
  }

  /** Stops the engine; false if it did not stop in time. */
  static boolean stop(Engine engine) {
    Thread stopping = Thread.ofPlatform().daemon().name("stop").start(engine::stop);
    try {
      if (stopping.join(STOPPING)) {
        log.info("stopped");
        return true;
      }
      log.error("did not stop in time; what is left is taken up by the next start");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
