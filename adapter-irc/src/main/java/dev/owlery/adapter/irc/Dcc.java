package dev.owlery.adapter.irc;

import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.FileRef;
import dev.owlery.api.event.FileOffered;
import dev.owlery.api.event.Origin;
import dev.owlery.api.file.FileSink;
import dev.owlery.api.file.FileSource;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.IncomingFile;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.TransferException.Reason;
import dev.owlery.api.http.AddressBlock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Files straight between the bot and another client, in both directions, active (whoever sends
 * listens) and passive (whoever receives does), resumed at the byte. Offers that others make are
 * published; connecting to where they say is left until somebody takes the offer, and only to
 * addresses that {@link DccWire} lets pass.
 */
final class Dcc implements FileTransport {
  static final String NAME = "dcc";

  private static final int MOST_OFFERS = 64;
  private static final int MOST_OF_ONE = 8;

  /** How the account talks now. */
  interface DccChannel {
    /** Sends text, and says what became of it. */
    CompletionStage<Outcome> say(String verb, String nick, String text);

    /** Where the bot is, seen from the server. */
    InetAddress address();

    /** A nick as the server compares it. */
    String fold(String nick);
  }

  /** Something that we sent, until somebody has come for it. */
  private record DccSend(
      String nick,
      DccMessage.Send offer,
      AtomicLong offset,
      CompletableFuture<DccMessage.Send> answer,
      CompletableFuture<TransferException> rejected) {}

  /** Something that was offered to us. */
  private record DccOffer(String nick, DccMessage.Send offer, CompletableFuture<Long> accepted) {}

  private final DccSettings settings;
  private final AdapterContext context;
  private final DccWire wire;
  private final Supplier<Optional<DccChannel>> line;
  private final List<DccSend> outgoing = new ArrayList<>();
  private final Map<String, DccOffer> offers = new LinkedHashMap<>();
  private final DccNotices notices;

