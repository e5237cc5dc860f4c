package dev.owlery.core.outbox;

import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.content.Tone;
import dev.owlery.core.journal.Journal.OutboxEntry;
import dev.owlery.core.schedule.Timers;
import dev.owlery.spi.EngineThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One account's part of the outbox: decides which letter leaves next. Its lock is held for moments
 * only; the journal, the adapter and the listeners are called without it, by one thread at a time
 * ({@link #work}), so that letters leave in the order that was decided under the lock.
 */
final class AccountQueue {

  /** Idle lines are kept up to this number: most rooms speak again. */
  private static final int IDLE_CONVERSATIONS_KEPT = 256;

  private final AccountId account;
  private final OutboxJournal journal;
  private final Timers timers;
  private final OutboxSettings settings;
  private final OutcomeHandler outcomes;
  private final Dispatcher dispatcher;
  private final ExpirySweep expirySweep;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, ConversationQueue> conversations = new HashMap<>();
  private final DispatchPlan plan = new DispatchPlan();
  private final OutboxQuota quota;
  private volatile @Nullable Adapter adapter;
  private boolean online;
  private boolean working;
  private boolean closed;
  private int connection;
  private int waiting;
  private int unsettled;
  private Optional<CompletableFuture<Void>> quiet = Optional.empty();
  private volatile boolean open;

  AccountQueue(AccountId account, OutboxJournal ledger, Timers timers) {
    this.account = account;
    this.journal = ledger;
    this.timers = timers;
    this.settings = ledger.settings;
    this.quota = new OutboxQuota(settings.limitPerAccount());
    this.outcomes = new OutcomeHandler(this, ledger);
    this.dispatcher = new Dispatcher(outcomes);
    this.expirySweep = new ExpirySweep(timers, settings.maxAge(), this::expirySweep);
  }

  boolean isOpen() {
    Adapter itsAdapter = adapter;
    return open && itsAdapter != null && itsAdapter.demand() > 0;
  }

  void awaitCapacity(Priority priority, BooleanSupplier giveUp) {
    quota.awaitCapacity(priority, giveUp);
  }

  void attach(Adapter itsAdapter) {
    itsAdapter.onDemand(() -> change(this::choose));
    change(() -> adapter = itsAdapter);
  }

  void online() {
    change(() -> {
      online = true;
      for (ConversationQueue line : List.copyOf(conversations.values())) {
        line.endPause();
        endTrouble(line);
        fillPlan(line);
      }
    });
  }

  void offline() {
    change(() -> {
      online = false;
      connection++;
    });
  }

  /** Takes what an earlier process left. */
  void restore(OutboxEntry entry) {
    change(() -> {
      boolean isAutomatic =
          entry.outgoing().action() instanceof Say say && say.tone() == Tone.AUTOMATIC;
      Priority priority = isAutomatic ? Priority.AUTOMATIC : Priority.NORMAL;
      QueuedAction letter = new QueuedAction(entry, conversation(entry), priority, receipt -> {});
      letter.doubtful = entry.inFlight();
      started(letter.conversation);
      add(letter);
    });
  }

  void enqueue(OutboxEntry entry, Priority priority, Consumer<Receipt> receipt) {
    QueuedAction letter;
    boolean fits;
    lock.lock();
    try {
      if (closed) {
        return; // the journal has it, for the next start
      }
      ConversationQueue before = conversations.get(room(entry));
      fits = quota.hasCapacity(priority, unsettled, before == null ? 0 : before.unsettled);
      ConversationQueue line = fits ? conversation(entry) : new ConversationQueue(room(entry));
      letter = new QueuedAction(entry, line, priority, receipt);
      if (fits) {
        started(line);
        accept(letter);
      }
      changed();
    } finally {
      lock.unlock();
    }
    if (!fits) {
      refuse(letter);
    }
    work();
  }

  private void refuse(QueuedAction letter) {
    String reason = "outbox full: of " + settings.limitPerAccount() + " actions unsettled";
    if (letter.priority == Priority.AUTOMATIC) {
      journal.drop(letter, reason);
    } else {
      journal.deadLetter(letter, reason);
    }
  }

  private void accept(QueuedAction letter) {
    boolean goes = online || letter.goesOffline();
    boolean isFirst = letter.inFlight && letter.conversation.isClear();
    if (goes && isFirst && plan.isFree(adapter)) {
      letter.conversation.inFlight++;
      plan.dispatch(letter);
    } else {
      add(letter);
      fillPlan(letter.conversation);
    }
  }

  private void started(ConversationQueue line) {
    unsettled++;
    line.unsettled++;
  }

  private void ended(ConversationQueue line) {
    unsettled--;
    line.unsettled--;
    if (conversations.size() > IDLE_CONVERSATIONS_KEPT && line.unsettled == 0 && line.isIdle()) {
      conversations.remove(line.conversation);
    }
  }

  private void add(QueuedAction letter) {
    letter.conversation.add(letter);
    waiting++;
  }

  private ConversationQueue conversation(OutboxEntry entry) {
    return conversations.computeIfAbsent(room(entry), ConversationQueue::new);
  }

  private static String room(OutboxEntry entry) {
    return entry.outgoing().action().where().room();
  }

  /** Decides what leaves a line next. */
  private void fillPlan(ConversationQueue line) {
    if (closed || adapter == null || line.isEmpty()) {
      return;
    }
    List<QueuedAction> doubtful = line.takeDoubtful(online);
    if (!doubtful.isEmpty()) {
      doubtful.forEach(each -> each.connection = connection);
      plan.lookUp(doubtful);
      return;
    }
    if (line.isReady(online)) {
      plan.schedule(line);
      choose();
    }
  }

  /** Decides which conversations send next, as many letters as the adapter asks for. */
  private void choose() {
    List<QueuedAction> stale = plan.choose(adapter, online, timers.clock().instant());
    if (!stale.isEmpty()) {
      waiting -= stale.size();
      stale.forEach(letter -> ended(letter.conversation));
      changed();
    }
  }

  /** Does what was decided, in order, unless another thread is at it. */
  private void work() {
    Adapter to;
    boolean mine = false;
    boolean gave = false;
    while (true) {
      DispatchPlan.Step step;
      lock.lock();
      try {
        if (working && !mine) {
          return;
        }
        if (gave) {
          plan.dispatched();
          choose();
        }
        step = adapter == null ? null : plan.next();
        mine = step != null;
        working = mine;
        to = adapter;
        gave = step instanceof DispatchPlan.Step.Dispatch(QueuedAction letter) && !letter.doubtful;
      } finally {
        lock.unlock();
      }
      if (step == null || to == null) {
        return;
      }
      execute(step, to);
    }
  }

  private void execute(DispatchPlan.Step step, Adapter to) {
    switch (step) {
      case DispatchPlan.Step.Dispatch(QueuedAction letter) -> dispatcher.dispatch(to, letter);
      case DispatchPlan.Step.NoteInFlight(List<QueuedAction> letters) -> markInFlight(letters);
      case DispatchPlan.Step.Drop(QueuedAction letter) ->
          journal.drop(letter, "it waited too long");
    }
  }

  private void markInFlight(List<QueuedAction> bundle) {
    List<Long> numbers =
        bundle.stream().filter(letter -> !letter.inFlight).map(QueuedAction::number).toList();
    if (numbers.isEmpty()) {
      markedInFlight(bundle, null);
      return;
    }
    journal.markInFlight(numbers).whenComplete((done, failure) -> markedInFlight(bundle, failure));
  }

  private void markedInFlight(List<QueuedAction> bundle, @Nullable Throwable failure) {
    ConversationQueue line = bundle.getFirst().conversation;
    Instant now = timers.clock().instant();
    change(() -> {
      line.marking = false;
      plan.markedInFlight(bundle);
      if (failure != null) {
        bundle.forEach(line::add);
        line.trouble(ResendBackoff.after(1));
        endTrouble(line);
        return;
      }
      boolean stuck = false;
      for (QueuedAction letter : bundle) {
        letter.inFlight = true;
        letter.outgoing = letter.outgoing.handed(now);
        stuck |= !(online || letter.goesOffline()); // the connection went meanwhile
        if (stuck) {
          line.add(letter);
        } else {
          line.inFlight++;
          waiting--;
          plan.dispatch(letter);
        }
      }
      fillPlan(line);
    });
  }

  /** A letter is settled or given up. */
  void settled(QueuedAction letter) {
    change(() -> {
      ConversationQueue line = letter.conversation;
      line.inFlight--;
      line.passed();
      endTrouble(line);
      fillPlan(line);
      ended(line);
    });
  }

  /** A letter comes back into its line, and nothing leaves that before a pause. */
  void requeue(QueuedAction letter, Duration pause) {
    change(() -> {
      letter.conversation.inFlight--;
      add(letter);
      letter.conversation.trouble(pause);
      endTrouble(letter.conversation);
    });
  }

  /** When all letters of a troubled line are back: makes a pause, then goes on. */
  private void endTrouble(ConversationQueue line) {
    if (!line.troubled || line.inFlight > 0 || line.isPausing() || !online) {
      return;
    }
    if (!line.pauseFor.isPositive()) {
      line.endTrouble();
      return;
    }
    int number = line.pauses;
    line.startPause(timers.schedule(line.pauseFor, () -> resume(line, number)));
  }

  private void resume(ConversationQueue line, int number) {
    change(() -> {
      if (line.pauses == number) {
        line.endPause();
        line.endTrouble();
        fillPlan(line);
      }
    });
  }

  /** Whether the connection during which a letter is looked up is not that any more. */
  boolean isInterrupted(QueuedAction letter) {
    return locked(() -> !online || letter.connection != connection);
  }

  /** A letter was looked up; it stays if it must be sent, or looked up once more. */
  void lookedUp(QueuedAction letter, boolean stays) {
    change(() -> {
      letter.conversation.lookingUp--;
      if (stays) {
        letter.conversation.add(letter);
      } else {
        waiting--;
        letter.conversation.passed();
      }
      fillPlan(letter.conversation);
      if (!stays) {
        ended(letter.conversation);
      }
    });
  }

  /** A letter could not be looked up: that is tried again after a pause. */
  void lookUpAgain(QueuedAction letter, Duration pause) {
    change(() -> {
      letter.conversation.lookingUp--;
      letter.conversation.add(letter);
      letter.conversation.trouble(pause);
      endTrouble(letter.conversation);
    });
  }

  /** When the oldest of the letters that must be looked up was handed over. */
  Optional<Instant> doubtfulSince() {
    return locked(() ->
        conversations.values().stream()
            .flatMap(line -> line.doubtfulSince().stream())
            .min(Comparator.naturalOrder()));
  }

  /** Gives up what has waited too long. */
  private void expirySweep() {
    List<QueuedAction> old = new ArrayList<>();
    change(() -> {
      Instant limit = expirySweep.begin();
      for (ConversationQueue line : List.copyOf(conversations.values())) {
        old.addAll(line.takeOlderThan(limit));
        fillPlan(line);
      }
      waiting -= old.size();
      old.forEach(each -> ended(each.conversation));
    });
    old.forEach(outcomes::expired);
  }

  QueueDepth depth() {
    return locked(() -> new QueueDepth(waiting, unsettled - waiting));
  }

  /** Completes when nothing is under way, and nothing waits that could leave. */
  CompletableFuture<Void> quiet() {
    CompletableFuture<Void> wanted = locked(() -> quiet.orElseGet(CompletableFuture::new));
    change(() -> quiet = Optional.of(wanted));
    return wanted;
  }

  boolean isQuiet() {
    return locked(this::isAtRest);
  }

  private boolean isAtRest() {
    return unsettled == waiting && (waiting == 0 || !online);
  }

  void close() {
    locked(() -> {
      closed = true;
      open = false;
      expirySweep.stop();
      conversations.values().forEach(ConversationQueue::endPause);
      plan.clear();
      return true;
    });
  }

  private void change(Runnable what) {
    boolean goOn =
        locked(() -> {
          if (closed) {
            return false;
          }
          what.run();
          changed();
          return true;
        });
    if (goOn) {
      work();
    }
  }

  private <T> T locked(Supplier<T> what) {
    lock.lock();
    try {
      return what.get();
    } finally {
      lock.unlock();
    }
  }

  /** Keeps what follows from the state in step with it. */
  private void changed() {
    open = online && waiting == 0 && adapter != null;
    quota.unsettled(unsettled);
    if (waiting > 0) {
      expirySweep.schedule();
    }
    if (quiet.isPresent() && isAtRest()) {
      quiet.get().completeAsync(() -> null, task -> EngineThreads.start("quiet", task));
      quiet = Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "outbox of " + account;
  }
}
