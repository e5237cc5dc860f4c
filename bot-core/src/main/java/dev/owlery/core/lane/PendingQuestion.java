package dev.owlery.core.lane;

import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.FormAnswered;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.core.command.CallContext;
import dev.owlery.core.journal.Journal.InboxEntry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * A command that waits for an answer: somebody's next message, or a form filled in. Safe for use by
 * several threads.
 */
final class PendingQuestion {

  private final List<String> keys;
  private final CompletableFuture<Optional<InboxEntry>> answer = new CompletableFuture<>();

  private PendingQuestion(List<String> keys) {
    this.keys = keys;
  }

  /** A question to somebody. */
  static PendingQuestion to(String handle, CallContext.ExpectedAnswer awaited) {
    return new PendingQuestion(
        Stream.concat(
                awaited.words() ? Stream.of("words of " + handle) : Stream.of(),
                awaited.question().stream().map(token -> "form " + token))
            .toList());
  }

  /** What would answer it, as {@link #keyOf}. */
  List<String> keys() {
    return keys;
  }

  /** What question an event answers, if one with this key is open; empty if it never answers. */
  static Optional<String> keyOf(ChatEvent event) {
    return switch (event) {
      case MessagePosted message -> Optional.of("words of " + message.sender().handle());
      case FormAnswered answered -> Optional.of("form " + answered.question());
      default -> Optional.empty();
    };
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
