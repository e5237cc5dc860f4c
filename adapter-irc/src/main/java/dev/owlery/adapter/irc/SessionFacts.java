package dev.owlery.adapter.irc;

import java.time.Instant;
import java.util.Optional;

/** What is true of one connection. Written by the thread that reads it, read by any. */
final class SessionFacts {
  private final Capabilities capabilities;
  private volatile String nick;
  private volatile int longestNick = Integer.MAX_VALUE;
  private volatile String server = "";
  private volatile ServerFeatures features = ServerFeatures.NONE;
  private volatile Optional<String> account = Optional.empty();
  private volatile Optional<Instant> welcomedAt = Optional.empty();

  SessionFacts(String nick, Capabilities capabilities) {
    this.nick = nick;
    this.capabilities = capabilities;
  }

  Capabilities capabilities() {
    return capabilities;
  }

  /**
   * Whether the server can say again what was said before, and when.
   *
   * @return false if what was said while we were away is lost
   */
  boolean canReplay() {
    return capabilities.has("batch") && capabilities.has("server-time");
  }

  /** Our nick as the server has it. */
  String nick() {
    return nick;
  }

  void nick(String now) {
    nick = now;
  }

  /**
   * The nick to have, as far as the server lets it be.
   *
   * @param wanted from the configuration
   * @return the same, cut to the length that the server takes
   */
  String possible(String wanted) {
    int most = Math.min(longestNick, features.nickLength().orElse(Integer.MAX_VALUE));
    return wanted.length() > most ? wanted.substring(0, most) : wanted;
  }

  /** The server has cut a nick to so many characters. */
  void longestNick(int length) {
    longestNick = length;
  }

  /** What the server calls itself. */
  void server(String name) {
    server = name;
  }

  /**
   * Whether a line comes from a server. A server's name has a dot; what has neither user nor host
   * may be a person all the same, in histories and behind gateways.
   *
   * @param sender where the line comes from
   * @return true also if it does not say
   */
  boolean isServer(IrcPrefix sender) {
    boolean isBare = sender.user().isEmpty() && sender.host().isEmpty();
    return sender.nick().isEmpty()
        || (isBare && (sender.nick().indexOf('.') >= 0 || sender.nick().equals(server)));
  }

  ServerFeatures features() {
    return features;
  }

  void features(ServerFeatures now) {
    features = now;
  }

  /** The services account that we are logged in to. */
  Optional<String> account() {
    return account;
  }

  void account(Optional<String> now) {
    account = now;
  }

  void welcomedAt(Optional<Instant> serverTime) {
    welcomedAt = serverTime;
  }

  /**
   * Whether a nick is ours.
   *
   * @param other a nick
   * @return true if the server takes it for the same
   */
  boolean isOurs(String other) {
    return features.caseMapping().same(nick, other);
  }

  /**
   * Whether a line tells of the time before this connection, by the server's own clock.
   *
   * @param line the line
   * @return false if the server gives no times
   */
  boolean isFromBefore(IrcLine line) {
    Optional<Instant> start = welcomedAt;
    return start.isPresent()
        && Origins.time(line).map(at -> at.isBefore(start.get())).orElse(false);
  }
}
