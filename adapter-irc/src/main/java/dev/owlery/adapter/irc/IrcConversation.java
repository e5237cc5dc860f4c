package dev.owlery.adapter.irc;

import dev.owlery.api.adapter.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server says after its welcome: each line goes to whoever handles it. For the thread that
 * reads the connection.
 */
final class IrcConversation {
  /** Asks whether all rooms are entered and all histories read. */
  static final String ONLINE_PROBE = "owlery-online";

  /** Refusals that pass: what was refused is worth another attempt a little later. */
  private static final Set<String> LATER = Set.of("263", "437", "439", "707");

  private static final Pattern LATER_IN_WORDS =
      Pattern.compile("(?i)try again (later|in)|too fast|throttled?\\b|please wait");

  private static final Pattern SECONDS = Pattern.compile("([0-9]{1,4}) *s(ec|\\b)");
  private static final Duration A_LITTLE = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private static final String HISTORY_PROBE = "owlery-history";

  /** Lines that mean nothing without somebody who does it and a first parameter. */
  private static final Set<String> NAMING = Set.of("JOIN", "PART", "KICK", "NICK", "TOPIC");

  /** The connection that this is said on. */
  interface ConnectionControl {
    /** Sends a line at once. */
    void send(OutboundLine line);

    /** Sends a line in turn, and cares for no confirmation. */
    void sendUnconfirmed(OutboundLine line);

    /** Lets the writer ask for a barrier. */
    void poke();

    /** The welcome is complete. */
    void begin();

    /** The probe was answered that followed the last JOIN. */
    void online();

    /** The server is about to close the connection. */
    void closing(String reason);

    /** Somebody threw us out of a room. */
    void kicked(String room);

    /** We are in other rooms than before, or have another nick. */
    void changed();

    /** The server will never let us have the nick that we have asked for. */
    void nickRefused();

    /** A nick has become free. */
    void nickFreed(String nick);
  }

  private final SessionFacts facts;
  private final IrcRooms rooms;
  private final Batches batches;
  private final Origins origins;
  private final CatchUp catchUp;
  private final Confirmations confirmations;
  private final ConnectionControl connection;
  private final IrcInbound inbound;
  private final IrcMembership membership;
  private boolean online;

  IrcConversation(IrcInbound.InboundParts parts, ConnectionControl connection) {
    this.facts = parts.facts();
    this.rooms = parts.rooms();
    this.batches = parts.batches();
    this.origins = parts.origins();
    this.catchUp = parts.catchUp();
    this.confirmations = parts.confirmations();
    this.connection = connection;
    inbound = new IrcInbound(parts, connection::sendUnconfirmed);
    membership = new IrcMembership(parts, new RoomListener());
  }

  /**
   * Handles a line.
   *
   * @param line any line
   */
  void handle(IrcLine line) {
    if (NAMING.contains(line.verb()) && !namesSomething(line)) {
      return;
    }
    switch (line.verb()) {
      case "PRIVMSG", "NOTICE" -> inbound.message(line);
      case "PING" -> connection.send(OutboundLine.of("PONG", line.text()));
      case "PONG" -> answered(line.text());
      case "BATCH" -> batch(line);
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
      case "ERROR" -> connection.closing(IrcErrorText.line(line.text()));
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

  private void batch(IrcLine line) {
    origins.newSequence();
    batches.changed(line).ifPresent(this::closed);
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
        if (facts.features().tokens().containsKey("CASEMAPPING")) {
          rooms.use(facts.features().caseMapping());
        }
      }
      case "353" -> membership.names(line);
      case "354" -> membership.whoAccount(line);
      case "376", "422" -> {
        rooms.use(facts.features().caseMapping());
        connection.begin();
      }
      case "432" -> {
        connection.nickRefused();
        refused(line, line.param(1));
      }
      case "263", "707" -> refused(line, line.param(1));
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
    String room = rooms.fold(facts.features().withoutStatus(target));
    String reason = IrcErrorText.line(line.text());
    if (LATER.contains(line.verb()) || LATER_IN_WORDS.matcher(reason).find()) {
      confirmations.refused(batches.label(line), room, new Outcome.NotSent(wait(reason), reason));
    } else {
      confirmations.refused(batches.label(line), room, Outcome.refused(reason));
    }
    boolean stillOut = rooms.isWanted(room) && !rooms.isJoined(room);
    if (stillOut) {
      rooms.out(room, reason);
      connection.changed();
    }
  }

  /** How long a server wants us to wait, if it says so. */
  private static Duration wait(String reason) {
    Matcher seconds = SECONDS.matcher(reason);
    if (!seconds.find()) {
      return A_LITTLE;
    }
    Duration said = Duration.ofSeconds(Long.parseLong(seconds.group(1)) + 1);
    return said.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : said;
  }

  private void answered(String token) {
    if (token.equals(ONLINE_PROBE)) {
      catchUp.flushAll();
      online = true;
      connection.online();
    } else if (token.equals(HISTORY_PROBE)) {
      catchUp.flushAll();
    } else if (confirmations.answered(token)) {
      connection.poke();
    }
  }

  private void capabilities(IrcLine line) {
    List<String> names = List.of(line.text().trim().split(" +"));
    switch (line.param(1)) {
      case "NEW" -> {
        List<String> wanted = facts.capabilities().wantedOf(names);
        if (!wanted.isEmpty()) {
          connection.send(OutboundLine.of("CAP", "REQ", String.join(" ", wanted)));
        }
      }
      case "ACK" -> facts.capabilities().acknowledged(names);
      case "DEL" -> facts.capabilities().deleted(names);
      default -> {
        // A list or a refusal that changes nothing.
      }
    }
  }

  /** What follows from our own comings and goings. */
  private final class RoomListener implements IrcMembership.MembershipListener {
    @Override
    public void cameIn(String room, Optional<Instant> lastSeen) {
      Capabilities capabilities = facts.capabilities();
      if (capabilities.has("draft/chathistory") && lastSeen.isPresent()) {
        String from = "timestamp=" + lastSeen.get().truncatedTo(ChronoUnit.MILLIS);
        connection.send(OutboundLine.of("CHATHISTORY", "AFTER", room, from, "500"));
      }
      boolean tracksAccounts =
          capabilities.has("account-notify") && capabilities.has("extended-join");
      if (tracksAccounts && !capabilities.has("account-tag") && facts.features().hasWhox()) {
        connection.sendUnconfirmed(OutboundLine.of("WHO", room, "%tna,77"));
      }
      if (online) {
        connection.send(OutboundLine.of("PING", HISTORY_PROBE));
        connection.changed();
      }
    }

    @Override
    public void wentOut(String room, boolean kicked) {
      if (kicked) {
        connection.kicked(room);
      }
      connection.changed();
    }

    @Override
    public void renamed() {
      connection.changed();
    }

    @Override
    public void nickFreed(String nick) {
      connection.nickFreed(nick);
    }
  }
}
