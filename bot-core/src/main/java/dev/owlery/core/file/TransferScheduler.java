package dev.owlery.core.file;

import dev.owlery.api.content.FileRef;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.Transfer;
import dev.owlery.api.file.Transfer.State;
import dev.owlery.core.schedule.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what waits: begins attempts when there is room for them, and decides what follows from
 * how they end. Every method may be called from any thread.
 */
final class TransferScheduler {

  private static final Logger log = LoggerFactory.getLogger(TransferScheduler.class);
  private static final Duration GOODBYE = Duration.ofSeconds(2);
  private static final Duration SOON = Duration.ofMinutes(1);

  private final TransferSettings settings;
  private final TransferTable book;
  private final Spool spool;
  private final TransportRegistry carriers;
  private final TransferQueue queue;
  private final Timers timers;
  private final EndNotifier news;
  private final DelayNotifier delays;
  private final OutgoingTransfer sending;
  private final IncomingTransfer receiving;
  private final Map<String, TransferAttempt> attempts = new ConcurrentHashMap<>();
  private final Retries retries = new Retries();
  private final Set<String> patient = ConcurrentHashMap.newKeySet();
  private final BackgroundTasks side = new BackgroundTasks();

  /** Held for each step of a transfer, so that no two of one transfer cross. */
  private final ReentrantLock lock = new ReentrantLock();

  private volatile boolean closed;

  TransferScheduler(
      TransferSettings settings,
      TransferTable book,
      Spool spool,
      DiskSpace disk,
      TransportRegistry carriers,
      TransferQueue queue,
      Timers timers,
      EndNotifier news) {
    this.settings = settings;
    this.book = book;
    this.spool = spool;
    this.carriers = carriers;
    this.queue = queue;
    this.timers = timers;
    this.news = news;
    this.delays = new DelayNotifier(book, timers, news, this::runs);
    this.sending =
        new OutgoingTransfer(carriers, spool, settings.transport(), retries, this::started);
    this.receiving = new IncomingTransfer(carriers, disk, this::started, this::verified);
  }

  private boolean runs(TransferAttempt attempt) {
    return attempts.get(attempt.id()) == attempt && !patient.contains(attempt.id());
  }

  /** Takes up a row of an earlier process. */
  void resume(TransferRow row) {
    if (row.transfer().state().isOver()) {
      if (!row.told()) {
        news.notify(row, now());
      }
    } else if (row.isOut()) {
      queue.add(row, Instant.EPOCH);
    } else if (receiving.isKept(row)) {
      resumeStored(row);
    } else if (survivesReconnect(row)) {
      queue.add(row, Instant.EPOCH);
    } else {
      park(row, "the connection broke; waiting for it to be offered again");
    }
  }

  /** The file is here; whether its sender knows is not certain. Who dies again does this again. */
  private void resumeStored(TransferRow row) {
    side.begin(
        "confirm-" + row.id(),
        () -> {
          try {
            if (survivesReconnect(row)) {
              receiving.confirm(row, row);
            }
          } finally {
            finishKept(row.id());
          }
        });
  }

  private void finishKept(String id) {
    lock.lock();
    try {
      book.find(id)
          .filter(receiving::isKept)
          .ifPresent(row -> {
            FileRef file = row.transfer().file();
            long size = file.size().orElse(0);
            finish(row.with(file, State.DONE, size, row.transfer().transport(), ""));
          });
    } finally {
      lock.unlock();
    }
  }

  /** Quick, as it is called by the journal: it must not wait for whoever waits for the journal. */
  void enqueue(TransferRow row, Instant notBefore) {
    queue.add(row, notBefore);
    side.begin("dispatch", this::dispatch);
  }

  /** Begins whatever may begin now. */
  void dispatch() {
    lock.lock();
    try {
      for (Optional<String> next = next(); next.isPresent(); next = next()) {
        next.flatMap(book::find).ifPresent(this::start);
      }
    } finally {
      lock.unlock();
    }
  }

