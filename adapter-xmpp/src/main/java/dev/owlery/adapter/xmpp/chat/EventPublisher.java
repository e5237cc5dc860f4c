package dev.owlery.adapter.xmpp.chat;

import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.event.ChatEvent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Hands events to the core, and knows which of them are not recorded yet. The reading thread goes
 * on meanwhile, so that many are recorded at once; it waits only when the server asks what was
 * handled, and when very many are on their way. Events of one conversation are published in their
 * order, one at a time: by the reading thread; while that holds back what is said until a room's
 * history or our own archive is read, by the thread that reads it; and what was held back by
 * whoever lets it go ({@link MucMessages#open}, {@link DirectInbound#release}), with the lock that
 * keeps the reading thread behind it.
 */
final class EventPublisher {
  private static final int MOST = 2_000;
  private static final long PATIENCE_SECONDS = 60;

  private final AdapterContext context;
  private final Deque<CompletableFuture<Boolean>> pending = new ArrayDeque<>();
  private volatile boolean failed;

  EventPublisher(AdapterContext context) {
    this.context = context;
  }

  /**
   * Publishes an event.
   *
   * @param event what happened
   * @param whenRecorded called when it is recorded, on any thread
   * @throws UncheckedIntakeException if events could not be recorded
   */
  void publish(ChatEvent event, Runnable whenRecorded) {
    CompletableFuture<Boolean> recorded = context.publish(event).toCompletableFuture();
    if (isRecorded(recorded)) {
      whenRecorded.run();
      return;
    }
    // The same stage for everybody who waits, so that the mark is made before the acknowledgement.
    CompletableFuture<Boolean> noted =
        recorded.whenComplete((isNew, error) -> {
          if (error == null) {
            whenRecorded.run();
          } else {
            failed = true;
          }
        });
    boolean full;
    synchronized (pending) {
      while (!pending.isEmpty() && isRecorded(pending.peekFirst())) {
        pending.removeFirst();
      }
      pending.addLast(noted);
      full = pending.size() > MOST;
    }
    if (full) {
      try {
        settle();
      } catch (IOException unrecorded) {
        throw new UncheckedIntakeException(unrecorded);
      }
    }
  }

  private static boolean isRecorded(CompletableFuture<Boolean> each) {
    return each.isDone() && !each.isCompletedExceptionally();
  }

  /**
   * Waits until everything published so far is recorded. Any thread.
   *
   * @throws IOException if something could not be recorded: nothing may be acknowledged any more
   */
  void settle() throws IOException {
    while (true) {
      CompletableFuture<Boolean> first;
      synchronized (pending) {
        first = pending.peekFirst();
      }
      if (first == null) {
        break;
      }
      await(first);
      synchronized (pending) {
        while (!pending.isEmpty() && pending.peekFirst().isDone()) {
          pending.removeFirst();
        }
      }
    }
    if (failed) {
      throw new IOException("the inbox could not record an event");
    }
  }

  private void await(CompletableFuture<Boolean> recorded) throws IOException {
    try {
      recorded.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException unrecorded) {
      failed = true;
      throw new IOException("the inbox could not record an event", unrecorded);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }

  /** Whether something was not recorded, so that this stream must not be resumed. */
  boolean hasFailed() {
    return failed;
  }

  /** Events can no longer be recorded. Ends the reading thread. */
  static final class UncheckedIntakeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UncheckedIntakeException(IOException cause) {
      super(cause);
    }
  }
}
