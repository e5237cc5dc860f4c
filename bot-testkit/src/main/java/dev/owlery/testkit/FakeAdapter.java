package dev.owlery.testkit;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Join;
import dev.owlery.api.action.Leave;
import dev.owlery.api.action.OpenDirect;
import dev.owlery.api.action.PublishItem;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.AccountState.RoomState;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.command.CommandForm;
import dev.owlery.api.command.CommandLookup;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.MemberLeft;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.procedure.ProcedureCall;
import dev.owlery.api.procedure.ProcedureRequest;
import dev.owlery.api.procedure.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The bot's connection to a {@link FakeNetwork}: one for each start of the bot. */
final class FakeAdapter implements Adapter {

  private final FakeNetwork network;
  private final AdapterContext context;
  private final List<HeldOutcome> held = new ArrayList<>();
  private Phase phase = Phase.CONNECTING;

  private record HeldOutcome(CompletableFuture<Outcome> outcome, Outcome confirmed) {}

  FakeAdapter(FakeNetwork network, AdapterContext context) {
    this.network = network;
    this.context = context;
  }

  @Override
  public void start() {
    if (network.isReachable()) {
      connected();
    } else {
      report(Phase.CONNECTING, "the network is away");
    }
  }

  void connected() {
    if (phase() == Phase.CLOSED || phase() == Phase.ONLINE) {
      return;
    }
    network.spokenIn().forEach(this::catchUp);
    report(Phase.ONLINE, "");
  }

  void disconnected() {
    if (phase() != Phase.CLOSED) {
      report(Phase.CONNECTING, "the network is away");
      forsake();
    }
  }

  synchronized void cut() {
    phase = Phase.CLOSED;
  }

  private void catchUp(Conversation where) {
    network.missedSince(context.lastSeen(where), where).stream()
        .map(FakeAdapter::asHistory)
        .forEach(this::deliver);
  }

  private static MessagePosted asHistory(MessagePosted message) {
    return new MessagePosted(
        Origin.caughtUp(message.origin().key(), message.origin().at()),
        message.where(),
        message.sender(),
        message.content(),
        message.tone(),
        message.id(),
        message.replyTo());
  }

  /** Passes an event on, unless this connection is closed. */
  boolean deliver(ChatEvent event) {
    if (phase() == Phase.CLOSED) {
      return false;
    }
    network.recording(context.publish(event));
    return true;
  }

  List<CommandForm> offered(Conversation where, Member who) {
    return context.commands(where, who);
  }

  CommandLookup lookUp(Conversation where, Member who, String name) {
    return context.command(where, who, name);
  }

  @Override
  public Member self() {
    return network.self();
  }

  @Override
  public Set<Capability> capabilities() {
    return network.capabilities();
  }

  @Override
  public Conversation locate(String room) {
    if (room.isBlank()) {
      throw new IllegalArgumentException("a room has a name");
    }
    return network.conversation(room);
  }

  @Override
  public List<Action> divide(Action action) {
    int longest = network.longest();
    if (!(action instanceof Say say) || say.content().plain().length() <= longest) {
      return List.of(action);
    }
    List<Action> parts = new ArrayList<>();
    String text = say.content().plain();
    for (int from = 0; from < text.length(); from += longest) {
      String part = text.substring(from, Math.min(text.length(), from + longest));
      parts.add(new Say(say.where(), Content.of(part), say.tone(), say.replyTo()));
    }
    return parts;
  }

  @Override
  public CompletionStage<Outcome> perform(Outgoing outgoing) {
    boolean early = outgoing.action() instanceof Join || outgoing.action() instanceof Leave;
    if (phase() != Phase.ONLINE && !early) {
      return done(new Outcome.NotSent(Duration.ZERO, "offline"));
    }
    return network
        .nextFault()
        .map(fault -> spoilt(fault, outgoing))
        .orElseGet(() -> done(carryOut(outgoing)));
  }

