package dev.owlery.api.adapter;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.CommandForm;
import dev.owlery.api.command.CommandLookup;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.Origin;
import dev.owlery.api.http.Http;
import dev.owlery.api.plugin.Store;
import dev.owlery.api.procedure.ProcedureCall;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.Value;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The core, as an adapter sees it. Every method may be called from any thread. */
public interface AdapterContext {

  /**
   * The account that the adapter serves.
   *
   * @return its name
   */
  AccountId account();

  /**
   * The bot's name, for greetings to the network such as CTCP VERSION.
   *
   * @return name and version, for example {@code Owlery 0.1.0}
   */
  String product();

  /**
   * The time. Adapters measure their deadlines with it, so that tests can turn it.
   *
   * @return the clock
   */
  Clock clock();

  /**
   * Puts an event into the inbox: the only way in. Plugin code never runs on the calling thread.
   * Events are handled in the order in which this method was entered for their conversation, so one
   * thread should publish what one connection delivers.
   *
   * <p>Blocks while the inbox is full (it writes in groups, so this is milliseconds unless the disk
   * is stuck); that is the back-pressure for networks that have one.
   *
   * @param event what happened
   * @return completes when the event is recorded as durably as the configuration asks, with true if
   *     it was new and false if its key was there before. Acknowledge it to the network then, not
   *     earlier. Completes exceptionally if it could not be recorded: do not acknowledge
   */
  CompletionStage<Boolean> publish(ChatEvent event);

  /**
   * Tells the state of the account. Online means that the network has answered a probe, that the
   * configured rooms were asked for, and that what was missed has been published; or, where that
   * takes long, that each conversation waits for what was missed in it.
   *
   * @param state the new state
   */
  void report(AccountState state);

  /**
   * The newest event recorded in a conversation, to catch up from. Its time is no later than the
   * bot's own clock was when it was recorded, whatever the network's stamp says. What is read from
   * a history ({@link Origin.Delivery#CATCH_UP}) does not move it back. A live event may, by as
   * much as the server's clock is behind; and so may a start, by a day at most, if the time was
   * ahead of the bot's clock.
   *
   * @param where the conversation; threads count as their room
   * @return its origin; empty if nothing was recorded, or if the configuration records nothing
   */
  Optional<Origin> lastSeen(Conversation where);

  /**
   * Since when it is not known what has become of some of the account's actions: what {@link
   * Adapter#lookUp} will be asked for, once the account is online, was not handed over earlier. An
   * adapter that reads its network's history anyway may gather the answers on the way.
   *
   * @return the earliest {@link Outgoing#handedAt} of these; empty if nothing is in doubt now
   */
  default Optional<Instant> inDoubtSince() {
    return Optional.empty();
  }

  /**
   * What a person could type next, for networks that can offer it: commands and their arguments, as
   * far as that person may use them. Quick; runs no plugin code but its suggestions.
   *
   * @param where the conversation that they type in
   * @param who who types
   * @param line what they have typed, up to the cursor
   * @return what could stand in place of the last word of the line, prefix and all, best first;
   *     empty if nothing fits
   */
  default List<String> complete(Conversation where, Member who, String line) {
    return List.of();
  }

  /**
   * The commands that somebody may call, as forms, for networks that show them so.
   *
   * @param where the conversation that they would call them in
   * @param who who asks
   * @return by name; empty if there are none
   */
  default List<CommandForm> commands(Conversation where, Member who) {
    return List.of();
  }

  /**
   * Looks for one command by its name, for somebody who is about to call it. If they may not, that
   * leaves an audit line.
   *
   * @param where the conversation that they would call it in
   * @param who who asks
   * @param name as {@link CommandForm#info} names it
   * @return the command, or why there is none for them
   */
  default CommandLookup command(Conversation where, Member who, String name) {
    return new CommandLookup.Unknown();
  }

  /**
   * Leaves an audit line: somebody tried what the adapter itself refuses, for example to answer
   * another's question.
   *
   * @param where in which conversation
   * @param who who tried
   * @param what what they tried, in one line; encoded by the core
   * @param reason why it was refused
   */
  default void refused(Conversation where, Member who, String what, String reason) {}

  /**
   * Serves a call of a procedure by somebody on the network. The access list of the configuration
   * is asked here; the adapter only says who calls.
   *
   * @param call what was called
   * @return completes with the result, on any thread, exceptionally with a {@link
   *     dev.owlery.api.procedure.ProcedureException}; always within the configuration's patience
   */
  default CompletionStage<Value> serve(ProcedureCall call) {
    return CompletableFuture.failedStage(
        new ProcedureException(
            ProcedureException.Reason.UNKNOWN, 0, "there is no procedure " + call.method()));
  }

  /**
   * Whether anybody may call procedures through this account: if not, the adapter does not announce
   * that it serves them.
   *
   * @return true if the configuration's access list names any caller of this account
   */
  default boolean servesProcedures() {
    return false;
  }

  /**
   * The bot's HTTP listener, for networks that deliver by it. The adapter ends its routes when it
   * is closed.
   *
   * @return the listener
   */
  default Http http() {
    throw new IllegalStateException("there is no HTTP listener here");
  }

  /**
   * What the adapter wants to remember over restarts, such as rate limits. Each write is a
   * transaction of its own.
   *
   * @return the account's own store
   */
  Store memory();
}
