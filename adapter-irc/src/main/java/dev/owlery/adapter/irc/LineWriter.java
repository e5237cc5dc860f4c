package dev.owlery.adapter.irc;

import dev.owlery.api.adapter.TokenBucket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a connection. Lines leave in the order in which they were given, as fast as the
 * token bucket allows; whatever waits leaves in one write, so that a burst costs few system calls
 * and a single line none but its own. Urgent lines (answers to PING, the registration) pass the
 * others and the bucket.
 *
 * <p>Its methods may be called from any thread. They never wait for the network, but for one case:
 * a virtual thread, which may wait, writes its line itself when nobody else is writing. That saves
 * waking the writer's thread, which costs more than all else on a line's way out. Platform threads
 * (the connection's reader, the journal's writer) must not wait: the first would keep the server
 * from reading us.
 */
final class LineWriter {
  /** More than this waits for nobody: the core keeps it. */
  static final int CAPACITY = 10_000;

  private static final int BATCH_BYTES = 32 * 1024;

  /** What is told of the lines on their way. Called by one thread at a time, without locks held. */
  interface Log {
    /**
     * The next line of the queue is about to be written.
     *
     * @param taken what was given with it
     */
    void taken(SentLine taken);

    /**
     * A batch is complete.
     *
     * @param nothingWaits whether nobody has more to send now
     * @return a line to write behind it, or null
     */
    @Nullable OutboundLine trailer(boolean nothingWaits);

    /**
     * When to ask for a trailer although nothing else is written.
     *
     * @return nanoseconds from now; negative for never
     */
    long nanosUntilTrailer();
  }

  private final OutputStream out;
  private final TokenBucket bucket;
  private final Log log;
  private final Consumer<IOException> onBroken;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<OutboundLine> urgent = new ArrayDeque<>();
  private final Deque<SentLine> waiting = new ArrayDeque<>();
  private final ByteArrayOutputStream batch = new ByteArrayOutputStream(BATCH_BYTES);
  private final Thread thread;
  private boolean poked;
  private boolean closed;

  /** Who waits for the bucket to fill; null if nobody. */
  private @Nullable Runnable wanting;

  /** Whether a thread is writing: {@link #batch} and {@link #nothingWaits} belong to it. */
  private boolean busy;

  /** Whether the writer's thread waits for a signal alone. */
  private boolean sleeps;

  private boolean nothingWaits;