  private Optional<String> next() {
    return closed ? Optional.empty() : queue.next();
  }

  private void start(TransferRow row) {
    TransferAttempt attempt =
        new TransferAttempt(
            row.id(), self -> row.isOut() ? sending.run(row, self) : receiving.run(row, self));
    attempts.put(row.id(), attempt);
    delays.begun(attempt);
    attempt.start(ending -> ended(attempt, ending));
  }

  /** Writes down that an attempt begins, and waits until that is durable. */
  private void started(TransferRow row, String transport) throws InterruptedException {
    wait(() -> book.find(row.id()).orElse(row).attempted(transport));
    boolean waits =
        row.isOut()
            && carriers
                .find(row.transfer().where().account(), transport)
                .map(FileTransport::needsUser)
                .orElse(false);
    if (waits) {
      patient.add(row.id());
      queue.leave(row);
      dispatch();
    }
  }

  /** Writes down that the bytes are right: from now on the file may have its name. */
  private void verified(TransferRow row, String sha256) {
    try {
      wait(() -> book.find(row.id()).orElse(row).verified(row.transfer().file(), sha256));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Changes a row as it is now, and waits until that is durable. */
  private void wait(Supplier<TransferRow> change) throws InterruptedException {
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    lock.lock();
    try {
      book.put(change.get(), () -> written.complete(true));
    } finally {
      lock.unlock();
    }
    try {
      written.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void ended(TransferAttempt attempt, AttemptResult ending) {
    boolean _ = Thread.interrupted(); // whoever halted it has reached it
    lock.lock();
    try {
      attempts.remove(attempt.id(), attempt);
      patient.remove(attempt.id());
      book.find(attempt.id())
          .ifPresent(row -> {
            queue.leave(row);
            if (!closed) {
              if (attempt.hasBegun() || (row.isOut() && attempt.moved() > attempt.start())) {
                progressed(row, attempt);
              }
              settle(row, attempt, ending);
            }
          });
    } finally {
      lock.unlock();
    }
    dispatch();
  }

  private void progressed(TransferRow row, TransferAttempt attempt) {
    if (!row.isOut() || retries.arrives(row.id(), attempt.start())) {
      retries.moved(row.id());
      delays.forget(row.id());
    } else {
      retries.blame(row.id(), row.transfer().transport());
    }
  }

  private void settle(TransferRow row, TransferAttempt attempt, AttemptResult ending) {
    log.debug("transfer {} after {} bytes: {}", row.id(), attempt.moved(), ending);
    if (ending instanceof AttemptResult.Completed(FileRef file, long size)) {
      finish(row.with(file, State.DONE, size, row.transfer().transport(), ""));
    } else if (attempt.cancelled().isPresent()) {
      finish(row.with(State.CANCELLED, attempt.cancelled().get()));
    } else if (attempt.isHalted()) {
      queue.add(row, Instant.EPOCH);
    } else {
      switch (ending) {
        case AttemptResult.Completed _ -> throw new IllegalStateException("settled above");
        case AttemptResult.Failed(String reason) -> finish(row.with(State.FAILED, reason));
        case AttemptResult.Parked(String reason) -> park(row, reason);
        case AttemptResult.Wrong(String reason) -> failPermanently(row, attempt, reason);
        case AttemptResult.Again(Duration pause, String reason) ->
            retryLater(row, attempt, pause, reason);
      }
    }
  }

  /** What is here or there may have been damaged: it is sent from its beginning, a few times. */
  private void failPermanently(TransferRow row, TransferAttempt attempt, String reason) {
    if (retries.isWorthAnother(row.id())) {
      retryLater(row, attempt, Duration.ZERO, reason);
    } else {
      finish(row.with(State.FAILED, reason));
    }
  }

  private void retryLater(
      TransferRow row, TransferAttempt attempt, Duration atLeast, String reason) {
    if (!row.isOut() && !survivesReconnect(row)) {
      park(row, reason);
      return;
    }
    if (Duration.between(row.transfer().madeAt(), now()).compareTo(settings.age()) > 0) {
      finish(row.with(State.FAILED, "given up: " + reason));
      return;
    }
    Duration pause = retries.pause(row.id(), atLeast);
    TransferRow waiting =
        row.with(
            row.transfer().file(),
            State.WAITING,
            attempt.moved(),
            row.transfer().transport(),
            reason);
    book.put(waiting, () -> {});
    delays.failed(waiting);
    queue.add(waiting, now().plus(pause));
    timers.schedule(pause, this::dispatch);
  }

  /** Waits for the other side, but not for ever. */
  private void park(TransferRow row, String reason) {
    TransferRow parked = row.with(State.WAITING, reason);
    book.put(parked, () -> {});
    delays.parked(parked);
    timers.schedule(
        settings.age(),
        () ->
            book.find(row.id())
                .filter(later -> later.equals(parked) && !attempts.containsKey(row.id()))
                .ifPresent(later -> finish(later.with(State.FAILED, "given up: " + reason))));
  }

  private void finish(TransferRow row) {
    retries.forget(row.id());
    delays.ended(row);
    if (!row.isOut() && row.transfer().state() != State.DONE) {
      receiving.discard(row);
    }
    book.put(
        row,
        () -> {
          if (row.isOut()) {
            spool.delete(row.id());
          }
          news.notify(row, now());
        });
  }

  /** The other side offers a file again: it goes on, or is told that the file is here. */
  void offeredAgain(String id, UnaryOperator<TransferRow> anew) {
    lock.lock();
    try {
      TransferRow before = book.find(id).orElseThrow();
      TransferRow after = anew.apply(before);
      TransferAttempt running = attempts.get(id);
      if (before.transfer().state() == State.DONE || receiving.isKept(before)) {
        side.begin("confirm-" + id, () -> receiving.confirm(before, after));
      } else if (!before.transfer().state().isOver()
          && (running == null || !before.offer().equals(after.offer()))) {
        if (running == null) {
          book.put(after, () -> {});
          queue.add(after, Instant.EPOCH);
        } else if (running.halt()) { // its connection is a dead one
          book.put(after, () -> {});
        } else {
          side.begin(
              "again-" + id,
              () -> {
                running.join(SOON);
                offeredAgain(id, anew);
              });
        }
      }
    } finally {
      lock.unlock();
    }
    dispatch();
  }

  boolean cancel(String id, String reason) {
    lock.lock();
    try {
      Optional<TransferRow> row = book.find(id);
      if (row.isEmpty() || row.get().transfer().state().isOver()) {
        return false;
      }
      TransferAttempt running = attempts.get(id);
      if (running != null) {
        return running.cancel(reason);
      }
      queue.remove(row.get());
      finish(row.get().with(State.CANCELLED, reason));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** A transfer as it is at this moment. */
  Transfer live(TransferRow row) {
    Transfer kept = row.transfer();
    TransferAttempt running = attempts.get(row.id());
    if (running == null || kept.state().isOver()) {
      return kept;
    }
    return row.with(kept.file(), State.RUNNING, running.moved(), kept.transport(), kept.detail())
        .transfer();
  }

  /** Whether nothing runs but what waits for people. */
  boolean idle() {
    lock.lock();
    try {
      return side.areFinished() && patient.containsAll(attempts.keySet());
    } finally {
      lock.unlock();
    }
  }

  private boolean survivesReconnect(TransferRow row) {
    return carriers
        .find(row.transfer().where().account(), row.transfer().transport())
        .map(FileTransport::offersSurviveReconnect)
        .orElse(false);
  }

  private Instant now() {
    return timers.clock().instant();
  }

  void close() {
    closed = true;
    attempts.values().forEach(TransferAttempt::halt);
    attempts.values().forEach(attempt -> attempt.join(GOODBYE));
    spool.close();
  }
}
