package dev.owlery.adapter.xmpp;

import dev.owlery.adapter.xmpp.chat.ArchiveMarks;
import dev.owlery.adapter.xmpp.chat.MessageIds;
import dev.owlery.adapter.xmpp.chat.SessionParts;
import dev.owlery.adapter.xmpp.chat.XmppRooms;
import dev.owlery.adapter.xmpp.chat.XmppSession;
import dev.owlery.adapter.xmpp.file.UploadTransport;
import dev.owlery.adapter.xmpp.link.XmppExtension;
import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.adapter.xmpp.link.XmppSettings;
import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.adapter.xmpp.text.XmppErrorText;
import dev.owlery.adapter.xmpp.wire.OtherHost;
import dev.owlery.adapter.xmpp.wire.SmackSetup;
import dev.owlery.api.action.Action;
import dev.owlery.api.action.Join;
import dev.owlery.api.action.Leave;
import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.AccountState.RoomState;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.adapter.Door;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.ProcedureRequest;
import dev.owlery.api.procedure.Value;
import dev.owlery.api.settings.Secret;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.Jid;

/**
 * One account on an XMPP server. Keeps what outlives a connection (the rooms, the state), and gives
 * the rest to the {@link XmppSession} of the moment.
 */
final class XmppAdapter implements Adapter {
  private final XmppSettings settings;
  private final AdapterContext context;
  private final XmppIdentity identity;
  private final XmppRooms rooms = new XmppRooms();
  private final XmppOutbound outbound;
  private final List<XmppExtension> extensions;
  private final List<FileTransport> transports;
  private final ConnectionLoop loop;
  private volatile Runnable more = () -> {};
  private AccountState lastReported = new AccountState(Phase.CONNECTING, "not started");

  XmppAdapter(XmppSettings settings, AdapterContext context) {
    SmackSetup.ensure();
    this.settings = settings;
    this.context = context;
    EntityBareJid own = XmppIdentity.account(settings.jid());
    identity = new XmppIdentity(context.account(), own);
    for (String room : settings.rooms()) {
      String[] parts = room.split(" ", 2);
      rooms.want(
          XmppIdentity.account(parts[0]).toString(),
          parts.length > 1 ? Optional.of(parts[1]) : Optional.empty(),
          true);
    }
    MessageIds references = new MessageIds();
    outbound = new XmppOutbound(settings, rooms, references);
    extensions = XmppExtensions.of(settings, context, this);
    transports =
        Stream.concat(
                extensions.stream().flatMap(extension -> extension.transports().stream()),
                Stream.of(new UploadTransport(settings, this::onlineSession, this)))
            .toList();
    loop =
        new ConnectionLoop(
            new SessionParts(
                settings,
                context,
                identity,
                rooms,
                references,
                new ArchiveMarks(context.memory(), context.clock()),
                extensions,
                new OtherHost(settings),
                this::changed),
            this::report);
  }

  private ConnectionLoop loop() {
    return loop;
  }