  Dcc(DccSettings settings, AdapterContext context, Supplier<Optional<DccChannel>> line) {
    this.settings = settings;
    this.context = context;
    this.wire = new DccWire(settings);
    this.line = line;
    this.notices = new DccNotices(context.clock(), line);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean canReach(Conversation to) throws IOException {
    if (to.isDirect() && !settings.enabled()) {
      throw new TransferException(Reason.UNREACHABLE, "dcc.enabled is not set for this account");
    }
    return to.isDirect() && online() != null;
  }

  private DccChannel online() throws IOException {
    return line.get().orElseThrow(() -> new IOException("not connected"));
  }

  /**
   * Somebody said something about a file. For the thread that reads the connection.
   *
   * @param sender who; only directly to us, and only now
   * @param nick as the server compares it
   * @param text behind {@code DCC}
   */
  void heard(Member sender, String nick, String text) {
    Optional<DccMessage> read = DccMessage.read(text);
    if (read.isEmpty()) {
      notices.declineChat(nick, text);
      return;
    }
    if (!settings.enabled()) {
      if (read.get() instanceof DccMessage.Send send) {
        notices.turnDown(nick, send.name(), DccNotices.OFF);
      }
      return;
    }
    switch (read.get()) {
      case DccMessage.Send send -> {
        if (!answered(nick, send)) {
          offered(sender, nick, send);
        }
      }
      case DccMessage.Resume resume -> resumed(nick, resume);
      case DccMessage.Accept accept ->
          offerOf(nick, accept).ifPresent(offer -> offer.accepted.complete(accept.position()));
      case DccMessage.Reject reject ->
          rejected(
              nick,
              reject,
              offer -> new TransferException(Reason.REFUSED, "they do not want it, or no files"));
      case DccMessage.Unreachable unreachable ->
          rejected(
              nick,
              unreachable,
              offer ->
                  new TransferException(
                      Reason.UNREACHABLE,
                      "they cannot connect to "
                          + offer.address().getHostAddress()
                          + ":"
                          + offer.port()
                          + " (dcc.address and dcc.ports say where, dcc.passive = true lets them"
                          + " listen)"));
    }
  }

  /** A passive offer of ours is taken: the other side listens now. */
  private synchronized boolean answered(String nick, DccMessage.Send send) {
    return outgoing.stream()
        .filter(each -> each.nick.equals(nick) && each.offer.port() == 0)
        .filter(each -> send.port() > 0 && each.offer.token().equals(send.token()))
        .anyMatch(each -> each.answer.complete(send));
  }

  private synchronized void resumed(String nick, DccMessage.Resume resume) {
    for (DccSend each : outgoing) {
      if (each.nick.equals(nick)
          && each.offer.port() == resume.port()
          && each.offer.token().equals(resume.token())
          && resume.position() <= each.offer.size()) {
        each.offset.set(resume.position());
        DccMessage accept =
            new DccMessage.Accept(resume.name(), resume.port(), resume.position(), resume.token());
        line.get().ifPresent(now -> now.say("PRIVMSG", nick, accept.written()));
      }
    }
  }

  private synchronized void rejected(
      String nick, DccMessage answer, Function<DccMessage.Send, TransferException> why) {
    for (DccSend each : outgoing) {
      if (each.nick.equals(nick) && each.offer.name().equals(answer.name())) {
        each.rejected.complete(why.apply(each.offer));
      }
    }
  }

  private synchronized Optional<DccOffer> offerOf(String nick, DccMessage.Accept accept) {
    return offers.values().stream()
        .filter(each -> each.nick.equals(nick) && each.offer.port() == accept.port())
        .filter(each -> each.offer.token().equals(accept.token()))
        .findFirst();
  }

  private void offered(Member sender, String nick, DccMessage.Send send) {
    boolean passive = send.port() == 0;
    if (passive && send.token().isEmpty()) {
      return;
    }
    String id = UUID.randomUUID().toString();
    Optional<DccOffer> givenUp;
    boolean isKept;
    synchronized (this) {
      givenUp = keep(id, new DccOffer(nick, send, new CompletableFuture<>()));
      isKept = offers.containsKey(id);
    }
    givenUp.ifPresent(each -> notices.turnDown(each.nick, each.offer.name(), DccNotices.TOO_MANY));
    if (!isKept) {
      return;
    }
    context.publish(
        new FileOffered(
            new Origin("dcc-" + id, context.clock().instant(), Origin.Delivery.LIVE),
            Conversation.direct(context.account(), nick),
            sender,
            NAME,
            id,
            new FileRef(
                IrcMarkup.plain(send.name()),
                Optional.empty(),
                OptionalLong.of(send.size()),
                Optional.empty(),
                Optional.empty())));
  }

  /** Keeps an offer if there is room; returns the one that is given up for want of it. */
  private Optional<DccOffer> keep(String id, DccOffer offered) {
    long ofOne = offers.values().stream().filter(each -> each.nick.equals(offered.nick)).count();
    if (ofOne >= MOST_OF_ONE) {
      return Optional.of(offered);
    }
    Optional<DccOffer> eldest =
        offers.size() >= MOST_OFFERS
            ? Optional.ofNullable(offers.remove(offers.keySet().iterator().next()))
            : Optional.empty();
    offers.put(id, offered);
    return eldest;
  }

  @Override
  public void send(OutgoingFile file, FileSource source) throws IOException, InterruptedException {
    try {
      offer(file, source);
    } catch (IOException e) {
      DccWait.checkInterrupted(e);
    }
  }

  private void offer(OutgoingFile file, FileSource source)
      throws IOException, InterruptedException {
    DccChannel now = online();
    try (ServerSocket server = settings.passive() ? new ServerSocket() : wire.listen()) {
      boolean passive = settings.passive();
      DccSend mine =
          new DccSend(
              now.fold(file.to().room()),
              new DccMessage.Send(
                  file.name(),
                  ownAddress(now),
                  passive ? 0 : server.getLocalPort(),
                  file.size(),
                  passive ? Integer.toString(ThreadLocalRandom.current().nextInt(1, 1 << 30)) : ""),
              new AtomicLong(),
              new CompletableFuture<>(),
              new CompletableFuture<>());
      keep(mine);
      try {
        var _ = mine.rejected.thenRun(() -> close(server));
        DccWait.told(now.say("PRIVMSG", mine.nick, mine.offer.written()));
        try (Socket socket = passive ? called(mine) : wire.accept(server)) {
          DccStream.send(socket, source, mine.offset.get(), file.size());
        }
      } catch (IOException e) {
        throw mine.rejected.isDone() ? mine.rejected.join() : e;
      } finally {
        forget(mine);
      }
    }
  }

  private static void close(ServerSocket server) {
    try {
      server.close();
    } catch (IOException closedAnyhow) {
      // It was to be closed.
      return;
    }
  }

  private synchronized void keep(DccSend mine) {
    outgoing.add(mine);
  }

  private synchronized void forget(DccSend mine) {
    outgoing.remove(mine);
  }

  /** The other side says where it listens. */
  private Socket called(DccSend mine) throws IOException, InterruptedException {
    CompletableFuture<Object> first = CompletableFuture.anyOf(mine.answer, mine.rejected);
    Object answer = DccWait.await(first, settings.patience(), "the offer was not accepted");
    if (answer instanceof DccMessage.Send where) {
      return wire.connect(where.address(), where.port());
    }
    throw mine.rejected.join();
  }

  private InetAddress ownAddress(DccChannel now) {
    return settings.address().flatMap(AddressBlock::numeric).orElseGet(now::address);
  }

  @Override
  public void receive(IncomingFile file, FileSink sink) throws IOException, InterruptedException {
    DccOffer offered;
    synchronized (this) {
      offered = offers.get(file.offer());
    }
    if (offered == null) {
      throw new TransferException(Reason.REFUSED, "the offer is not there any more");
    }
    try {
      take(offered, sink);
    } catch (IOException e) {
      DccWait.checkInterrupted(e);
    } finally {
      synchronized (this) {
        offers.remove(file.offer());
      }
    }
  }

  private void take(DccOffer offered, FileSink sink) throws IOException, InterruptedException {
    DccMessage.Send offer = offered.offer;
    DccChannel now = online();
    long offset = sink.offset();
    if (offset > 0 && offset < offer.size()) {
      DccMessage resume = new DccMessage.Resume(offer.name(), offer.port(), offset, offer.token());
      DccWait.told(now.say("PRIVMSG", offered.nick, resume.written()));
      long agreed =
          DccWait.await(offered.accepted, DccWait.ANSWER, "they do not go on where it broke off");
      if (agreed > offset) {
        throw new IOException("they begin behind what is here");
      }
      offset = agreed;
    } else {
      offset = 0;
    }
    if (offer.port() > 0) {
      try (Socket socket = connected(offered)) {
        DccStream.receive(socket, sink, offset, offer.size());
      }
      return;
    }
    try (ServerSocket server = wire.listen()) {
      DccMessage here =
          new DccMessage.Send(
              offer.name(), ownAddress(now), server.getLocalPort(), offer.size(), offer.token());
      DccWait.told(now.say("PRIVMSG", offered.nick, here.written()));
      try (Socket socket = wire.accept(server)) {
        DccStream.receive(socket, sink, offset, offer.size());
      }
    }
  }

  /** Where nobody answers, who waits there is told. */
  private Socket connected(DccOffer offered) throws IOException {
    DccMessage.Send offer = offered.offer;
    try {
      return wire.connect(offer.address(), offer.port());
    } catch (IOException e) {
      boolean isForbidden =
          e instanceof TransferException known && known.reason() == Reason.REFUSED;
      notices.send(
          offered.nick,
          isForbidden
              ? new DccMessage.Reject(offer.name())
              : new DccMessage.Unreachable(offer.name()));
      String place = offer.address().getHostAddress() + ":" + offer.port();
      if (!isForbidden) {
        notices.explain(
            offered.nick,
            offer.name(),
            "I cannot connect to " + place + ": check your client's DCC address and ports");
      }
      throw new TransferException(
          isForbidden ? Reason.REFUSED : Reason.UNREACHABLE,
          e.getMessage() + " (" + place + ", where the file is offered)");
    }
  }

  @Override
  public void refuse(IncomingFile file, Reason reason, String text) {
    DccOffer offered;
    synchronized (this) {
      offered = offers.remove(file.offer());
    }
    if (offered != null) {
      notices.refuse(offered.nick, offered.offer.name(), text);
    }
  }
}
