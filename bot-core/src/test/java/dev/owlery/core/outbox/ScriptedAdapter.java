package dev.owlery.core.outbox;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A network that does what the test says, and remembers what it was asked. */
final class ScriptedAdapter implements Adapter {

  final List<String> performed = Collections.synchronizedList(new ArrayList<>());
  final List<String> lookedUp = Collections.synchronizedList(new ArrayList<>());
  final Map<String, CompletableFuture<Outcome>> pending = new ConcurrentHashMap<>();
  final AccountId account;

  /** What becomes of an attempt; by default it is delivered at once. */
  volatile Function<Outgoing, CompletionStage<Outcome>> onPerform =
      outgoing -> CompletableFuture.completedFuture(Outcome.DELIVERED);

  volatile Function<Outgoing, CompletionStage<Outcome>> onLookUp =
      outgoing -> CompletableFuture.completedFuture(new Outcome.Doubtful("cannot look back"));

  /** How many more it asks for; each action that it is given takes one. */
  private int demand = Integer.MAX_VALUE;

  private Runnable more = () -> {};

  ScriptedAdapter(AccountId account) {
    this.account = account;
  }

  /** Leaves attempts open until the test settles them with {@link #settle}. */
  void holdEverything() {
    onPerform =
        outgoing -> pending.computeIfAbsent(text(outgoing), key -> new CompletableFuture<>());
  }

  void settle(String text, Outcome outcome) {
    pending.remove(text).complete(outcome);
  }

  static String text(Outgoing outgoing) {
    return outgoing.action() instanceof Say say
        ? say.content().plain()
        : outgoing.action().getClass().getSimpleName();
  }

  /** Asks for so many more. */
  void demands(int actions) {
    synchronized (this) {
      demand = actions;
    }
    more.run();
  }

  @Override
  public synchronized int demand() {
    return demand;
  }

  @Override
  public void onDemand(Runnable whoWaits) {
    more = whoWaits;
  }

  @Override
  public CompletionStage<Outcome> perform(Outgoing outgoing) {
    performed.add(text(outgoing));
    synchronized (this) {
      demand -= demand == Integer.MAX_VALUE ? 0 : 1;
    }
    return onPerform.apply(outgoing);
  }

  @Override
  public CompletionStage<Outcome> lookUp(Outgoing outgoing) {
    lookedUp.add(text(outgoing));
    return onLookUp.apply(outgoing);
  }

  @Override
  public void start() {}

  @Override
  public Member self() {
    return Member.self("owl");
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of();
  }

  @Override
  public Conversation locate(String room) {
    return Conversation.room(account, room);
  }

  @Override
  public List<Action> divide(Action action) {
    return List.of(action);
  }

  @Override
  public void close() {}
}
