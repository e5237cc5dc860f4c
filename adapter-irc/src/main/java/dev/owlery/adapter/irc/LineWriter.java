package dev.owlery.adapter.irc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
 * <p>Its methods may be called from any thread and never wait for the network.
 */
final class LineWriter {
  /** More than this waits for nobody: the core keeps it. */
  static final int CAPACITY = 10_000;

  private static final int BATCH_BYTES = 32 * 1024;

  /** What is told of the lines on their way. Called on the writer's thread, without locks held. */
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
     * @param nothingWaits whether the queue is empty now
     * @return a line to write behind it, or null
     */
    @Nullable OutboundLine trailer(boolean nothingWaits);
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

  /** Of the last {@link #collect}; only the writer's thread uses it. */
  private boolean nothingWaits;

  LineWriter(
      String name,
      OutputStream out,
      IrcSettings.Flood flood,
      Log log,
      Consumer<IOException> onBroken) {
    this.out = out;
    this.bucket = new TokenBucket(flood, System.nanoTime());
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
    lock.lock();
    try {
      if (closed || waiting.size() >= CAPACITY) {
        return false;
      }
      waiting.addLast(line);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
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

  /** The boundary for what goes wrong on this thread: the connection is given up. */
  private void run() {
    List<SentLine> taken = new ArrayList<>();
    try {
      while (collect(taken)) {
        taken.forEach(this::write);
        taken.clear();
        OutboundLine trailer = log.trailer(nothingWaits);
        if (trailer != null) {
          append(trailer);
        }
        batch.writeTo(out);
        out.flush();
        batch.reset();
      }
    } catch (IOException broken) {
      onBroken.accept(broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until something may leave and takes it: urgent lines go into the batch at once, others
   * into {@code taken}.
   */
  private boolean collect(List<SentLine> taken) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      awaitWork();
      if (closed && urgent.isEmpty()) {
        return false;
      }
      poked = false;
      while (!urgent.isEmpty()) {
        append(urgent.removeFirst());
      }
      int bytes = batch.size();
      long now = System.nanoTime();
      while (!waiting.isEmpty() && bytes < BATCH_BYTES && bucket.tryTake(now)) {
        SentLine next = waiting.removeFirst();
        bytes += next.line().text().length() + 2;
        taken.add(next);
      }
      nothingWaits = waiting.isEmpty();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void awaitWork() throws InterruptedException {
    while (urgent.isEmpty() && !poked && !closed) {
      if (waiting.isEmpty()) {
        changed.await();
      } else {
        long nanos = bucket.nanosUntilNext(System.nanoTime());
        if (nanos == 0) {
          return;
        }
        if (changed.awaitNanos(nanos) <= 0) {
          return;
        }
      }
    }
  }

  private void write(SentLine line) {
    log.taken(line);
    append(line.line());
  }

  private void append(OutboundLine line) {
    batch.writeBytes(line.text().getBytes(StandardCharsets.UTF_8));
    batch.write('\r');
    batch.write('\n');
  }
}
