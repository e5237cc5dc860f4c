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
final class Desk {

  /** Idle lines are kept up to this number: most rooms speak again. */
  private static final int LINES_KEPT = 256;

  private final AccountId account;
  private final Ledger ledger;
  private final Timers timers;
  private final OutboxSettings settings;
  private final Returns returns;
  private final Courier courier;
  private final Sweep sweep;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Line> lines = new HashMap<>();
  private final Departures departures = new Departures();
  private final Shares shares;
  private volatile @Nullable Adapter adapter;
  private boolean online;
  private boolean working;
  private boolean closed;
  private int connection;
  private int waiting;
  private int unsettled;
  private Optional<CompletableFuture<Void>> quiet = Optional.empty();
  private volatile boolean open;

  Desk(AccountId account, Ledger ledger, Timers timers) {
    this.account = account;
    this.ledger = ledger;
    this.timers = timers;
    this.settings = ledger.settings;
    this.shares = new Shares(settings.limitPerAccount());
    this.returns = new Returns(this, ledger);
    this.courier = new Courier(returns);
    this.sweep = new Sweep(timers, settings.maxAge(), this::sweep);
  }

  boolean isOpen() {
    Adapter itsAdapter = adapter;
    return open && itsAdapter != null && itsAdapter.demand() > 0;
  }

  void awaitRoom(Priority priority, BooleanSupplier giveUp) {
    shares.await(priority, giveUp);
  }

  void attach(Adapter itsAdapter) {
    itsAdapter.onDemand(() -> change(this::choose));
    change(() -> adapter = itsAdapter);
  }

