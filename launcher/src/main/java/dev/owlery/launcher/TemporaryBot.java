package dev.owlery.launcher;

import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.chat.AccountId;
import dev.owlery.core.Engine;
import dev.owlery.core.journal.Durability;
import dev.owlery.core.log.LogText;
import dev.owlery.core.plugin.SettingsSource;
import dev.owlery.core.procedure.ProcedureSettings;
import dev.owlery.core.topic.TopicSettings;
import dev.owlery.launcher.config.BotSettings;
import dev.owlery.launcher.config.Configuration;
import dev.owlery.web.HttpSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A short stay online with some of the accounts: without the configured plugins, and without
 * touching what the bot itself has written down. Belongs to one thread.
 */
final class TemporaryBot implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration FIRST_PROGRESS = Duration.ofSeconds(3);
  private static final Duration NEXT_PROGRESS = Duration.ofSeconds(4);

  /** What ends the wait for an account. */
  enum Until {
    /** It works, or is given up by its adapter: what is away now may come back. */
    SETTLED,
    /** The same, or it was refused for what a person probably has to change. */
    LIKELY_PERMANENT
  }

  private final Engine engine;

  TemporaryBot(Configuration whole, Predicate<Configuration.AccountConfiguration> wanted) {
    this(whole, wanted, Optional.empty());
  }

  /** A stay with somebody who listens. */
  TemporaryBot(
      Configuration whole,
      Predicate<Configuration.AccountConfiguration> wanted,
      Optional<MessageListener.Hearing> ear) {
    engine = BotProcess.engine(reduced(whole, wanted, ear));
    List<IllegalArgumentException> leftOut =
        engine.start(ear.isPresent() ? List.of(MessageListener.class.getName()) : List.of());
    if (!leftOut.isEmpty()) {
      close();
      throw new IllegalStateException(leftOut.getFirst());
    }
  }

  /**
   * Finds out which plugins would not load, with an engine that is never started. Runs constructors
   * of plugins that are to be loaded; no {@code start()}.
   *
   * @return a text for each, with the name of its jar
   */
  static List<String> inspect(Configuration whole) {
    Engine still = BotProcess.engine(reduced(whole, account -> true, Optional.empty()));
    try {
      return still.plugins().inspect(whole.plugins());
    } finally {
      boolean _ = BotProcess.stop(still);
    }
  }

  private static Configuration reduced(
      Configuration whole,
      Predicate<Configuration.AccountConfiguration> wanted,
      Optional<MessageListener.Hearing> ear) {
    BotSettings bot = whole.bot();
    return new Configuration(
        new BotSettings(
            bot.name(),
            bot.prefix(),
            bot.dataDir(),
            Durability.OFF,
            bot.pluginsDir(),
            bot.pluginHashes(),
            List.of()),
        whole.accounts().stream().filter(wanted).map(ParallelLogin::of).toList(),
        List.of(),
        whole.bundled(),
        ear.<SettingsSource>map(hearing -> hearing).orElse(whole.pluginSettings()),
        whole.limits(),
        whole.permissions(),
        ProcedureSettings.standard(),
        TopicSettings.standard(),
        whole.http().map(TemporaryBot::besides),
        whole.files(),
        List.of());
  }

  /** Any port: the configured one may be that of the bot which is running. */
  private static HttpSettings besides(HttpSettings http) {
    return new HttpSettings(
        "127.0.0.1", 0, http.publicUrl(), http.trustedProxies(), http.maxConnections());
  }

  Engine engine() {
    return engine;
  }

  /**
   * How the accounts are when all are settled, or when time is up. From the third second on, and
   * then every four seconds, a line for each account says what it waits for.
   *
   * @param patience how long to wait at most
   * @param until what ends the wait
   * @param progress gets the lines
   */
  Map<AccountId, AccountState> settled(Duration patience, Until until, PrintWriter progress) {
    CompletableFuture<?> ready =
        CompletableFuture.anyOf(
            engine.ready().toCompletableFuture(), engine.finished().toCompletableFuture());
    long begin = System.nanoTime();
    long next = FIRST_PROGRESS.toNanos();
    while (true) {
      Map<AccountId, AccountState> states = engine.administration().accounts();
      long waited = System.nanoTime() - begin;
      if (waited >= patience.toNanos()
          || states.values().stream().allMatch(state -> isSettled(state, until))) {
        return states;
      }
      if (waited >= next) {
        next = waited + NEXT_PROGRESS.toNanos();
        String time =
            " (%d of %d s)".formatted(Duration.ofNanos(waited).toSeconds(), patience.toSeconds());
        states.forEach((account, state) -> {
          if (!isSettled(state, until)) {
            progress.println(LogText.encode(account.name() + ": " + waitsFor(state) + time));
          }
        });
        progress.flush();
      }
      pause(ready);
    }
  }

  private static String waitsFor(AccountState state) {
    if (state.phase() == Phase.ONLINE) {
      return "online, and waiting for the answer of "
          + state.rooms().entrySet().stream()
              .filter(room -> room.getValue().pending())
              .map(room -> room.getKey().address())
              .sorted()
              .collect(Collectors.joining(", "));
    }
    String before =
        state
            .trouble()
            .map(AccountState.Trouble::reason)
            .filter(reason -> !state.detail().contains(reason))
            .map(reason -> "; the attempt before: " + reason)
            .orElse("");
    return state.detail() + before;
  }

  private static boolean isSettled(AccountState state, Until until) {
    return switch (state.phase()) {
      case CONNECTING ->
          until == Until.LIKELY_PERMANENT
              && state.trouble().filter(AccountState.Trouble::likelyPermanent).isPresent();
      case ONLINE -> state.rooms().values().stream().noneMatch(AccountState.RoomState::pending);
      case FAILED, CLOSED -> true;
    };
  }

  /** Waits a moment, or until something has become known. */
  private static void pause(CompletableFuture<?> news) {
    try {
      CompletableFuture<?> next = news.isDone() ? new CompletableFuture<>() : news;
      next.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whether an account has become usable. */
  static boolean isOnline(AccountState state) {
    return state.phase() == Phase.ONLINE || state.phase() == Phase.CLOSED;
  }

  @Override
  public void close() {
    boolean _ = BotProcess.stop(engine);
  }
}
