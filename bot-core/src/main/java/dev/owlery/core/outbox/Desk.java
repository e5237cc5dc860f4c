package dev.owlery.core.outbox;

import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.chat.AccountId;
import dev.owlery.core.journal.Journal.OutboxEntry;
import dev.owlery.core.schedule.Timers;
import dev.owlery.spi.EngineThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
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

  /** Those who would make more letters, where there are many. */
  final Crowd crowd = new Crowd();

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Line> lines = new HashMap<>();
  private final Queue<Letter> leaving = new ArrayDeque<>();
  private final Queue<List<Letter>> bundles = new ArrayDeque<>();
  private @Nullable Adapter adapter;
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
    this.returns = new Returns(this, ledger);
    this.courier = new Courier(returns);
    this.sweep = new Sweep(timers, settings.maxAge(), this::sweep);
  }

  boolean isOpen() {
    return open;
  }

  void attach(Adapter itsAdapter) {
    change(() -> adapter = itsAdapter);
  }

  void online() {
    change(() -> {
      online = true;
      for (Line line : lines.values()) {
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
      Letter letter = new Letter(entry, line(entry), receipt -> {});
      letter.doubtful = entry.handed();
      unsettled++;
      put(letter);
    });
  }

  void depart(OutboxEntry entry, Consumer<Receipt> receipt) {
    Letter letter;
    boolean full;
    lock.lock();
    try {
      if (closed) {
        return; // the journal has it, for the next start
      }
      full = unsettled >= settings.limitPerAccount();
      letter = new Letter(entry, full ? new Line() : line(entry), receipt);
      if (!full) {
        unsettled++;
        accept(letter);
      }
      changed();
    } finally {
      lock.unlock();
    }
    if (full) {
      ledger.bury(letter, "outbox full: " + settings.limitPerAccount() + " actions unsettled");
    }
    work();
  }

  private void accept(Letter letter) {
    boolean goes = adapter != null && (online || letter.goesOffline());
    if (goes && letter.handed && letter.line.isClear()) {
      letter.line.out++;
      leaving.add(letter);
    } else {
      put(letter);
      pump(letter.line);
    }
  }

  private void put(Letter letter) {
    letter.line.add(letter);
    waiting++;
  }

  private Line line(OutboxEntry entry) {
    return lines.computeIfAbsent(entry.outgoing().action().where().room(), room -> new Line());
  }

  /** Decides what leaves a line next. */
  private void pump(Line line) {
    if (closed || adapter == null || line.isEmpty()) {
      return;
    }
    List<Letter> doubtful = line.takeDoubtful(online);
    if (!doubtful.isEmpty()) {
      doubtful.forEach(each -> each.connection = connection);
      leaving.addAll(doubtful);
      return;
    }
    List<Letter> ready = line.takeReady(online);
    if (!ready.isEmpty()) {
      line.noting = true;
      bundles.add(ready);
    }
  }

  /** Does what was decided, in order, unless another thread is at it. */
  private void work() {
    Adapter to = null;
    boolean mine = false;
    while (true) {
      Letter letter;
      List<Letter> bundle = null;
      lock.lock();
      try {
        if (working && !mine) {
          return;
        }
        letter = leaving.poll();
        bundle = letter == null ? bundles.poll() : null;
        mine = letter != null || bundle != null;
        working = mine;
        to = adapter;
      } finally {
        lock.unlock();
      }
      if (letter != null && to != null) {
        courier.carry(to, letter);
      } else if (bundle != null) {
        note(bundle);
      } else {
        return;
      }
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
          leaving.add(letter);
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
      unsettled--;
      line.passed();
      calm(line);
      pump(line);
      if (lines.size() > LINES_KEPT && line.isIdle()) {
        lines.remove(letter.entry.outgoing().action().where().room());
      }
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
        unsettled--;
        letter.line.passed();
      }
      pump(letter.line);
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
      for (Line line : lines.values()) {
        old.addAll(line.takeOlderThan(limit));
        pump(line);
      }
      waiting -= old.size();
      unsettled -= old.size();
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
      leaving.clear();
      bundles.clear();
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
    crowd.is(unsettled >= settings.limitPerAccount() - settings.limitPerAccount() / 4);
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
