package dev.owlery.adapter.irc;

import dev.owlery.api.action.Receipt;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
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
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /** How the account talks now. */
  interface Line {
    /** Sends text, and says what became of it. */
    CompletionStage<Outcome> say(String verb, String nick, String text);

    /** Where the bot is, seen from the server. */
    InetAddress address();

    /** A nick as the server compares it. */
    String fold(String nick);
  }

  /** Something that we sent, until somebody has come for it. */
  private record Outgoing(
      String nick,
      DccMessage.Send offer,
      AtomicLong offset,
      CompletableFuture<DccMessage.Send> answer,
      CompletableFuture<String> rejected) {}

  /** Something that was offered to us. */
  private record Offered(String nick, DccMessage.Send offer, CompletableFuture<Long> accepted) {}

  private final DccSettings settings;
  private final AdapterContext context;
  private final DccWire wire;
  private final Supplier<Optional<Line>> line;
  private final List<Outgoing> outgoing = new ArrayList<>();
  private final Map<String, Offered> offers = new LinkedHashMap<>();

  Dcc(DccSettings settings, AdapterContext context, Supplier<Optional<Line>> line) {
    this.settings = settings;
    this.context = context;
    this.wire = new DccWire(settings);
    this.line = line;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean reaches(Conversation to) throws IOException {
    return to.isDirect() && online() != null;
  }

  private Line online() throws IOException {
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
    if (!settings.enabled() || read.isEmpty()) {
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
      case DccMessage.Reject reject -> rejected(nick, reject);
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
    for (Outgoing each : outgoing) {
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

  private synchronized void rejected(String nick, DccMessage.Reject reject) {
    for (Outgoing each : outgoing) {
      if (each.nick.equals(nick) && each.offer.name().equals(reject.name())) {
        each.rejected.complete("they do not want it");
      }
    }
  }

  private synchronized Optional<Offered> offerOf(String nick, DccMessage.Accept accept) {
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
    synchronized (this) {
      if (offers.values().stream().filter(each -> each.nick.equals(nick)).count() >= MOST_OF_ONE) {
        return;
      }
      if (offers.size() >= MOST_OFFERS) {
        offers.remove(offers.keySet().iterator().next());
      }
      offers.put(id, new Offered(nick, send, new CompletableFuture<>()));
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

  @Override
  public void send(OutgoingFile file, FileSource source) throws IOException, InterruptedException {
    try {
      offer(file, source);
    } catch (IOException e) {
      checkInterrupted(e);
    }
  }

  private void offer(OutgoingFile file, FileSource source)
      throws IOException, InterruptedException {
    Line now = online();
    try (ServerSocket server = settings.passive() ? new ServerSocket() : wire.listen()) {
      boolean passive = settings.passive();
      Outgoing mine =
          new Outgoing(
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
        told(now.say("PRIVMSG", mine.nick, mine.offer.written()));
        try (Socket socket = passive ? called(mine) : wire.accept(server)) {
          DccStream.send(socket, source, mine.offset.get(), file.size());
        }
      } catch (IOException e) {
        throw mine.rejected.isDone()
            ? new TransferException(Reason.REFUSED, mine.rejected.join())
            : e;
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

  private synchronized void keep(Outgoing mine) {
    outgoing.add(mine);
  }

  private synchronized void forget(Outgoing mine) {
    outgoing.remove(mine);
  }

  /** The other side says where it listens. */
  private Socket called(Outgoing mine) throws IOException, InterruptedException {
    CompletableFuture<Object> first = CompletableFuture.anyOf(mine.answer, mine.rejected);
    Object answer = await(first, settings.patience(), "the offer was not accepted");
    if (answer instanceof DccMessage.Send where) {
      return wire.connect(where.address(), where.port());
    }
    throw new TransferException(Reason.REFUSED, "they do not want it");
  }

  private static <T> T await(CompletableFuture<T> future, Duration patience, String trouble)
      throws IOException, InterruptedException {
    try {
      return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      throw new TransferException(Reason.UNREACHABLE, trouble);
    }
  }

  /** There is no such nick, or nobody knows whether the offer arrived. */
  private static void told(CompletionStage<Outcome> said) throws IOException, InterruptedException {
    Outcome outcome = await(said.toCompletableFuture(), ANSWER, "the server does not answer");
    boolean refused =
        outcome instanceof Outcome.Settled settled
            && !(settled.receipt() instanceof Receipt.Delivered);
    if (refused) {
      throw new TransferException(Reason.UNREACHABLE, "they are not there");
    }
    if (outcome instanceof Outcome.NotSent) {
      throw new IOException("not connected");
    }
  }

  private InetAddress ownAddress(Line now) {
    return settings.address().flatMap(AddressBlock::numeric).orElseGet(now::address);
  }

  @Override
  public void receive(IncomingFile file, FileSink sink) throws IOException, InterruptedException {
    Offered offered;
    synchronized (this) {
      offered = offers.get(file.offer());
    }
    if (offered == null) {
      throw new TransferException(Reason.REFUSED, "the offer is not there any more");
    }
    try {
      take(offered, sink);
    } catch (IOException e) {
      checkInterrupted(e);
    } finally {
      synchronized (this) {
        offers.remove(file.offer());
      }
    }
  }

  private void take(Offered offered, FileSink sink) throws IOException, InterruptedException {
    DccMessage.Send offer = offered.offer;
    Line now = online();
    long offset = sink.offset();
    if (offset > 0 && offset < offer.size()) {
      DccMessage resume = new DccMessage.Resume(offer.name(), offer.port(), offset, offer.token());
      told(now.say("PRIVMSG", offered.nick, resume.written()));
      long agreed = await(offered.accepted, ANSWER, "they do not go on where it broke off");
      if (agreed > offset) {
        throw new IOException("they begin behind what is here");
      }
      offset = agreed;
    } else {
      offset = 0;
    }
    if (offer.port() > 0) {
      try (Socket socket = wire.connect(offer.address(), offer.port())) {
        DccStream.receive(socket, sink, offset, offer.size());
      }
      return;
    }
    try (ServerSocket server = wire.listen()) {
      DccMessage here =
          new DccMessage.Send(
              offer.name(), ownAddress(now), server.getLocalPort(), offer.size(), offer.token());
      told(now.say("PRIVMSG", offered.nick, here.written()));
      try (Socket socket = wire.accept(server)) {
        DccStream.receive(socket, sink, offset, offer.size());
      }
    }
  }

  /** A virtual thread that is interrupted finds its socket closed. */
  private static void checkInterrupted(IOException trouble)
      throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    throw trouble;
  }

  @Override
  public void refuse(IncomingFile file, Reason reason, String text) {
    Offered offered;
    synchronized (this) {
      offered = offers.remove(file.offer());
    }
    if (offered != null) {
      String written = new DccMessage.Reject(offered.offer.name()).written();
      line.get().ifPresent(now -> now.say("NOTICE", offered.nick, written));
    }
  }
}
