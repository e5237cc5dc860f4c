package dev.owlery.core.lane;

import dev.owlery.core.journal.Journal.InboxEntry;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A command that waits for somebody's next message. Safe for use by several threads. */
final class Question {

  private final String handle;
  private final CompletableFuture<Optional<InboxEntry>> answer = new CompletableFuture<>();

  Question(String handle) {
    this.handle = handle;
  }

  String handle() {
    return handle;
  }

  /**
   * Hands the answer over, and with it the role of driving the lane; returns false if nobody waits
   * any more.
   */
  boolean answer(InboxEntry entry) {
    return answer.complete(Optional.of(entry));
  }

  /** Wakes the waiting thread without an answer; returns false if the answer was there before. */
  boolean giveUp() {
    return answer.complete(Optional.empty());
  }

  /** The answer, if it is there. */
  Optional<InboxEntry> now() {
    return answer.getNow(Optional.empty());
  }

  /** Waits. */
  Optional<InboxEntry> await() throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