  private CompletionStage<Outcome> spoilt(NetworkFailure fault, Outgoing outgoing) {
    return switch (fault) {
      case NetworkFailure.Refused refused -> done(Outcome.refused(refused.reason()));
      case NetworkFailure.NotSent later -> done(new Outcome.NotSent(later.after(), "not now"));
      case NetworkFailure.Lost() -> done(new Outcome.Doubtful("no answer"));
      case NetworkFailure.Unconfirmed() -> {
        carryOut(outgoing);
        yield done(new Outcome.Doubtful("no answer"));
      }
      case NetworkFailure.HeldConfirmation() -> hold(carryOut(outgoing));
      case NetworkFailure.Broken() ->
          CompletableFuture.failedStage(new IllegalStateException("the adapter is broken"));
    };
  }

  private Outcome carryOut(Outgoing outgoing) {
    Action action = outgoing.action();
    return network
        .hear(this, outgoing.token(), action)
        .<Outcome>map(heard -> new Outcome.Settled(Receipt.delivered(follow(action, heard.id()))))
        .orElseGet(() -> new Outcome.NotSent(Duration.ZERO, "cut off"));
  }

  /** What an action leads to; returns the id of what it made. */
  private MessageId follow(Action action, MessageId heard) {
    switch (action) {
      case Join join -> entered(join.where());
      case Leave leave -> left(leave);
      case PublishItem publish -> network.publishes(publish.topic(), publish.item());
      case OpenDirect open -> {
        return new MessageId(network.conversation(open.members().getFirst()).address());
      }
      default -> {}
    }
    return heard;
  }

  private void entered(Conversation room) {
    if (network.enters(room, network.self())) {
      report(phase(), "");
      deliver(new MemberJoined(network.nextOrigin(), room, network.self()));
    }
  }

  private void left(Leave leave) {
    if (network.exits(leave.where(), network.self().handle())) {
      report(phase(), "");
      deliver(
          new MemberLeft(
              network.nextOrigin(),
              leave.where(),
              network.self(),
              MemberLeft.How.LEFT,
              leave.reason()));
    }
  }

  private synchronized CompletionStage<Outcome> hold(Outcome confirmed) {
    HeldOutcome fresh = new HeldOutcome(new CompletableFuture<>(), confirmed);
    held.add(fresh);
    return fresh.outcome();
  }

  void release() {
    taken().forEach(each -> each.outcome().complete(each.confirmed()));
  }

  private void forsake() {
    taken()
        .forEach(each -> each.outcome().complete(new Outcome.Doubtful("the connection is gone")));
  }

  private synchronized List<HeldOutcome> taken() {
    List<HeldOutcome> all = List.copyOf(held);
    held.clear();
    return all;
  }

  @Override
  public CompletionStage<Outcome> lookUp(Outgoing outgoing) {
    if (!network.capabilities().contains(Capability.LOOK_UP)) {
      return done(new Outcome.Doubtful("this network cannot look anything up"));
    }
    Optional<FakeNetwork.PerformedAction> found = network.lookUp(outgoing.token());
    return done(
        found
            .<Outcome>map(there -> new Outcome.Settled(Receipt.delivered(there.id())))
            .orElseGet(() -> new Outcome.NotSent(Duration.ZERO, "it is not there")));
  }

  @Override
  public CompletionStage<Value> call(ProcedureRequest request) {
    return network.procedures().answer(request);
  }

  CompletionStage<Value> serve(ProcedureCall call) {
    return context.serve(call);
  }

  @Override
  public List<FileTransport> transports() {
    return capabilities().contains(Capability.FILES)
        ? List.of(network.files().transport())
        : List.of();
  }

  @Override
  public Set<String> topics() {
    return network.topics();
  }

  @Override
  public List<Conversation> rooms() {
    return network.roomsOf(network.self().handle());
  }

  @Override
  public List<Member> members(Conversation room) {
    return network.members(room);
  }

  @Override
  public void close() {
    report(Phase.CLOSED, "closed");
    forsake();
  }

  private synchronized Phase phase() {
    return phase;
  }

  private void report(Phase next, String detail) {
    synchronized (this) {
      phase = next;
    }
    context.report(
        new AccountState(
            next,
            detail,
            rooms().stream()
                .collect(Collectors.toMap(Function.identity(), room -> new RoomState(true, "")))));
  }

  private static CompletionStage<Outcome> done(Outcome outcome) {
    return CompletableFuture.completedStage(outcome);
  }
}
