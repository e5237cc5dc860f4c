package dev.owlery.core.command;

import dev.owlery.api.chat.Member;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.core.permission.Audit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Waits for a caller's answer, and for nobody else's. Belongs to the thread that runs the command.
 *
 * @param host waits
 * @param call who was asked
 * @param patience how long one answer may take
 * @param clock the bot's
 */
record AnswerWaiter(CallContext host, CallOrigin call, Duration patience, InstantSource clock) {

  /** How often an answer that was none is asked for again. */
  static final int TRIES = 3;

  /**
   * The next answer. What cannot be one is passed over, but not waited for anew.
   *
   * @param awaited what to wait for
   * @param reader makes an answer of an event; empty for one that is passed over
   * @return the answer
   * @throws CommandException if none comes in time, or the call must stop
   */
  <A> A next(CallContext.ExpectedAnswer awaited, Function<ChatEvent, Optional<A>> reader) {
    Instant deadline = clock.instant().plus(patience);
    Duration left = patience;
    while (left.isPositive()) {
      Optional<ChatEvent> event = await(awaited, left);
      if (event.isEmpty()) {
        break;
      }
      Optional<A> answer = reader.apply(event.get());
      if (answer.isPresent()) {
        return answer.get();
      }
      left = Duration.between(clock.instant(), deadline);
    }
    throw new CommandException("Cancelled: there was no answer within " + words(patience) + ".");
  }

  private Optional<ChatEvent> await(CallContext.ExpectedAnswer awaited, Duration left) {
    try {
      return host.await(awaited, left);
    } catch (InterruptedException e) {
      // Whoever stops the call looks at the flag.
      Thread.currentThread().interrupt();
      throw new CommandException("Cancelled: I have to stop now.");
    }
  }

  /** A nick may be somebody else's by now; then the network vouches for another, or for nobody. */
  boolean isFromCaller(Member answering, String text) {
    Member caller = call.caller();
    if (answering.continues(caller)) {
      return true;
    }
    Audit.refused(
        answering,
        call.where(),
        "answer",
        text,
        "the question was for " + caller.identity().map(Object::toString).orElse(caller.handle()));
    return false;
  }

  static CommandException cancelled() {
    return new CommandException("Cancelled.");
  }

  static CommandException tooOften() {
    return new CommandException("Cancelled: that was no answer either.");
  }

  private static String words(Duration time) {
    String words = time.toString().substring(2).toLowerCase(Locale.ROOT);
    return words.replaceAll("(?<=[hm])(?=\\d)", " ");
  }
}
