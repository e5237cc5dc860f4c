package dev.owlery.core.journal;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes the database. It takes whatever waits, up to {@value #GROUP} changes,
 * makes them in one transaction and then tells those who wait: many changes share one commit, and a
 * single one waits for no other.
 *
 * <p>When a transaction fails, each of its changes is tried alone, so that one that cannot be made
 * spoils no other. When the disk is full, changes fail at once; those that nobody waits for are
 * kept and made as soon as it works again. One line in the log says so, not one for each.
 */
final class JournalWriter {

  /** So many changes share a transaction. */
  static final int GROUP = 256;

  /** So many may wait before their askers have to. */
  private static final int QUEUE = 4_096;

  /** After so many failures one after the other, the rest of a group fails without trying. */
  private static final int PATIENCE = 3;

  private static final Logger log = LoggerFactory.getLogger(SqliteJournal.class);

  private final WriterState book;
  private final Thread thread;
  private final BlockingQueue<Change> queue = new LinkedBlockingQueue<>();
  private final Semaphore places = new Semaphore(QUEUE);
  private final Deque<Change> owed = new ArrayDeque<>();
  private volatile boolean closed;
  private volatile boolean ended;

  /** Places that the writer's own callbacks took beyond the limit; its thread must not wait. */
  private int overdrawn;

  private volatile boolean failing;
  private long failures;

  JournalWriter(WriterState book) {
    this.book = book;
    this.thread = Thread.ofPlatform().daemon().name("journal").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Puts a change into the queue; waits while that is full. Fails the change after the end. */
  void submit(Change change) {
    if (Thread.currentThread().equals(thread)) {
      overdrawn += places.tryAcquire() ? 0 : 1;
    } else {
      places.acquireUninterruptibly();
    }
    if (!closed) {
      queue.add(change);
      if (!ended || !queue.remove(change)) {
        return;
      }
    }
    places.release();
    change.failed(book, new JournalException("the journal is closed"));
  }

  /** Makes what waits, then ends the thread. */
  void close() throws InterruptedException {
    closed = true;
    queue.add(new Stop());
    thread.join();
  }

  private void run() {
    List<Change> group = new ArrayList<>(GROUP);
    boolean stop = false;
    while (!stop || !queue.isEmpty()) {
      group.clear();
      Change first = next();
      if (first != null) {
        group.add(first);
        queue.drainTo(group, GROUP - 1);
        release(group.size());
      }
      stop |= group.removeIf(change -> change instanceof Stop);
      makeWhateverHappens(group);
    }
    ended = true;
    for (Change late = queue.poll(); late != null; late = queue.poll()) {
      late.failed(book, new JournalException("the journal is closed"));
    }
    makeAlone(new SaveState());
  }

  /** The boundary for what must not end this thread: without it nothing is recorded any more. */
  private void makeWhateverHappens(List<Change> group) {
    try {
      make(group);
    } catch (RuntimeException | Error e) {
      log.error("the journal goes on after an internal error", e);
    }
  }

  private @Nullable Change next() {
    try {
      return owed.isEmpty() ? queue.take() : queue.poll(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      // Nobody has a reason to interrupt this thread; it ends by Stop, so that nothing is lost.
      log.debug("the journal was interrupted and goes on", e);
      return null;
    }
  }

  private void release(int taken) {
    int back = Math.min(taken, overdrawn);
    overdrawn -= back;
    places.release(taken - back);
  }

  private void make(List<Change> group) {
    if (!owed.isEmpty()) {
      group.addAll(0, owed);
      owed.clear();
    }
    if (!group.isEmpty()) {
      makeTogether(group);
    }
    if (book.isSaveDue()) {
      makeAlone(new SaveState());
    }
  }

  private void makeTogether(List<Change> group) {
    JournalException trouble = transaction(group);
    if (trouble == null) {
      works();
      group.forEach(this::durable);
    } else if (group.size() == 1) {
      fail(group.getFirst(), trouble);
    } else {
      makeEachAlone(group);
    }
  }

  private void makeEachAlone(List<Change> group) {
    int failed = 0;
    JournalException last = null;
    for (Change change : group) {
      if (failed < PATIENCE || last == null) {
        last = makeAlone(change);
        failed = last == null ? 0 : failed + 1;
      } else {
        fail(change, last);
      }
    }
  }

  private @Nullable JournalException makeAlone(Change change) {
    JournalException trouble = transaction(List.of(change));
    if (trouble == null) {
      durable(change);
    } else {
      fail(change, trouble);
    }
    return trouble;
  }

  private @Nullable JournalException transaction(List<Change> group) {
    try {
      book.tables.begin();
      for (Change change : group) {
        change.apply(book);
      }
      book.tables.commit();
      book.committed();
      return null;
    } catch (SQLException | RuntimeException | Error e) {
      undo();
      return e instanceof JournalException known
          ? known
          : new JournalException("the journal did not take a change: " + e.getMessage(), e);
    }
  }

  private void undo() {
    try {
      book.rolledBack();
      book.tables.restore();
    } catch (SQLException | RuntimeException | Error e) {
      log.debug("the database is still out of order", e);
    }
  }

  /** The boundary for what follows a change: it is durable all the same, and the next one too. */
  private void durable(Change change) {
    try {
      change.durable(book);
    } catch (RuntimeException | Error e) {
      log.error("what follows a journal entry failed", e);
    }
  }

  private void fail(Change change, JournalException trouble) {
    if (!failing) {
      failing = true;
      failures = 0;
      log.error("the journal cannot be written; it goes on trying", trouble);
    }
    failures++;
    if (change.isOwed()) {
      owed.add(change);
    } else {
      change.failed(book, trouble);
    }
  }

  /** Whether the last change could not be written. */
  boolean isFailing() {
    return failing;
  }

  private void works() {
    if (failing) {
      failing = false;
      log.info("the journal can be written again; {} changes had failed", failures);
    }
  }

  /** The last change. */
  private record Stop() implements Change {
    @Override
    public void apply(WriterState book) {}
  }

  /** Notes the book itself. */
  private record SaveState() implements Change {
    @Override
    public void apply(WriterState book) throws SQLException {
      book.save();
    }

    @Override
    public void durable(WriterState book) {
      book.saved();
    }
  }
}