  private void changed() {
    loop.changed();
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
      context.report(state);
    }
  }

  @Override
  public Member self() {
    String nick =
        rooms.joined().stream()
            .findFirst()
            .map(rooms::nick)
            .or(settings::nick)
            .orElseGet(() -> identity.own().getLocalpart().toString());
    return identity.self(nick);
  }

  @Override
  public Set<Capability> capabilities() {
    EnumSet<Capability> all =
        EnumSet.of(
            Capability.ROOMS,
            Capability.RICH_TEXT,
            Capability.EDIT,
            Capability.DELETE,
            Capability.THREADS,
            Capability.REPLIES,
            Capability.REACTIONS,
            Capability.SUBJECT,
            Capability.PRESENCE);
    boolean hasArchive =
        loop.session().map(session -> session.features().hasArchive()).orElse(false);
    if (hasArchive) {
      all.add(Capability.LOOK_UP);
    }
    extensions.forEach(extension -> all.addAll(extension.capabilities()));
    return all;
  }

  @Override
  public Conversation locate(String room) {
    boolean isServer = isOurServer(room);
    String full = room.isEmpty() || room.contains("@") || isServer ? room : atHome(room);
    Jid address = XmppIdentity.address(full);
    if (!address.isEntityBareJid() && !address.isEntityFullJid() && !isServer) {
      throw new IllegalArgumentException(
          "an XMPP address has a name and a domain, not \"" + XmppErrorText.line(room) + "\"");
    }
    String bare = address.asBareJid().toString();
    boolean isRoom = rooms.isKnown(bare) || isRoomService(address.getDomain().toString());
    if (address.hasResource()) {
      // Inside a room that is somebody; elsewhere which of somebody's clients does not matter.
      return Conversation.direct(context.account(), isRoom ? address.toString() : bare);
    }
    return isRoom
        ? Conversation.room(context.account(), bare)
        : Conversation.direct(context.account(), bare);
  }

  /** The server itself and its services (gateways) write to us, too, and have no name. */
  private boolean isOurServer(String name) {
    String domain = identity.own().getDomain().toString();
    return name.equals(domain) || (name.endsWith("." + domain) && !name.contains("@"));
  }

  /** A name alone is somebody on our own server; only gateways to IRC have rooms with a #. */
  private String atHome(String name) {
    if (name.contains("#")) {
      throw new IllegalArgumentException(
          "not an XMPP address: \"" + XmppErrorText.line(name) + "\"");
    }
    return name + "@" + identity.own().getDomain();
  }

  private boolean isRoomService(String domain) {
    return loop.session().map(session -> session.features().isRoomService(domain)).orElse(false)
        || domain.matches("(conference|rooms?|muc|chat)\\..+");
  }

  @Override
  public List<Action> divide(Action action) {
    return outbound.divide(action);
  }

  @Override
  public CompletionStage<Outcome> perform(Outgoing outgoing) {
    Optional<XmppSession> session = onlineSession();
    if (session.isEmpty()) {
      return CompletableFuture.completedFuture(offline(outgoing.action()));
    }
    return first(extension -> extension.perform(outgoing))
        .orElseGet(() -> outbound.perform(outgoing, session.get()));
  }

  @Override
  public int demand() {
    if (settings.flood().burst() == 0) {
      return Integer.MAX_VALUE;
    }
    return onlineSession().map(session -> session.queue().demand(more)).orElse(Integer.MAX_VALUE);
  }

  @Override
  public void onDemand(Runnable whoWaits) {
    more = whoWaits;
  }

  private Optional<XmppSession> onlineSession() {
    return loop().session().filter(XmppSession::isOnline);
  }

  private Outcome offline(Action action) {
    if (action instanceof Leave leave) {
      rooms.unwant(leave.where().room());
      return Outcome.DELIVERED;
    }
    if (action instanceof Join join) {
      rooms.want(join.where().room(), join.password().map(Secret::reveal), true);
    }
    return new Outcome.NotSent(Duration.ZERO, "not connected");
  }

  @Override
  public CompletionStage<Outcome> lookUp(Outgoing outgoing) {
    return onlineSession()
        .map(session ->
            first(extension -> extension.lookUp(outgoing))
                .orElseGet(() -> outbound.lookUp(outgoing, session)))
        .orElseGet(() -> CompletableFuture.completedFuture(new Outcome.Doubtful("not connected")));
  }

  @Override
  public List<Conversation> rooms() {
    return rooms.joined().stream().map(name -> Conversation.room(context.account(), name)).toList();
  }

  @Override
  public List<Member> members(Conversation room) {
    String address = room.room();
    String own = rooms.nick(address);
    return rooms.occupants(address).stream()
        .map(occupant ->
            occupant.nick().equals(own)
                ? identity.self(own)
                : identity.occupant(
                    Markup.clean(occupant.nick()), rooms.believed(address, occupant.real())))
        .toList();
  }

  /** The first extension that says that something is for it. */
  private <T> Optional<T> first(Function<XmppExtension, Optional<T>> question) {
    return extensions.stream().map(question).flatMap(Optional::stream).findFirst();
  }

  @Override
  public Set<String> topics() {
    return extensions.stream()
        .flatMap(extension -> extension.topics().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<FileTransport> transports() {
    return transports;
  }

  @Override
  public CompletionStage<Value> call(ProcedureRequest request) {
    return first(extension -> extension.call(request))
        .orElseGet(() ->
            CompletableFuture.failedStage(
                new ProcedureException(
                    ProcedureException.Reason.UNKNOWN, 0, "this account carries no procedures")));
  }

  @Override
  public <D extends Door> Optional<D> door(Class<D> type) {
    return first(extension -> extension.door(type));
  }

  @Override
  public void close() {
    loop.close();
  }
}
