package dev.owlery.core;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.event.CommandCalled;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.plugin.Administration;
import dev.owlery.core.account.Accounts;
import dev.owlery.core.http.HttpRoutes;
import dev.owlery.core.inbox.Inbox;
import dev.owlery.core.journal.EventAttempts;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.Journal.DeadEntry;
import dev.owlery.core.journal.Journal.OutboxEntry;
import dev.owlery.core.lane.Incidents;
import dev.owlery.core.outbox.Outbox;
import dev.owlery.core.outbox.OutboxCounts;
import dev.owlery.core.plugin.PluginHost;
import dev.owlery.core.work.UnitOfWork;
import dev.owlery.spi.EngineThreads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The administrator's view, over the stations of the ring. */
final class EngineAdministration implements Administration {

  private static final int DEAD_LISTED = 100;
  private static final int SUMMARY = 80;

  private final Clock clock;
  private final Instant started;
  private final Accounts accounts;
  private final Inbox inbox;
  private final Outbox outbox;
  private final Journal journal;
  private final Incidents incidents;
  private final HttpRoutes routes;
  private final Supplier<PluginHost> host;

  EngineAdministration(
      Clock clock,
      Accounts accounts,
      Inbox inbox,
      Outbox outbox,
      Journal journal,
      Incidents incidents,
      HttpRoutes routes,
      Supplier<PluginHost> host) {
    this.clock = clock;
    this.started = clock.instant();
    this.accounts = accounts;
    this.inbox = inbox;
    this.outbox = outbox;
    this.journal = journal;
    this.incidents = incidents;
    this.routes = routes;
    this.host = host;
  }

  @Override
  public Map<AccountId, AccountState> accounts() {
    return accounts.states();
  }

  @Override
  public List<PluginState> plugins() {
    return host.get().plugins();
  }

  @Override
  public List<NotLoaded> notLoaded() {
    return host.get().notLoaded();
  }

  @Override
  public PluginState load(String name) {
    return host.get().load(name);
  }

  @Override
  public void unload(String id) {
    host.get().unload(id);
  }

  @Override
  public PluginState reload(String id) {
    return host.get().reload(id);
  }

  @Override
  public List<DeadLetter> deadLetters() {
    return journal.dead(DEAD_LISTED).stream().map(EngineAdministration::letter).toList();
  }

  @Override
  public void retry(long number) {
    OutboxEntry revived =
        await(journal.retry(number))
            .orElseThrow(() -> new IllegalArgumentException("there is no dead letter " + number));
    outbox.enqueue(List.of(revived));
  }

  @Override
  public void drop(long number) {
    if (!await(journal.forget(number))) {
      throw new IllegalArgumentException("there is no dead letter " + number);
    }
  }

  @Override
  public List<DeadEvent> deadEvents() {
    return journal.attempts().dead(DEAD_LISTED).stream().map(EngineAdministration::event).toList();
  }

  @Override
  public Optional<DeadEvent> deadEvent(long number) {
    return journal.attempts().find(number).map(EngineAdministration::event);
  }

  /** Not before the command that asks for it is done, which would else be the next to be lost. */
  @Override
  public void retryEvent(long number) {
    if (journal.attempts().find(number).isEmpty()) {
      throw noDeadEvent(number);
    }
    Runnable retry = () -> EngineThreads.start("retry", () -> await(inbox.retry(number)));
    if (UnitOfWork.CURRENT.isBound()) {
      UnitOfWork.CURRENT.get().then(retry, () -> {});
    } else {
      retry.run();
    }
  }

  @Override
  public void dropEvent(long number) {
    if (!await(journal.attempts().forget(number))) {
      throw noDeadEvent(number);
    }
  }

  private static IllegalArgumentException noDeadEvent(long number) {
    return new IllegalArgumentException("no event " + number + " was put aside");
  }

  private static DeadEvent event(EventAttempts.SetAsideEvent dead) {
    String kind = dead.event().getClass().getSimpleName();
    String text =
        switch (dead.event()) {
          case MessagePosted message ->
              kind + " by " + message.sender().handle() + ": " + message.content().plain();
          case CommandCalled called ->
              kind + " by " + called.caller().handle() + ": " + called.line();
          default -> dead.event().toString();
        };
    return new DeadEvent(
        dead.number(),
        dead.event().where().address(),
        text,
        dead.attempts(),
        dead.handler(),
        dead.since());
  }

  @Override
  public Health health() {
    OutboxCounts counts = outbox.counts();
    return new Health(
        Duration.between(started, clock.instant()),
        inbox.events(),
        inbox.duplicates(),
        counts.waiting() + counts.underway(),
        counts.resent(),
        counts.dead(),
        incidents.count());
  }

  @Override
  public List<String> http() {
    return routes.describe();
  }

  private static DeadLetter letter(DeadEntry dead) {
    Action action = dead.entry().outgoing().action();
    String summary = action instanceof Say say ? say.content().plain() : action.toString();
    String line = summary.replace('\n', ' ');
    return new DeadLetter(
        dead.entry().number(),
        action.where().address(),
        line.length() <= SUMMARY
            ? line
            : line.codePoints()
                .limit(SUMMARY - 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .append('…')
                .toString(),
        dead.reason(),
        dead.entry().outgoing().madeAt());
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
