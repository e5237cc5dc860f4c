package dev.owlery.core.journal;

import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.Origin;
import dev.owlery.core.journal.EventAttempts.SetAsideEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The one store behind inbox and outbox. All changes go through one queue and take effect in the
 * order in which they were asked for, in groups: what is asked for later is never durable without
 * what was asked for earlier.
 *
 * <p>Every method may be called from any thread. Methods that change something return at once
 * unless the queue is full; then they wait for it (bounded back-pressure). Their stages complete
 * when the change is as durable as the configuration asks, on the journal's own thread: what hangs
 * on them must be quick.
 */
public interface Journal extends AutoCloseable {

  /**
   * Reads what an earlier process left unfinished, and puts events aside that have ended it too
   * often. Called once, before anything else.
   *
   * @return unfinished events and unsettled actions, in their order
   */
  Recovery recover();

  /**
   * Records an event, unless its key is known.
   *
   * @param event what happened
   * @param fresh if the event is new, called once with its entry, in recording order, as soon as
   *     the entry is written and perhaps before it is durable; must be quick. What follows from the
   *     event is committed behind it, so that nothing can become visible of an event that is lost
   * @return completes, when the event is durable, with whether it was new
   */
  CompletionStage<Boolean> record(ChatEvent event, Consumer<InboxEntry> fresh);

  /**
   * Commits a unit of work: all of it or nothing.
   *
   * @param work what it did
   * @param departed called with the entries of its actions, in commit order, when the unit is
   *     durable; must be quick
   * @return completes when it is durable
   */
  CompletionStage<Void> commit(JournalWork work, Consumer<List<OutboxEntry>> departed);

  /**
   * Notes that actions are about to be handed to their adapter: after a crash it is doubtful
   * whether they were sent. Not needed for actions committed with {@link NewAction#inFlight}.
   *
   * @param numbers the entries
   * @return completes when it is durable; hand them over then
   */
  CompletionStage<Void> markInFlight(List<Long> numbers);

  /**
   * Notes that actions certainly were not sent, and wait again.
   *
   * @param numbers the entries
   */
  void requeue(List<Long> numbers);

  /**
   * Strikes an action off: it is settled.
   *
   * @param number the entry
   */
  void settle(long number);

  /**
   * Makes a dead letter of an action.
   *
   * @param number the entry
   * @param reason the last trouble, in one line
   */
  void deadLetter(long number, String reason);

  /**
   * The dead letters.
   *
   * @param limit at most so many
   * @return the oldest first
   */
  List<DeadEntry> dead(int limit);

  /**
   * Turns a dead letter into a waiting action again, with a new number at the end.
   *
   * @param number the dead entry
   * @return the waiting entry, handed; empty if there is no such dead letter
   */
  CompletionStage<Optional<OutboxEntry>> retry(long number);

  /**
   * Forgets a dead letter.
   *
   * @param number the dead entry
   * @return whether there was one
   */
  CompletionStage<Boolean> forget(long number);

  /**
   * The attempts at events that an earlier process left.
   *
   * @return the same each time
   */
  EventAttempts attempts();

  /**
   * The newest event recorded in a room. Its time is a cursor: no later than the journal's own
   * clock was when the event was recorded, whatever its stamp says; history does not move it back.
   *
   * @param where the conversation; threads count as their room
   * @return its origin, if anything was recorded
   */
  Optional<Origin> lastSeen(Conversation where);

  /**
   * Looks up a stored value; sees every commit that has been asked for before.
   *
   * @param space whose: one name per plugin or account
   * @param key the key
   * @return the value, if there is one
   */
  Optional<String> value(String space, String key);

  /**
   * Looks up stored values.
   *
   * @param space whose
   * @param prefix how the keys begin
   * @return keys and values, sorted by key
   */
  Map<String, String> values(String space, String prefix);

  /** Writes what is queued, then closes. Later calls fail. */
  @Override
  void close();

  /**
   * What an earlier process left.
   *
   * @param events recorded but not done, in recording order
   * @param actions neither settled nor dead, in commit order
   * @param attempts how often a process has ended inside of a handler of an event, by its number;
   *     without those that never were
   * @param untold events that were put aside, now or earlier, of which nobody was told yet
   */
  record Recovery(
      List<InboxEntry> events,
      List<OutboxEntry> actions,
      Map<Long, Integer> attempts,
      List<SetAsideEvent> untold) {

    /**
     * What a process left that had not been stopped by an event.
     *
     * @param events recorded but not done, in recording order
     * @param actions neither settled nor dead, in commit order
     */
    public Recovery(List<InboxEntry> events, List<OutboxEntry> actions) {
      this(events, actions, Map.of(), List.of());
    }
  }

  /**
   * Whether what is to be written down cannot be, for example because the disk is full.
   *
   * @return true from the first failure until something is written again
   */
  default boolean isFailing() {
    return false;
  }

  /**
   * A recorded event.
   *
   * @param number grows in recording order
   * @param event what happened
   */
  record InboxEntry(long number, ChatEvent event) {}

  /**
   * An action in the outbox.
   *
   * @param number grows in commit order
   * @param outgoing the part; its token is made from the number and the store's own random id
   * @param inFlight whether it may have been sent by an earlier process
   */
  record OutboxEntry(long number, Outgoing outgoing, boolean inFlight) {

    /**
     * The account that is to do it.
     *
     * @return from the action's conversation
     */
    public AccountId account() {
      return outgoing.action().where().account();
    }
  }

  /**
   * A dead letter.
   *
   * @param entry the action
   * @param reason the last trouble
   */
  record DeadEntry(OutboxEntry entry, String reason) {}

  /**
   * An action to be committed.
   *
   * @param action one part, as the adapter divided it
   * @param inFlight true if it will be handed to its adapter as soon as it is durable
   */
  record NewAction(dev.owlery.api.action.Action action, boolean inFlight) {}

  /**
   * A change of a stored value.
   *
   * @param space whose
   * @param key the key
   * @param value the new value; empty to remove it
   */
  record StoreWrite(String space, String key, Optional<String> value) {}

  /**
   * A unit of work.
   *
   * @param done the event that it finishes, by its entry's number; empty outside of handlers
   * @param writes in order
   * @param actions in order
   */
  record JournalWork(Optional<Long> done, List<StoreWrite> writes, List<NewAction> actions) {}
}
