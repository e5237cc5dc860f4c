package dev.owlery.adapter.irc;

import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.chat.Member;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pircbotx.exception.CAPException;
import org.pircbotx.exception.IrcException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, from the first line to the last: hands each line to whoever handles it, goes into
 * the rooms, answers and asks for signs of life. {@link #run} reads on the thread that calls it;
 * all other methods may be called from any thread.
 */
final class IrcSession implements LibraryBot.Session {
  private static final Logger LOG = LoggerFactory.getLogger(IrcSession.class);
  private static final Duration REGISTRATION = Duration.ofSeconds(30);

  /** Lines that mean nothing without somebody who does it and a first parameter. */
  private static final Set<String> NAMING = Set.of("JOIN", "PART", "KICK", "NICK", "TOPIC");

  /** A server that sends nonsense must not fill the log. */
  private static final int MOST_SKIPS_LOGGED = 10;

  /** Rooms that refuse us are asked less often than the nick. */
  private static final int ROOMS_EVERY = 4;

  private static final String ONLINE_PROBE = "owlery-online";
  private static final String HISTORY_PROBE = "owlery-history";

  /** What the adapter is told. Called on the reading thread. */
  interface Listener {
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
  private final Listener listener;
  private final SocketConnector.Link link;
  private final SessionFacts facts;
  private final Confirmations confirmations;
  private final LineWriter writer;
  private final LibraryBot bot;
  private final Registration registration;
  private final Batches batches = new Batches();
  private final OwnHistory history = new OwnHistory();
  private final CatchUp catchUp;
  private final IrcIdentity identity;
  private final IrcInbound inbound;
  private final IrcMembership membership;
  private final long begunAt = System.nanoTime();
  private volatile @Nullable String endReason;
  private volatile long readAt = begunAt;
  private volatile boolean handling;
  private volatile boolean welcomed;
  private volatile boolean online;
  private volatile boolean ended;
  private int repairs;
  private int skipped;

  IrcSession(
      IrcSettings settings,
      AdapterContext context,
      IrcRooms rooms,
      SocketConnector.Link link,
      Listener listener)
      throws IOException {
    this.settings = settings;
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
            broken -> abort("the connection broke while writing"));
    registration = new Registration(settings, facts, this::send);
    bot = LibraryBot.create(settings, link, capabilities, this);
    catchUp = new CatchUp(context);
    identity = new IrcIdentity(context.account(), capabilities, rooms);
    IrcInbound.Parts parts =
        new IrcInbound.Parts(
            context.account(),
            facts,
            rooms,
            identity,
            new Origins(context.clock()),
            batches,
            catchUp,
            history,
            confirmations,
            new CtcpAnswers(context.clock(), context.product()));
    inbound = new IrcInbound(parts, this::sendUnconfirmed);
    membership = new IrcMembership(parts, new Rooms());
  }

  /**
   * Registers and reads until the connection ends.
   *
   * @throws IOException if it broke or the server refuses us; {@link LoginRefused} if that will not
   *     change by itself
   * @throws IrcException if the server refuses us for now
   */
  void run() throws IOException, IrcException {
    writer.start();
    String reason = "the server closed the connection";
    try {
      bot.run();
    } catch (CAPException refused) {
      reason = "the login failed";
      if (facts.capabilities().isLoginRefused()) {
        throw new LoginRefused("the login failed: wrong account, password or certificate");
      }
      throw new IOException("the server offers no login (SASL) now", refused);
    } catch (LoginRefused | IrcException refused) {
      reason = Shown.trouble(refused);
      throw refused;
    } catch (IOException broken) {
      reason = Shown.trouble(broken);
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
  private void sendUnconfirmed(OutboundLine line) {
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

  /** The boundary for a line that nobody foresaw: it is logged without its text, and skipped. */
  @Override
  public void received(String raw) throws IOException, IrcException {
    handling = true;
    readAt = System.nanoTime();
    IrcLine line = IrcLine.parse(raw);
    if (!welcomed) {
      register(line, raw);
    } else {
      try {
        handle(line);
      } catch (RuntimeException unforeseen) {
        if (skipped++ < MOST_SKIPS_LOGGED) {
          LOG.warn("a line {} was skipped", Shown.line(line.verb()), unforeseen);
        }
      }
    }
    handling = false;
  }

  private void register(IrcLine line, String raw) throws IOException, IrcException {
    switch (line.verb()) {
      case "PING" -> send(OutboundLine.of("PONG", line.text()));
      case "ERROR" -> endReason = Shown.line(line.text());
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
    facts.welcomedAt(Origins.time(line));
    if (facts.capabilities().hasLabels()) {
      confirmations.useLabels();
    }
    welcomed = true;
  }

  private void handle(IrcLine line) {
    if (NAMING.contains(line.verb()) && !namesSomething(line)) {
      return;
    }
    switch (line.verb()) {
      case "PRIVMSG", "NOTICE" -> inbound.message(line);
      case "PING" -> send(OutboundLine.of("PONG", line.text()));
      case "PONG" -> answered(line.text());
      case "BATCH" -> batches.changed(line).ifPresent(this::closed);
      case "JOIN" -> membership.join(line);
      case "PART" -> membership.part(line);
      case "KICK" -> membership.kick(line);
      case "QUIT" -> membership.quit(line);
      case "NICK" -> membership.nick(line);
      case "ACCOUNT" -> membership.account(line);
      case "CHGHOST" -> membership.host(line);
      case "TOPIC" -> membership.topic(line);
      case "CAP" -> capabilities(line);
      case "FAIL" -> refused(line, line.param(2));
      case "ERROR" -> endReason = Shown.line(line.text());
      default -> numeric(line);
    }
    confirmLabelled(line);
  }

  private static boolean namesSomething(IrcLine line) {
    String name = line.param(0);
    return !line.sender().nick().isEmpty()
        && !name.isEmpty()
        && name.chars().noneMatch(Character::isISOControl);
  }

  /** An answer that is one line settles what it answers; one in a batch does at the batch's end. */
  private void confirmLabelled(IrcLine line) {
    if (!line.verb().equals("BATCH")) {
      line.tag("label").ifPresent(label -> confirmations.confirmed(label, Optional.empty()));
    }
  }

  private void closed(Batches.Batch batch) {
    if (batch.isHistory() && facts.features().isRoom(batch.room())) {
      membership.historyIsOver(batch.room());
    }
    confirmations.confirmed(batch.label(), Optional.empty());
  }

  private void numeric(IrcLine line) {
    switch (line.verb()) {
      case "005" -> {
        facts.features(facts.features().with(line.params()));
        rooms.use(facts.features().caseMapping());
      }
      case "353" -> membership.names(line);
      case "354" -> membership.whoAccount(line);
      case "376", "422" -> begin();
      case "900" -> facts.account(Optional.of(line.param(2)));
      case "901" -> facts.account(Optional.empty());
      default -> {
        boolean isError = line.verb().matches("[45][0-9][0-9]");
        if (isError && line.params().size() > 2) {
          refused(line, line.param(1));
        }
      }
    }
  }

  private void refused(IrcLine line, String target) {
    String room = rooms.fold(target);
    String reason = Shown.line(line.text());
    confirmations.refused(batches.label(line), room, reason);
    boolean stillOut = rooms.isWanted(room) && !rooms.isJoined(room);
    if (stillOut) {
      rooms.out(room, reason);
      listener.changed();
    }
  }

  /** The welcome is complete: go into the rooms, then prove that the connection answers. */
  private void begin() {
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
    settled.thenRun(() -> send(OutboundLine.of("PING", ONLINE_PROBE)));
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
    return perform(line, room.name(), "", "");
  }

  private void answered(String token) {
    if (token.equals(ONLINE_PROBE)) {
      catchUp.flushAll();
      online = true;
      listener.online();
    } else if (token.equals(HISTORY_PROBE)) {
      catchUp.flushAll();
    } else if (confirmations.answered(token)) {
      writer.poke();
    }
  }

  private void capabilities(IrcLine line) {
    List<String> names = List.of(line.text().trim().split(" +"));
    switch (line.param(1)) {
      case "NEW" -> {
        List<String> wanted = facts.capabilities().wantedOf(names);
        if (!wanted.isEmpty()) {
          send(OutboundLine.of("CAP", "REQ", String.join(" ", wanted)));
        }
      }
      case "ACK" -> facts.capabilities().acknowledged(names);
      case "DEL" -> facts.capabilities().deleted(names);
      default -> LOG.debug("a capability line without use for us");
    }
  }

  /** Looks after the connection; called several times in each patience. */
  void watch() {
    long now = System.nanoTime();
    long patience = settings.ping().patience().toNanos();
    if (!welcomed) {
      if (now - begunAt > REGISTRATION.toNanos()) {
        abort("the server did not welcome us within " + REGISTRATION.toSeconds() + " s");
      }
      return;
    }
    long silence = confirmations.silence();
    boolean quiet = now - readAt > patience && !handling;
    if (silence > patience && (quiet || silence > 4 * patience)) {
      abort("the server did not answer a PING within " + Shown.seconds(settings.ping().patience()));
    } else if (confirmations.isDue(settings.ping().every())) {
      confirmations.wantSignOfLife();
      writer.poke();
    }
  }

  /** Asks for the wanted nick if somebody else had it, and for rooms that did not let us in. */
  void repair() {
    regainNick();
    if (online && repairs++ % ROOMS_EVERY == ROOMS_EVERY - 1) {
      rooms.missing().forEach(this::join);
    }
  }

  private void regainNick() {
    if (online && !facts.isOurs(settings.nick())) {
      sendUnconfirmed(OutboundLine.of("NICK", settings.nick()));
    }
  }

  /**
   * Goes back into a room, if the account is still to be there.
   *
   * @param room its folded name
   */
  void rejoin(String room) {
    rooms.missing().stream().filter(wanted -> wanted.name().equals(room)).forEach(this::join);
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
    List<SentLine> unsent = writer.close(Duration.ofNanos(TimeUnit.SECONDS.toNanos(1)));
    ended = true;
    link.abort();
    confirmations.lost(reason);
    unsent.forEach(line -> line.outcome().complete(new Outcome.NotSent(Duration.ZERO, reason)));
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

  /** What follows from our own comings and goings. */
  private final class Rooms implements IrcMembership.Listener {
    @Override
    public void cameIn(String room, Optional<Instant> lastSeen) {
      Capabilities capabilities = facts.capabilities();
      if (capabilities.has("draft/chathistory") && lastSeen.isPresent()) {
        String from = "timestamp=" + lastSeen.get().truncatedTo(ChronoUnit.MILLIS);
        send(OutboundLine.of("CHATHISTORY", "AFTER", room, from, "500"));
      }
      boolean tracksAccounts =
          capabilities.has("account-notify") && capabilities.has("extended-join");
      if (tracksAccounts && !capabilities.has("account-tag") && facts.features().hasWhox()) {
        sendUnconfirmed(OutboundLine.of("WHO", room, "%tna,77"));
      }
      if (online) {
        send(OutboundLine.of("PING", HISTORY_PROBE));
        listener.changed();
      }
    }

    @Override
    public void wentOut(String room, boolean kicked) {
      if (kicked) {
        listener.kicked(room);
      }
      listener.changed();
    }

    @Override
    public void renamed() {
      listener.changed();
    }

    @Override
    public void nickFreed(String nick) {
      if (facts.features().caseMapping().same(nick, settings.nick())) {
        regainNick();
      }
    }
  }
}
