package dev.owlery.adapter.irc;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Join;
import dev.owlery.api.action.Leave;
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
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.settings.Secret;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One account on one IRC network. Keeps what outlives a connection (the rooms, the state), and
 * gives the rest to the {@link IrcSession} of the moment.
 */
final class IrcAdapter implements Adapter {
  /** The key under which the server's case mapping is remembered, so that names stay the same. */
  private static final String CASE_MAPPING = "case-mapping";

  private final IrcSettings settings;
  private final AdapterContext context;
  private final IrcRooms rooms;
  private final IrcOutbound outbound;
  private final Dcc dcc;
  private final ConnectionLoop loop;
  private volatile Runnable more = () -> {};
  private AccountState lastReported = new AccountState(Phase.CONNECTING, "not started");

  IrcAdapter(IrcSettings settings, AdapterContext context) {
    this.settings = settings;
    this.context = context;
    // Until the server has told its mapping only letters are folded, which all of them do.
    CaseMapping mapping =
        context.memory().get(CASE_MAPPING).map(CaseMapping::of).orElse(CaseMapping.ASCII);
    rooms = new IrcRooms(mapping);
    for (String room : settings.rooms()) {
      String[] parts = room.split(" ", 2);
      rooms.want(parts[0], parts.length > 1 ? Optional.of(parts[1]) : Optional.empty());
    }
    outbound = new IrcOutbound(settings, rooms);
    dcc = new Dcc(settings.dcc(), context, this::line);
    loop = new ConnectionLoop(settings, context, rooms, dcc, this::report);
  }

  @Override
  public void start() {
    loop.start();
  }

  /** One state at a time, as the loop reports them; may wait, so no lock is held. */
  private void report(AccountState reported) {
    Map<Conversation, RoomState> states = new HashMap<>();
    rooms
        .states()
        .forEach((name, state) -> states.put(Conversation.room(context.account(), name), state));
    AccountState state = reported.withRooms(states);
    if (!state.equals(lastReported)) {
      lastReported = state;
      if (state.phase() == Phase.ONLINE) {
        remember();
      }
      context.report(state);
    }
  }

  private void remember() {
    loop.session()
        .map(session -> session.facts().features().tokens().getOrDefault("CASEMAPPING", "rfc1459"))
        .filter(name -> !context.memory().get(CASE_MAPPING).equals(Optional.of(name)))
        .ifPresent(name -> context.memory().put(CASE_MAPPING, name));
  }

  @Override
  public Member self() {
    return loop.session().map(IrcSession::self).orElseGet(() -> Member.self(settings.nick()));
  }

  @Override
  public Set<Capability> capabilities() {
    EnumSet<Capability> all =
        EnumSet.of(Capability.ROOMS, Capability.RICH_TEXT, Capability.SUBJECT, Capability.PRESENCE);
    boolean hasHistory =
        loop.session().map(IrcSession::facts).filter(SessionFacts::canReplay).isPresent();
    if (hasHistory) {
      all.add(Capability.LOOK_UP);
    }
    return all;
  }

  @Override
  public Conversation locate(String room) {
    String name = OutboundLine.checkTarget(room);
    ServerFeatures features =
        loop.session().map(session -> session.facts().features()).orElse(ServerFeatures.NONE);
    rooms.spelt(name);
    String canonical = rooms.fold(name);
    return features.isRoom(features.withoutStatus(name))
        ? Conversation.room(context.account(), canonical)
        : Conversation.direct(context.account(), canonical);
  }

  @Override
  public List<Action> divide(Action action) {
    return outbound.divide(action);
  }

  @Override
  public CompletionStage<Outcome> perform(Outgoing outgoing) {
    Optional<IrcSession> session = loop.session().filter(IrcSession::isWelcomed);
    if (session.isPresent()) {
      return outbound.perform(outgoing, session.get());
    }
    return CompletableFuture.completedFuture(offline(outgoing.action()));
  }

  @Override
  public int demand() {
    if (settings.flood().burst() == 0) {
      return Integer.MAX_VALUE;
    }
    return loop.session()
        .filter(IrcSession::isWelcomed)
        .map(session -> session.demand(more))
        .orElse(Integer.MAX_VALUE);
  }

  @Override
  public void onDemand(Runnable whoWaits) {
    more = whoWaits;
  }

  private Outcome offline(Action action) {
    if (action instanceof Leave leave) {
      rooms.unwant(leave.where().room());
      return Outcome.DELIVERED;
    }
    if (action instanceof Join join) {
      rooms.want(join.where().room(), join.password().map(Secret::reveal));
    }
    return new Outcome.NotSent(Duration.ZERO, "not connected");
  }

  @Override
  public CompletionStage<Outcome> lookUp(Outgoing outgoing) {
    return CompletableFuture.completedFuture(
        loop.session()
            .filter(IrcSession::isOnline)
            .map(session -> outbound.lookUp(outgoing, session))
            .orElseGet(() -> new Outcome.Doubtful("not connected")));
  }

  @Override
  public List<Conversation> rooms() {
    return rooms.joined().stream().map(name -> Conversation.room(context.account(), name)).toList();
  }

  @Override
  public List<Member> members(Conversation room) {
    Optional<IrcSession> current = loop.session();
    if (current.isEmpty()) {
      return List.of();
    }
    IrcSession session = current.get();
    String name = session.facts().features().withoutStatus(room.room());
    return rooms.members(name).stream()
        .map(person ->
            session.facts().isOurs(person.prefix().nick())
                ? session.self()
                : session.identity().member(person))
        .toList();
  }

  @Override
  public List<FileTransport> transports() {
    return List.of(dcc);
  }

  private Optional<Dcc.DccChannel> line() {
    return loop.session().filter(IrcSession::isOnline).map(SessionLine::new);
  }

  /** The connection of the moment, for files. */
  private final class SessionLine implements Dcc.DccChannel {
    private final IrcSession session;

    SessionLine(IrcSession session) {
      this.session = session;
    }

    @Override
    public CompletionStage<Outcome> say(String verb, String nick, String text) {
      OutboundLine said = OutboundLine.of(verb, OutboundLine.checkTarget(rooms.wire(nick)), text);
      return session.perform(said, rooms.fold(nick), text, "");
    }

    @Override
    public InetAddress address() {
      return session.localAddress();
    }

    @Override
    public String fold(String nick) {
      return rooms.fold(nick);
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
