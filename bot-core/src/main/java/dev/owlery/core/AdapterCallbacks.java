package dev.owlery.core;

import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.CommandForm;
import dev.owlery.api.command.CommandLookup;
import dev.owlery.api.event.AccountOffline;
import dev.owlery.api.event.AccountOnline;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.Origin;
import dev.owlery.api.procedure.ProcedureCall;
import dev.owlery.api.procedure.Value;
import dev.owlery.core.account.AccountPort;
import dev.owlery.core.account.Accounts;
import dev.owlery.core.command.CommandRouter;
import dev.owlery.core.file.TransferService;
import dev.owlery.core.inbox.Inbox;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.JournalException;
import dev.owlery.core.outbox.Outbox;
import dev.owlery.core.procedure.ProcedureServer;
import dev.owlery.core.schedule.Timers;
import dev.owlery.core.topic.TopicExchange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What accounts reach in the core: the inbox, and what follows from their states. */
final class AdapterCallbacks implements AccountPort.CoreServices {

  private static final Duration REST_CHECK = Duration.ofMillis(10);

  /** How long the last work is waited for that cannot be written down. */
  private static final Duration FAILING = Duration.ofSeconds(10);

  private final Accounts accounts;
  private final Inbox inbox;
  private final Outbox outbox;
  private final Journal journal;
  private final CommandRouter commands;
  private final ProcedureServer procedures;
  private final TopicExchange topics;
  private final TransferService transfers;
  private final Timers timers;
  private final AccountAlerts alerts;
  private final BooleanSupplier quiet;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> finished = new CompletableFuture<>();

  /** Since when nothing could be written down, once all accounts have ended. */
  private volatile Instant journalFailingSince = Instant.EPOCH;

  AdapterCallbacks(
      Accounts accounts,
      Inbox inbox,
      Outbox outbox,
      Journal journal,
      CommandRouter commands,
      ProcedureServer procedures,
      TopicExchange topics,
      TransferService transfers,
      Timers timers,
      AccountAlerts alerts,
      BooleanSupplier quiet) {
    this.accounts = accounts;
    this.inbox = inbox;
    this.outbox = outbox;
    this.journal = journal;
    this.commands = commands;
    this.procedures = procedures;
    this.topics = topics;
    this.transfers = transfers;
    this.timers = timers;
    this.alerts = alerts;
    this.quiet = quiet;
  }

  CompletionStage<Void> ready() {
    return ready;
  }

  CompletionStage<Void> finished() {
    return finished;
  }

  /** The accounts could not be started. */
  @Nullable Void failed(Throwable fault) {
    ready.completeExceptionally(fault);
    finished.completeExceptionally(fault);
    return null;
  }

  @Override
  public CompletionStage<Boolean> publish(ChatEvent event) {
    return inbox.publish(topics.localised(event));
  }

  @Override
  public void report(AccountId account, AccountState state) {
    AccountState last = accounts.note(account, state);
    Phase before = last.phase();
    Phase now = state.phase();
    alerts.changed(account, last, state);
    if (before == now) {
      return;
    }
    if (now == Phase.ONLINE) {
      outbox.online(account);
      transfers.online(account);
      inbox.publish(new AccountOnline(happened(), Conversation.ofAccount(account)));
    } else if (before == Phase.ONLINE) {
      if (now != Phase.CLOSED) {
        outbox.offline(account);
      }
      inbox.publish(
          new AccountOffline(happened(), Conversation.ofAccount(account), state.detail()));
    }
    if (accounts.all(List.of(Phase.ONLINE, Phase.CLOSED))) {
      ready.complete(null);
    }
    if (accounts.all(List.of(Phase.CLOSED, Phase.FAILED))) {
      journalFailingSince = timers.clock().instant();
      finishWhenQuiescent();
    }
  }

  @Override
  public Optional<Origin> lastSeen(Conversation where) {
    return journal.lastSeen(where);
  }

  @Override
  public Optional<Instant> inDoubtSince(AccountId account) {
    return outbox.doubtfulSince(account);
  }

  @Override
  public List<String> complete(Conversation where, Member who, String line) {
    return commands.suggestions(who, where, line);
  }

  @Override
  public CommandLookup command(Conversation where, Member who, String name) {
    return commands.lookUp(who, where, name);
  }

  @Override
  public List<CommandForm> commands(Conversation where, Member who) {
    return commands.forms(who, where);
  }

  @Override
  public CompletionStage<Value> serve(ProcedureCall call) {
    return procedures.serve(call);
  }

  @Override
  public boolean servesProcedures(AccountId account) {
    return procedures.serves(account);
  }

  private void finishWhenQuiescent() {
    Instant now = timers.clock().instant();
    if (!journal.isFailing()) {
      journalFailingSince = now;
    }
    if (quiet.getAsBoolean()) {
      finished.complete(null);
    } else if (journalFailingSince.plus(FAILING).isBefore(now)) {
      finished.completeExceptionally(
          new JournalException("what was left to do could not be written down"));
    } else {
      timers.schedule(REST_CHECK, this::finishWhenQuiescent);
    }
  }

  private Origin happened() {
    return Origin.live("state-" + UUID.randomUUID(), timers.clock().instant());
  }
}
