package dev.owlery.adapter.xmpp.link;

import dev.owlery.api.adapter.Capability;
import dev.owlery.api.adapter.Door;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.procedure.ProcedureRequest;
import dev.owlery.api.procedure.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jxmpp.jid.Jid;

/**
 * Something that the account can do besides chatting: answer commands with forms, procedure calls,
 * follow topics. One object serves an account for all of its life, over many connections.
 */
public interface XmppExtension {

  /**
   * A new connection was made and will connect next: the time to register handlers for requests and
   * to announce features. A resumed stream keeps its connection.
   *
   * @param link the connection, good until the next call
   */
  void attach(XmppLink link);

  /**
   * We are logged in, not by resuming, and what was missed is read. May ask the server and wait for
   * its answers with {@link XmppLink#ask}. Called on the account's own thread.
   *
   * @throws java.io.IOException if the connection broke meanwhile
   * @throws InterruptedException if the account is closed
   */
  default void online() throws java.io.IOException, InterruptedException {}

  /**
   * A message without a body has come, or one out of the server's store (XEP-0013). Called on the
   * reading thread, in order; what is published here counts as handled when it is recorded.
   *
   * @param message the message
   * @return true if nobody else need look at it
   */
  default boolean received(Message message) {
    return false;
  }

  /**
   * Somebody has just said something that nobody else could have said in their name. Called on the
   * reading thread, in order, before it is published.
   *
   * @param heard what
   * @param speaker the full address of their client, also in a room
   */
  default void heard(InboundMessage heard, Jid speaker) {}

  /**
   * Somebody shows whether they are there. Called on the reading thread, in order.
   *
   * @param presence of a client, not of an occupant of a room
   */
  default void presence(Presence presence) {}

  /**
   * The ways in which this carries files; see {@link dev.owlery.api.adapter.Adapter#transports}.
   *
   * @return the best first, the same for the account's whole life
   */
  default List<FileTransport> transports() {
    return List.of();
  }

  /**
   * What this adds to the account's capabilities now.
   *
   * @return the capabilities
   */
  default Set<Capability> capabilities() {
    return Set.of();
  }

  /**
   * Does an action that the adapter itself has no way to do.
   *
   * @param outgoing the action
   * @return what becomes of it; empty if this is not for this extension
   */
  default Optional<CompletionStage<Outcome>> perform(Outgoing outgoing) {
    return Optional.empty();
  }

  /**
   * Looks up an action that {@link #perform} would have taken.
   *
   * @param outgoing the action
   * @return what is known; empty if this is not for this extension
   */
  default Optional<CompletionStage<Outcome>> lookUp(Outgoing outgoing) {
    return Optional.empty();
  }

  /**
   * The topics that this carries; see {@link dev.owlery.api.adapter.Adapter#topics}.
   *
   * @return names, the same for the account's whole life
   */
  default Set<String> topics() {
    return Set.of();
  }

  /**
   * Calls somebody else's procedure; see {@link dev.owlery.api.adapter.Adapter#call}.
   *
   * @param request whom, what, and how long to wait
   * @return the answer to come; empty if this is not for this extension
   */
  default Optional<CompletionStage<Value>> call(ProcedureRequest request) {
    return Optional.empty();
  }

  /**
   * A door to what only XMPP can do; see {@link dev.owlery.api.adapter.Adapter#door}.
   *
   * @param <D> the door's type
   * @param type an interface of bot-api
   * @return the door, if this has it
   */
  default <D extends Door> Optional<D> door(Class<D> type) {
    return Optional.empty();
  }

  /**
   * What to say in the line about the account's state.
   *
   * @return a few words each; usually none
   */
  default List<String> details() {
    return List.of();
  }
}
