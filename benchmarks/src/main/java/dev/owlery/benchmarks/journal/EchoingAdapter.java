package dev.owlery.benchmarks.journal;

import dev.owlery.api.action.Action;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** An adapter without a network: what it is given ends as it is told. */
record EchoingAdapter(Conversation room, Function<Outgoing, CompletionStage<Outcome>> network)
    implements Adapter {

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
  public Conversation locate(String name) {
    return room;
  }

  @Override
  public List<Action> divide(Action action) {
    return List.of(action);
  }

  @Override
  public CompletionStage<Outcome> perform(Outgoing outgoing) {
    return network.apply(outgoing);
  }

  @Override
  public CompletionStage<Outcome> lookUp(Outgoing outgoing) {
    return network.apply(outgoing);
  }

  @Override
  public List<Conversation> rooms() {
    return List.of(room);
  }

  @Override
  public void close() {}
}
