package dev.owlery.adapter.irc;

import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.chat.Member;
import dev.owlery.spi.ReaderGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pircbotx.exception.CAPException;
import org.pircbotx.exception.IrcException;

/**
 * One connection, from the first line to the last: hands each line to whoever handles it, goes into
 * the rooms, answers and asks for signs of life. {@link #run} reads on the thread that calls it;
 * all other methods may be called from any thread.
 */
final class IrcSession implements LibraryBot.LibrarySession, IrcConversation.ConnectionControl {
  static final String CLOSED_BY_SERVER = "the server closed the connection";
  static final String BROKE_WHILE_WRITING = "the connection broke while writing";

  /** Rooms that refuse us are asked less often than the nick. */
  private static final int ROOMS_EVERY = 4;

  /** What the adapter is told. Called on the reading thread. */
  interface SessionListener {
    /** The rooms are entered or refused, histories are read, a probe was answered. */
    void online();

    /** We are in other rooms than before, or have another nick. */
    void changed();

    /**
     * Somebody threw us out of a room.
     *
     * @param room its folded name
     */
    void kicked(String room);
  }

  private final IrcSettings settings;
  private final IrcRooms rooms;
  private final SessionListener listener;
  private final SocketConnector.OpenSockets link;
  private final SessionFacts facts;
  private final Confirmations confirmations;
  private final LineWriter writer;
  private final Watchdog watchdog;
  private final LibraryBot bot;
  private final Registration registration;
  private final OwnHistory history = new OwnHistory();
  private final IrcIdentity identity;
  private final IrcConversation conversation;
  private volatile @Nullable String endReason;
  private volatile boolean welcomed;
  private volatile boolean online;
  private volatile boolean ended;
  private volatile boolean nickRefused;
  private int repairs;
  private final ReaderGuard guard;

  IrcSession(
      IrcSettings settings,
      AdapterContext context,
      IrcRooms rooms,
      SocketConnector.OpenSockets link,
      Dcc dcc,
      SessionListener listener)
      throws IOException {
    this.settings = settings;
    this.guard = new ReaderGuard(context.account().toString());
    this.rooms = rooms;
    this.listener = listener;
    this.link = link;
    Capabilities capabilities = new Capabilities(settings.sasl());
    facts = new SessionFacts(settings.nick(), capabilities);
    confirmations = new Confirmations(settings.flood());
    writer =
        new LineWriter(
            "irc-" + context.account() + "-writer",
            link.channel().getOutputStream(),
            settings.flood(),
            confirmations,
            broken -> abort(BROKE_WHILE_WRITING));
    watchdog = new Watchdog(settings.ping(), confirmations, writer::poke);
    registration = new Registration(settings, facts, this::send);
    bot = LibraryBot.create(settings, link, capabilities, this);
    identity = new IrcIdentity(context.account(), capabilities, rooms);
    IrcInbound.InboundParts parts =
        new IrcInbound.InboundParts(
            context.account(),
            facts,
            rooms,
            identity,
            new Origins(context.clock()),
            new Batches(),
            new CatchUp(context),
            history,
            confirmations,
            new CtcpAnswers(context.clock(), context.product()),
            dcc);
    conversation = new IrcConversation(parts, this);
  }

  /**
   * Registers and reads until the connection ends.
   *
   * @throws IOException if it broke or the server refuses us; {@link LoginRefusedException} if that
   *     will not change by itself
   * @throws IrcException if the server refuses us for now
   */
  void run() throws IOException, IrcException {
    writer.start();
    String reason = CLOSED_BY_SERVER;
    try {
      bot.run();
    } catch (CAPException refused) {
      IOException trouble =
          facts
              .capabilities()
              .loginTrouble()
              .orElseGet(() -> new IOException("the server offers no login (SASL) now", refused));
      reason = IrcErrorText.trouble(trouble);
      throw trouble;
    } catch (LoginRefusedException | IrcException refused) {
      reason = IrcErrorText.trouble(refused);
      throw refused;
    } catch (IOException broken) {
      reason = IrcErrorText.trouble(broken);
    } finally {
      end(endReason == null ? reason : endReason);
    }
    throw new IOException(endReason == null ? reason : endReason);
  }

  @Override
  public void send(OutboundLine line) {
    writer.urgent(line);
  }

  /** Without a label: InspIRCd answers a labelled NICK as if the new nick had asked for it. */
  @Override
  public void sendUnconfirmed(OutboundLine line) {
    writer.send(new SentLine(line, "", "", ""));
  }

  /**
   * Sends a line and waits for its confirmation.
   *
   * @param line the line
   * @param target whom it is for, folded
   * @param text what it says, or empty
   * @param token to be found again in a history; empty for none
   * @return what becomes of it
   */
  CompletionStage<Outcome> perform(OutboundLine line, String target, String text, String token) {
    boolean tagged = !token.isEmpty() && facts.capabilities().has("message-tags");
    SentLine sent = confirmations.prepare(line, target, text, tagged ? token : "");
    if (!writer.send(sent)) {
      return CompletableFuture.completedFuture(
          new Outcome.NotSent(Duration.ofSeconds(1), "too much is waiting to be sent"));
    }
    return sent.outcome();
  }

  /**
   * How many lines would leave at once.
   *
   * @param more run once if there are none, as soon as there are
   * @return a number
   */
  int demand(Runnable more) {
    return writer.demand(more);
  }