  LineWriter(
      String name,
      OutputStream out,
      IrcSettings.Flood flood,
      Log log,
      Consumer<IOException> onBroken) {
    this.out = out;
    this.bucket = new TokenBucket(flood.burst(), flood.perSecond(), System.nanoTime());
    this.log = log;
    this.onBroken = onBroken;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Sends a line before all that wait, whatever the bucket says. */
  void urgent(OutboundLine line) {
    lock.lock();
    try {
      if (!closed) {
        urgent.addLast(line);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Queues a line.
   *
   * @param line the line, with what is to be told to the log when it leaves
   * @return false if the queue is full or closed
   */
  boolean send(SentLine line) {
    boolean mine;
    lock.lock();
    try {
      if (closed || waiting.size() >= CAPACITY) {
        return false;
      }
      waiting.addLast(line);
      mine = Thread.currentThread().isVirtual() && !busy && thread.isAlive();
      if (mine) {
        busy = true;
      } else {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
    if (mine) {
      writeHere();
    }
    return true;
  }

  /**
   * How many lines would leave at once.
   *
   * @param more run once, on any thread, if there are none, as soon as there are
   * @return a number; those that wait have been taken off
   */
  int demand(Runnable more) {
    lock.lock();
    try {
      int now = bucket.available(System.nanoTime()) - waiting.size();
      if (closed || now > 0) {
        return Math.max(1, now);
      }
      if (wanting == null) {
        changed.signal();
      }
      wanting = more;
      return 0;
    } finally {
      lock.unlock();
    }
  }

  private void writeHere() {
    try {
      writeOnce();
    } catch (IOException broken) {
      onBroken.accept(broken);
    }
  }

  /** Makes the writer ask for a trailer even if nothing waits. */
  void poke() {
    lock.lock();
    try {
      poked = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes what is urgent, then nothing more.
   *
   * @param patience how long to wait for that
   * @return the lines that were never written, in order
   */
  List<SentLine> close(Duration patience) {
    List<SentLine> unsent = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      unsent.addAll(waiting);
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (!thread.equals(Thread.currentThread()) && thread.isAlive()) {
        thread.join(patience);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return unsent;
  }

  /**
   * The boundary for whatever goes wrong on this thread: without it nothing could be said any more,
   * so the connection is given up, and the next one has a thread of its own.
   */
  private void run() {
    try {
      while (takeTurn()) {
        writeOnce();
      }
    } catch (IOException broken) {
      onBroken.accept(broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (Throwable fault) {
      onBroken.accept(new IOException("internal error while writing", fault));
      throw fault;
    }
  }

  /** Waits until something may leave and nobody else writes; false when all is over. */
  private boolean takeTurn() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      awaitWork();
      busy = !closed || !urgent.isEmpty();
      return busy;
    } finally {
      lock.unlock();
    }
  }

  /** Writes what may leave now. For the thread whose turn it is. */
  private void writeOnce() throws IOException {
    try {
      collect().forEach(this::write);
      OutboundLine trailer = log.trailer(nothingWaits);
      if (trailer != null) {
        append(trailer);
      }
      batch.writeTo(out);
      out.flush();
    } finally {
      batch.reset();
      endTurn();
    }
  }

  private void endTurn() {
    Runnable more = null;
    lock.lock();
    try {
      busy = false;
      if (wanting != null && bucket.available(System.nanoTime()) > waiting.size()) {
        more = wanting;
        wanting = null;
      }
      boolean goesOn = poked || closed || !urgent.isEmpty() || !waiting.isEmpty();
      if (goesOn || (sleeps && log.nanosUntilTrailer() >= 0)) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (more != null) {
      more.run();
    }
  }

  /** Urgent lines go into the batch at once, others are returned. */
  private List<SentLine> collect() {
    lock.lock();
    try {
      poked = false;
      while (!urgent.isEmpty()) {
        append(urgent.removeFirst());
      }
      List<SentLine> taken = new ArrayList<>();
      int bytes = batch.size();
      long now = System.nanoTime();
      while (!waiting.isEmpty() && bytes < BATCH_BYTES && bucket.tryTake(now)) {
        SentLine next = waiting.removeFirst();
        bytes += next.line().text().length() + 2;
        taken.add(next);
      }
      // Who waits for the bucket has more to send.
      nothingWaits = waiting.isEmpty() && wanting == null && bucket.available(now) > 0;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void awaitWork() throws InterruptedException {
    while (busy || (urgent.isEmpty() && !poked && !closed)) {
      long nanos = busy ? -1 : nanosUntilWork();
      if (nanos == 0) {
        return;
      }
      if (nanos < 0) {
        sleeps = true;
        changed.await();
        sleeps = false;
      } else if (changed.awaitNanos(nanos) <= 0 && !busy) {
        return;
      }
    }
  }

  /** Negative if there is none. */
  private long nanosUntilWork() {
    boolean isWanted = !waiting.isEmpty() || wanting != null;
    long line = isWanted ? bucket.nanosUntilNext(System.nanoTime()) : -1;
    long trailer = log.nanosUntilTrailer();
    return line < 0 || trailer < 0 ? Math.max(line, trailer) : Math.min(line, trailer);
  }

  private void write(SentLine line) {
    log.taken(line);
    append(line.line());
  }

  private void append(OutboundLine line) {
    batch.writeBytes(WireText.encode(line.text()));
    batch.write('\r');
    batch.write('\n');
  }
}
