package dev.owlery.launcher.matrix;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One person's conversation with the bot, in a room or alone. Belongs to one thread. */
final class Talk {
  /** How long an answer may take on a busy machine. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Consumer<String> mouth;
  private final Supplier<List<String>> ears;
  private int before;

  /**
   * A conversation.
   *
   * @param mouth says something
   * @param ears all that the bot has said here, the oldest first
   */
  Talk(Consumer<String> mouth, Supplier<List<String>> ears) {
    this.mouth = mouth;
    this.ears = ears;
  }

  /** What is heard from now on is new. */
  void listen() {
    before = ears.get().size();
  }

  /** Says something; what is heard from now on is new. */
  void say(String text) {
    listen();
    mouth.accept(text);
  }

  /** What the bot has said since. */
  List<String> heard() {
    List<String> all = ears.get();
    return all.subList(Math.min(before, all.size()), all.size());
  }

  /** Waits for an answer that fits. */
  Optional<String> hears(Predicate<String> wanted) {
    return hears(wanted, PATIENCE);
  }

  /** Waits for an answer that fits. */
  Optional<String> hears(Predicate<String> wanted, Duration patience) {
    boolean _ = await(() -> heard().stream().anyMatch(wanted), patience);
    return heard().stream().filter(wanted).findFirst();
  }

  /** Says something, and waits for an answer that fits. */
  Optional<String> ask(String text, Predicate<String> wanted) {
    say(text);
    return hears(wanted);
  }

  /** Whether something holds before the deadline. */
  static boolean await(BooleanSupplier condition, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return true;
  }
}