  /** The boundary for a line that nobody foresaw: it is logged without its text, and skipped. */
  @Override
  public void received(String raw) throws IOException, IrcException {
    watchdog.lineBegins();
    Optional<IrcLine> line = guard.tryRead("a line", () -> IrcLine.parse(raw));
    if (line.isPresent() && !welcomed) {
      register(line.get(), raw);
    } else if (line.isPresent()) {
      boolean _ = guard.tryRead("a line", () -> handled(line.get())).isPresent();
    }
    watchdog.lineEnds();
  }

  private boolean handled(IrcLine line) {
    conversation.handle(line);
    return true;
  }

  private void register(IrcLine line, String raw) throws IOException, IrcException {
    switch (line.verb()) {
      case "PING" -> send(OutboundLine.of("PONG", line.text()));
      case "ERROR" -> endReason = IrcErrorText.line(line.text());
      default -> {
        Optional<IrcLine> forLibrary = registration.line(line);
        if (forLibrary.isPresent()) {
          bot.register(forLibrary.get(), raw);
        }
        if (line.verb().equals("001")) {
          welcome(line);
        }
      }
    }
  }

  private void welcome(IrcLine line) throws IOException {
    if (settings.sasl().isPresent() && !facts.capabilities().has("sasl")) {
      throw new IOException("the server offers no login (SASL)");
    }
    facts.nick(line.param(0));
    facts.server(line.source());
    String asked = registration.nick();
    if (line.param(0).length() < asked.length() && asked.startsWith(line.param(0))) {
      facts.longestNick(line.param(0).length());
    }
    facts.welcomedAt(Origins.time(line));
    if (facts.capabilities().hasLabels()) {
      confirmations.useLabels();
    }
    welcomed = true;
  }

  @Override
  public void poke() {
    writer.poke();
  }

  @Override
  public void online() {
    online = true;
    listener.online();
  }

  @Override
  public void closing(String reason) {
    endReason = reason;
  }

  @Override
  public void kicked(String room) {
    listener.kicked(room);
  }

  @Override
  public void changed() {
    listener.changed();
  }

  @Override
  public void nickFreed(String nick) {
    if (facts.features().caseMapping().same(nick, wantedNick())) {
      regainNick();
    }
  }

  /** Goes into the rooms, then proves that the connection answers. */
  @Override
  public void begin() {
    facts
        .features()
        .botMode()
        .ifPresent(letter -> sendUnconfirmed(OutboundLine.of("MODE", facts.nick(), "+" + letter)));
    CompletableFuture<?>[] joins =
        rooms.missing().stream()
            .map(this::join)
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new);
    CompletionStage<Void> settled = CompletableFuture.allOf(joins);
    settled.thenRun(() -> send(OutboundLine.of("PING", IrcConversation.ONLINE_PROBE)));
  }

  /**
   * Asks to be let into a room.
   *
   * @param room the room
   * @return what becomes of it
   */
  CompletionStage<Outcome> join(IrcRooms.Wanted room) {
    OutboundLine line =
        room.key()
            .map(key -> OutboundLine.of("JOIN", OutboundLine.checkTarget(room.name()), key))
            .orElseGet(() -> OutboundLine.of("JOIN", OutboundLine.checkTarget(room.name())));
    return perform(line, rooms.fold(room.name()), "", "");
  }

  /** Looks after the connection; called several times in each patience. */
  void watch() {
    watchdog.look(welcomed).ifPresent(this::abort);
  }

  /** Asks for the wanted nick if somebody else had it, and for rooms that did not let us in. */
  void repair() {
    regainNick();
    if (online && repairs++ % ROOMS_EVERY == ROOMS_EVERY - 1) {
      rooms.missing().forEach(this::join);
    }
  }

  private void regainNick() {
    if (online && !nickRefused && !facts.isOurs(wantedNick())) {
      sendUnconfirmed(OutboundLine.of("NICK", wantedNick()));
    }
  }

  private String wantedNick() {
    return facts.possible(settings.nick());
  }

  @Override
  public void nickRefused() {
    nickRefused = true;
  }

  /**
   * Goes back into a room, if the account is still to be there.
   *
   * @param room its folded name
   */
  void rejoin(String room) {
    rooms.missing().stream()
        .filter(wanted -> rooms.fold(wanted.name()).equals(room))
        .forEach(this::join);
  }

  /** Ends the connection now, whoever waits for what. */
  void abort(String reason) {
    if (!ended) {
      endReason = reason;
      link.abort();
    }
  }

  /** Says goodbye; waits up to a second for that. */
  void quit() {
    endReason = "closed";
    if (welcomed) {
      send(OutboundLine.of("QUIT", "bye"));
    }
    end("closed");
  }

  private void end(String reason) {
    List<SentLine> unsent = writer.close(Duration.ofSeconds(1));
    ended = true;
    link.abort();
    confirmations.lost(reason);
    unsent.forEach(line -> line.outcome().complete(new Outcome.NotSent(Duration.ZERO, reason)));
  }

  /** Where the bot is, on its way to the server. */
  InetAddress localAddress() {
    return link.transport().getLocalAddress();
  }

  SessionFacts facts() {
    return facts;
  }

  OwnHistory history() {
    return history;
  }

  IrcIdentity identity() {
    return identity;
  }

  boolean isOnline() {
    return online && !ended;
  }

  boolean isWelcomed() {
    return welcomed && !ended;
  }

  Member self() {
    return identity.self(facts.nick(), facts.account());
  }
}