  void online() {
    change(() -> {
      online = true;
      for (Line line : List.copyOf(lines.values())) {
        line.endPause();
        calm(line);
        pump(line);
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
      Letter letter = new Letter(entry, line(entry), priority, receipt -> {});
      letter.doubtful = entry.handed();
      begun(letter.line);
      put(letter);
    });
  }

  void depart(OutboxEntry entry, Priority priority, Consumer<Receipt> receipt) {
    Letter letter;
    boolean fits;
    lock.lock();
    try {
      if (closed) {
        return; // the journal has it, for the next start
      }
      Line before = lines.get(room(entry));
      fits = shares.hasRoom(priority, unsettled, before == null ? 0 : before.unsettled);
      Line line = fits ? line(entry) : new Line(room(entry));
      letter = new Letter(entry, line, priority, receipt);
      if (fits) {
        begun(line);
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

  private void refuse(Letter letter) {
    String reason = "outbox full: of " + settings.limitPerAccount() + " actions unsettled";
    if (letter.priority == Priority.AUTOMATIC) {
      ledger.drop(letter, reason);
    } else {
      ledger.bury(letter, reason);
    }
  }

  private void accept(Letter letter) {
    boolean goes = online || letter.goesOffline();
    boolean isFirst = letter.handed && letter.line.isClear();
    if (goes && isFirst && departures.isFree(adapter)) {
      letter.line.out++;
      departures.leave(letter);
    } else {
      put(letter);
      pump(letter.line);
    }
  }

  private void begun(Line line) {
    unsettled++;
    line.unsettled++;
  }

  private void ended(Line line) {
    unsettled--;
    line.unsettled--;
    if (lines.size() > LINES_KEPT && line.unsettled == 0 && line.isIdle()) {
      lines.remove(line.room);
    }
  }

  private void put(Letter letter) {
    letter.line.add(letter);
    waiting++;
  }

  private Line line(OutboxEntry entry) {
    return lines.computeIfAbsent(room(entry), Line::new);
  }

  private static String room(OutboxEntry entry) {
    return entry.outgoing().action().where().room();
  }

  /** Decides what leaves a line next. */
  private void pump(Line line) {
    if (closed || adapter == null || line.isEmpty()) {
      return;
    }
    List<Letter> doubtful = line.takeDoubtful(online);
    if (!doubtful.isEmpty()) {
      doubtful.forEach(each -> each.connection = connection);
      departures.lookUp(doubtful);
      return;
    }
    if (line.isReady(online)) {
      departures.want(line);
      choose();
    }
  }

  /** Decides which conversations send next, as many letters as the adapter asks for. */
  private void choose() {
    List<Letter> stale = departures.choose(adapter, online, timers.clock().instant());
    if (!stale.isEmpty()) {
      waiting -= stale.size();
      stale.forEach(letter -> ended(letter.line));
      changed();
    }
  }

  /** Does what was decided, in order, unless another thread is at it. */
  private void work() {
    Adapter to;
    boolean mine = false;
    boolean gave = false;
    while (true) {
      Departures.Step step;
      lock.lock();
      try {
        if (working && !mine) {
          return;
        }
        if (gave) {
          departures.given();
          choose();
        }
        step = adapter == null ? null : departures.next();
        mine = step != null;
        working = mine;
        to = adapter;
        gave = step instanceof Departures.Step.Carry(Letter letter) && !letter.doubtful;
      } finally {
        lock.unlock();
      }
      if (step == null || to == null) {
        return;
      }
      take(step, to);
    }
  }

  private void take(Departures.Step step, Adapter to) {
    switch (step) {
      case Departures.Step.Carry(Letter letter) -> courier.carry(to, letter);
      case Departures.Step.Note(List<Letter> letters) -> note(letters);
      case Departures.Step.Drop(Letter letter) -> ledger.drop(letter, "it waited too long");
    }
  }

  private void note(List<Letter> bundle) {
    List<Long> numbers =
        bundle.stream().filter(letter -> !letter.handed).map(Letter::number).toList();
    if (numbers.isEmpty()) {
      noted(bundle, null);
      return;
    }
    ledger.handOver(numbers).whenComplete((done, failure) -> noted(bundle, failure));
  }

  private void noted(List<Letter> bundle, @Nullable Throwable failure) {
    Line line = bundle.getFirst().line;
    Instant now = timers.clock().instant();
    change(() -> {
      line.noting = false;
      departures.noted(bundle);
      if (failure != null) {
        bundle.forEach(line::add);
        line.trouble(Backoff.after(1));
        calm(line);
        return;
      }
      boolean stuck = false;
      for (Letter letter : bundle) {
        letter.handed = true;
        letter.outgoing = letter.outgoing.handed(now);
        stuck |= !(online || letter.goesOffline()); // the connection went meanwhile
        if (stuck) {
          line.add(letter);
        } else {
          line.out++;
          waiting--;
          departures.leave(letter);
        }
      }
      pump(line);
    });
  }

  /** A letter is settled or given up. */
  void gone(Letter letter) {
    change(() -> {
      Line line = letter.line;
      line.out--;
      line.passed();
      calm(line);
      pump(line);
      ended(line);
    });
  }

  /** A letter comes back into its line, and nothing leaves that before a pause. */
  void back(Letter letter, Duration pause) {
    change(() -> {
      letter.line.out--;
      put(letter);
      letter.line.trouble(pause);
      calm(letter.line);
    });
  }

  /** When all letters of a troubled line are back: makes a pause, then goes on. */
  private void calm(Line line) {
    if (!line.troubled || line.out > 0 || line.isPausing() || !online) {
      return;
    }
    if (!line.pauseFor.isPositive()) {
      line.endTrouble();
      return;
    }
    int number = line.pauses;
    line.startPause(timers.schedule(line.pauseFor, () -> goOn(line, number)));
  }

  private void goOn(Line line, int number) {
    change(() -> {
      if (line.pauses == number) {
        line.endPause();
        line.endTrouble();
        pump(line);
      }
    });
  }

  /** Whether the connection during which a letter is looked up is not that any more. */
  boolean isInterrupted(Letter letter) {
    return locked(() -> !online || letter.connection != connection);
  }

  /** A letter was looked up; it stays if it must be sent, or looked up once more. */
  void foundOut(Letter letter, boolean stays) {
    change(() -> {
      letter.line.lookingUp--;
      if (stays) {
        letter.line.add(letter);
      } else {
        waiting--;
        letter.line.passed();
      }
      pump(letter.line);
      if (!stays) {
        ended(letter.line);
      }
    });
  }

  /** A letter could not be looked up: that is tried again after a pause. */
  void askAgain(Letter letter, Duration pause) {
    change(() -> {
      letter.line.lookingUp--;
      letter.line.add(letter);
      letter.line.trouble(pause);
      calm(letter.line);
    });
  }

  /** When the oldest of the letters that must be looked up was handed over. */
  Optional<Instant> doubtfulSince() {
    return locked(() ->
        lines.values().stream()
            .flatMap(line -> line.doubtfulSince().stream())
            .min(Comparator.naturalOrder()));
  }

  /** Gives up what has waited too long. */
  private void sweep() {
    List<Letter> old = new ArrayList<>();
    change(() -> {
      Instant limit = sweep.begin();
      for (Line line : List.copyOf(lines.values())) {
        old.addAll(line.takeOlderThan(limit));
        pump(line);
      }
      waiting -= old.size();
      old.forEach(each -> ended(each.line));
    });
    old.forEach(returns::expired);
  }

  Standing standing() {
    return locked(() -> new Standing(waiting, unsettled - waiting));
  }

  /** Completes when nothing is under way, and nothing waits that could leave. */
  CompletableFuture<Void> quiet() {
    CompletableFuture<Void> wanted = locked(() -> quiet.orElseGet(CompletableFuture::new));
    change(() -> quiet = Optional.of(wanted));
    return wanted;
  }

  boolean isQuiet() {
    return locked(this::rests);
  }

  private boolean rests() {
    return unsettled == waiting && (waiting == 0 || !online);
  }

  void close() {
    locked(() -> {
      closed = true;
      open = false;
      sweep.stop();
      lines.values().forEach(Line::endPause);
      departures.clear();
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
    shares.unsettled(unsettled);
    if (waiting > 0) {
      sweep.want();
    }
    if (quiet.isPresent() && rests()) {
      quiet.get().completeAsync(() -> null, task -> EngineThreads.start("quiet", task));
      quiet = Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "outbox of " + account;
  }
}
