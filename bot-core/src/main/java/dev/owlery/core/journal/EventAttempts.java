package dev.owlery.core.journal;

import dev.owlery.api.event.ChatEvent;
import dev.owlery.core.journal.Journal.InboxEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Which of the events that an earlier process left are being handled again, durably: so that an
 * event that ends the process each time is found, and put aside after {@value #MOST} attempts.
 *
 * <p>The mark of an event goes in the transaction that finishes it. What is left of the marks by
 * the next start is an attempt each; only marked events have attempts, so that one which merely
 * waited is never put aside. Events that are handled as they come in are not marked at all.
 *
 * <p>Every method may be called from any thread; as with the journal, changes take effect in the
 * order in which they were asked for.
 */
public interface EventAttempts {

  /** After so many attempts an event is put aside by the next start. */
  int MOST = 2;

  /** For journals that keep nothing: they leave no events to the next start. */
  EventAttempts NONE = new None();

  /**
   * Marks an event as being handled.
   *
   * @param number the event's entry
   * @param count which attempt this is, 1 for the first
   * @param handler the plugin and the method that is about to run
   * @return completes when the mark is durable; run an event's first handler then, and each one of
   *     an event that has had attempts
   */
  CompletionStage<Void> mark(long number, int count, String handler);

  /**
   * Takes a mark back: what ends now is the process, in good order, and not the event's doing.
   *
   * @param number the event's entry
   * @param count how many attempts remain
   */
  void takeBack(long number, int count);

  /**
   * The events that were put aside.
   *
   * @param limit at most so many
   * @return the oldest first
   */
  List<SetAsideEvent> dead(int limit);

  /**
   * An event that was put aside.
   *
   * @param number the event's entry
   * @return empty if there is none, or if it cannot be read
   */
  Optional<SetAsideEvent> find(long number);

  /**
   * Notes that the administrators know of an event that was put aside.
   *
   * @param number the event's entry
   */
  void told(long number);

  /**
   * Turns an event that was put aside into one that is not done, with its number, and with one
   * attempt less than would put it aside.
   *
   * @param number the event's entry
   * @return what is to be handled; empty if no such event was put aside
   */
  CompletionStage<Optional<InboxEntry>> revive(long number);

  /**
   * Forgets an event that was put aside.
   *
   * @param number the event's entry
   * @return whether there was one
   */
  CompletionStage<Boolean> forget(long number);

  /**
   * An event that was put aside.
   *
   * @param number its entry's
   * @param event what happened
   * @param attempts how often the process ended while it was handled
   * @param handler the plugin and the method that ran last
   * @param since when it was put aside
   */
  record SetAsideEvent(long number, ChatEvent event, int attempts, String handler, Instant since) {}

  /** Of a journal that forgets everything. */
  final class None implements EventAttempts {

    private None() {}

    @Override
    public CompletionStage<Void> mark(long number, int count, String handler) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void takeBack(long number, int count) {
      // there was no mark
    }

    @Override
    public List<SetAsideEvent> dead(int limit) {
      return List.of();
    }

    @Override
    public Optional<SetAsideEvent> find(long number) {
      return Optional.empty();
    }

    @Override
    public void told(long number) {
      // there are none
    }

    @Override
    public CompletionStage<Optional<InboxEntry>> revive(long number) {
      return CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public CompletionStage<Boolean> forget(long number) {
      return CompletableFuture.completedStage(false);
    }
  }
}
