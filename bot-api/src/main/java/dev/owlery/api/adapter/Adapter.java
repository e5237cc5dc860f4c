package dev.owlery.api.adapter;

import dev.owlery.api.action.Action;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.ProcedureRequest;
import dev.owlery.api.procedure.Value;
import dev.owlery.api.topic.TopicPattern;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One account on one network. Keeps itself connected: it reconnects with back-off and jitter, joins
 * its rooms again, and says in {@link AdapterContext#report} what its state is.
 *
 * <p>The core calls {@link #start} once, then the rest from any thread and from several at once,
 * then {@link #close} once. No method waits for the network unless its documentation says so.
 */
public interface Adapter extends AutoCloseable {

  /** Begins to connect and returns at once. Trouble is reported as a state, never thrown. */
  void start();

  /**
   * The account as members of its conversations see it now.
   *
   * @return the bot itself; before the first login what the configuration says
   */
  Member self();

  /**
   * What this network can do. May change with a login; the core asks each time.
   *
   * @return the capabilities now
   */
  Set<Capability> capabilities();

  /**
   * Makes a conversation of what a person wrote behind {@code account/}.
   *
   * @param room for example {@code #owls} or {@code alice}
   * @return the conversation, canonical
   * @throws IllegalArgumentException if the network has no such names; the text is fit for a user
   */
  Conversation locate(String room);

  /**
   * Cuts an action into parts that each fit into one message of the network. Pure and quick; works
   * offline too.
   *
   * @param action an action of this account
   * @return at least one action, in the order in which they must leave; the action itself if it
   *     fits
   */
  List<Action> divide(Action action);

  /**
   * Does one part. The core calls this in the order in which the actions of a conversation were
   * made, without waiting for the earlier ones to be settled; the adapter keeps that order on the
   * wire.
   *
   * <p>The adapter obeys its network's rate limits by itself: an action may wait inside it. The
   * core gives it no more actions at a time than {@link #demand} asks for. Before an account is
   * {@link AccountState.Phase#ONLINE} the core calls this for {@link dev.owlery.api.action.Join}
   * and {@link dev.owlery.api.action.Leave} only.
   *
   * @param outgoing one of the parts that {@link #divide} made
   * @return completes, on any thread, when it is known what became of it, and exceptionally only
   *     for a fault in the adapter; must complete as {@link Outcome.Doubtful} or {@link
   *     Outcome.NotSent} when the connection goes
   */
  CompletionStage<Outcome> perform(Outgoing outgoing);

  /**
   * How many more actions the adapter would pass on at once. What is beyond that waits in the core,
   * where the conversations take turns and answers go before hints; inside the adapter the next
   * action would wait behind all that it was given before. Called from any thread, with the core's
   * locks held: must be quick, and call nothing.
   *
   * @return a number; 0 while the network's rate limit lets nothing leave, {@link
   *     Integer#MAX_VALUE} where there is no limit
   */
  default int demand() {
    return Integer.MAX_VALUE;
  }

  /**
   * Takes note of who waits for {@link #demand}. Called once, before {@link #start}.
   *
   * @param more run, on any thread and with no lock held, when the demand was 0 the last time that
   *     it was asked for, and is not any more
   */
  default void onDemand(Runnable more) {}

  /**
   * Finds out whether a part, that may or may not have been sent before a crash or a lost
   * connection, has reached the network. Called when the account is online and has caught up, in
   * the order in which the parts were made and without waiting for the earlier ones to be answered,
   * before any new part of the same conversation: many may be asked for at once.
   *
   * @param outgoing a part that an earlier {@link #perform}, perhaps of an earlier process, did not
   *     settle
   * @return completes as {@link Outcome.Settled} if it is there, {@link Outcome.NotSent} if it is
   *     certainly not, and {@link Outcome.Doubtful} if the network gives no way to know
   */
  CompletionStage<Outcome> lookUp(Outgoing outgoing);

  /**
   * The rooms that the account is in now.
   *
   * @return a snapshot; by default empty, since the network has no rooms
   */
  default List<Conversation> rooms() {
    return List.of();
  }

  /**
   * Who is in a room, as far as the network has shown it.
   *
   * @param room a room that the account is in
   * @return a snapshot; empty if it is not known, as it is by default
   */
  default List<Member> members(Conversation room) {
    return List.of();
  }

  /**
   * The topics that the account carries on its network's own (XMPP: publish-subscribe nodes), as
   * its settings map them. What is published on them comes as {@link
   * dev.owlery.api.event.ItemPublished}, what the bot publishes goes there as {@link
   * dev.owlery.api.action.PublishItem}.
   *
   * @return topic names, or patterns as in {@link TopicPattern}; the same for the adapter's whole
   *     life
   */
  default Set<String> topics() {
    return Set.of();
  }

  /**
   * The ways in which this network carries files.
   *
   * @return the best first; the same for the adapter's whole life
   */
  default List<FileTransport> transports() {
    return List.of();
  }

  /**
   * Whether the account carries a topic.
   *
   * @param topic a name
   * @return true if one of {@link #topics} is it, or fits
   */
  default boolean carries(String topic) {
    return topics().stream()
        .anyMatch(each ->
            each.equals(topic)
                || (TopicPattern.isPattern(each) && new TopicPattern(each).matches(topic)));
  }

  /**
   * Calls somebody else's procedure.
   *
   * @param request whom, what, and how long to wait
   * @return completes with the answer, exceptionally with a {@link ProcedureException}; by default
   *     at once, since the network has no procedures
   */
  default CompletionStage<Value> call(ProcedureRequest request) {
    return CompletableFuture.failedStage(
        new ProcedureException(
            ProcedureException.Reason.UNKNOWN, 0, "this network carries no procedures"));
  }

  /**
   * A door to what only this network can do.
   *
   * @param <D> the door's type
   * @param type an interface of bot-api
   * @return the door, if the adapter has it
   */
  default <D extends Door> Optional<D> door(Class<D> type) {
    return Optional.empty();
  }

  /**
   * Says goodbye to the network and frees everything. May wait up to two seconds; what has not been
   * settled completes as {@link Outcome.NotSent} or {@link Outcome.Doubtful}.
   */
  @Override
  void close();
}
