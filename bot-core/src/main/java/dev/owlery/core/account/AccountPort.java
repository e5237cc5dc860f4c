package dev.owlery.core.account;

import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AdapterContext;
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
import dev.owlery.api.procedure.Value;
import dev.owlery.core.permission.Audit;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The core's side of one account, given to its adapter.
 *
 * @param account whose
 * @param product the program's name and version
 * @param clock the time
 * @param memory the account's own store
 * @param http the bot's HTTP listener
 * @param ring what the account's calls lead to
 */
public record AccountPort(
    AccountId account, String product, Clock clock, Store memory, Http http, CoreServices ring)
    implements AdapterContext {

  /** What accounts reach in the core. Every method may be called from any thread. */
  public interface CoreServices {

    /**
     * Records an event and hands it to its lane.
     *
     * @param event what happened
     * @return as {@link AdapterContext#publish}
     */
    CompletionStage<Boolean> publish(ChatEvent event);

    /**
     * Takes note of an account's state.
     *
     * @param account whose
     * @param state the new state
     */
    void report(AccountId account, AccountState state);

    /**
     * The newest event of a conversation.
     *
     * @param where the conversation
     * @return as {@link AdapterContext#lastSeen}
     */
    Optional<Origin> lastSeen(Conversation where);

    /**
     * Since when it is not known what has become of some of an account's actions.
     *
     * @param account whose
     * @return as {@link AdapterContext#inDoubtSince}
     */
    Optional<Instant> inDoubtSince(AccountId account);

    /**
     * What a person could type next.
     *
     * @param where the conversation
     * @param who who types
     * @param line what they have typed
     * @return as {@link AdapterContext#complete}
     */
    List<String> complete(Conversation where, Member who, String line);

    /**
     * The commands that somebody may call, as forms.
     *
     * @param where the conversation
     * @param who who asks
     * @return as {@link AdapterContext#commands}
     */
    List<CommandForm> commands(Conversation where, Member who);

    /**
     * Looks for one command.
     *
     * @param where the conversation
     * @param who who asks
     * @param name its name
     * @return as {@link AdapterContext#command}
     */
    CommandLookup command(Conversation where, Member who, String name);

    /**
     * Serves a call of a procedure.
     *
     * @param call who called what
     * @return as {@link AdapterContext#serve}
     */
    CompletionStage<Value> serve(ProcedureCall call);

    /**
     * Whether anybody may call procedures.
     *
     * @param account through which account
     * @return as {@link AdapterContext#servesProcedures}
     */
    boolean servesProcedures(AccountId account);
  }

  @Override
  public CompletionStage<Boolean> publish(ChatEvent event) {
    return ring.publish(event);
  }

  @Override
  public void report(AccountState state) {
    ring.report(account, state);
  }

  @Override
  public Optional<Origin> lastSeen(Conversation where) {
    return ring.lastSeen(where);
  }

  @Override
  public Optional<Instant> inDoubtSince() {
    return ring.inDoubtSince(account);
  }

  @Override
  public List<String> complete(Conversation where, Member who, String line) {
    return ring.complete(where, who, line);
  }

  @Override
  public CommandLookup command(Conversation where, Member who, String name) {
    return ring.command(where, who, name);
  }

  @Override
  public void refused(Conversation where, Member who, String what, String reason) {
    Audit.refused(who, where, "none", what, reason);
  }

  @Override
  public List<CommandForm> commands(Conversation where, Member who) {
    return ring.commands(where, who);
  }

  @Override
  public CompletionStage<Value> serve(ProcedureCall call) {
    return ring.serve(call);
  }

  @Override
  public boolean servesProcedures() {
    return ring.servesProcedures(account);
  }
}
