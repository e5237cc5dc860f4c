package dev.owlery.core.file;

import dev.owlery.api.file.TransferException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at a transfer, on a virtual thread of its own. */
final class TransferAttempt {

  private static final Logger log = LoggerFactory.getLogger(TransferAttempt.class);
  private static final Duration FULL = Duration.ofSeconds(30);

  private final String id;
  private final AttemptBody work;
  private volatile long moved;
  private volatile long start;
  private volatile boolean begun;
  private volatile Optional<String> cancelled = Optional.empty();
  private volatile boolean halted;
  private boolean sealed;
  private volatile Optional<Thread> thread = Optional.empty();

  /** What an attempt does. */
  @FunctionalInterface
  interface AttemptBody {
    AttemptResult run(TransferAttempt attempt) throws IOException, InterruptedException;
  }

  TransferAttempt(String id, AttemptBody work) {
    this.id = id;
    this.work = work;
  }

  String id() {
    return id;
  }

  /** How far it is. */
  long moved() {
    return moved;
  }

  /** Whether bytes have moved in this attempt. */
  boolean hasBegun() {
    return begun;
  }

  /** Where its bytes began: so many were there before. */
  long start() {
    return start;
  }

  /** Bytes are asked for from an offset on. */
  void startsAt(long offset) {
    start = offset;
    moved = offset;
  }

  void moved(long bytes) {
    begun |= bytes > moved && moved > 0;
    moved = bytes;
  }

  /** Called off by somebody, with a reason. */
  Optional<String> cancelled() {
    return cancelled;
  }

  /** Interrupted so that it can begin anew, or be taken up by a later process. */
  boolean isHalted() {
    return halted;
  }

  void start(Consumer<AttemptResult> over) {
    Thread fresh = Thread.ofVirtual().name("transfer-" + id).unstarted(() -> over.accept(run()));
    thread = Optional.of(fresh);
    fresh.start();
  }

  /** Calls it off; false if it is too late for that. */
  synchronized boolean cancel(String reason) {
    if (!sealed) {
      cancelled = Optional.of(reason);
      thread.ifPresent(Thread::interrupt);
    }
    return !sealed;
  }

  /** Stops it; false if it is about to be done, and is not to be disturbed. */
  synchronized boolean halt() {
    if (!sealed) {
      halted = true;
      thread.ifPresent(Thread::interrupt);
    }
    return !sealed;
  }

  /**
   * From now on nobody stops it: an interrupt while a file gets its name would leave it unclear
   * whether it has it.
   *
   * @throws InterruptedIOException if somebody has just stopped it
   */
  synchronized void seal() throws InterruptedIOException {
    if (halted || cancelled.isPresent()) {
      throw new InterruptedIOException("stopped");
    }
    sealed = true;
  }

  /** Waits until it is over, for a while. */
  void join(Duration patience) {
    try {
      if (thread.isPresent() && !thread.get().join(patience)) {
        log.warn("transfer {} does not stop", id);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The boundary to transports: whatever they throw ends this attempt alone. */
  private AttemptResult run() {
    try {
      return work.run(this);
    } catch (InterruptedException e) {
      return new AttemptResult.Again(Duration.ZERO, "interrupted");
    } catch (TransferException e) {
      return ending(e);
    } catch (IOException e) {
      return new AttemptResult.Again(Duration.ZERO, line(e));
    } catch (RuntimeException | Error e) {
      log.error("a transport failed in transfer {}", id, e);
      return new AttemptResult.Failed("something went wrong here");
    }
  }

  private static AttemptResult ending(TransferException e) {
    return switch (e.reason()) {
      case REFUSED -> new AttemptResult.Failed(line(e));
      case UNREACHABLE -> new AttemptResult.Again(Duration.ZERO, line(e));
      case NO_ROOM -> new AttemptResult.Again(FULL, line(e));
      case MISMATCH -> new AttemptResult.Wrong(line(e));
    };
  }

  static String line(IOException e) {
    String text = e.getMessage();
    return text == null || text.isBlank()
        ? "the connection broke (" + e.getClass().getSimpleName() + ")"
        : text.lines().findFirst().orElse(text);
  }
}
