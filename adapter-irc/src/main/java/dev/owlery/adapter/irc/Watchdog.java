package dev.owlery.adapter.irc;

import java.time.Duration;
import java.util.Optional;

/**
 * Notices a connection that is dead without having ended. It asks the server for a sign of life
 * every few seconds, and gives it up if the answer is overdue while nothing else comes either; a
 * server that talks but never answers is given up later. Time in which we are busy with a line does
 * not count against the server. Safe for use by several threads.
 */
final class Watchdog {
  private static final Duration REGISTRATION = Duration.ofSeconds(30);
  private static final int TALKING_FACTOR = 4;

  private final IrcSettings.Ping ping;
  private final Confirmations confirmations;
  private final Runnable askNow;
  private final long begunAt = System.nanoTime();
  private volatile long readAt = begunAt;
  private volatile boolean busy;

  Watchdog(IrcSettings.Ping ping, Confirmations confirmations, Runnable askNow) {
    this.ping = ping;
    this.confirmations = confirmations;
    this.askNow = askNow;
  }

  /** A line has come and is being handled. */
  void lineBegins() {
    busy = true;
    readAt = System.nanoTime();
  }

  /** The line is handled. */
  void lineEnds() {
    busy = false;
  }

  /**
   * Looks after the connection; to be called several times in each patience.
   *
   * @param welcomed whether the registration is complete
   * @return why the connection must be given up; empty if all is well
   */
  Optional<String> look(boolean welcomed) {
    long now = System.nanoTime();
    if (!welcomed) {
      return now - begunAt > REGISTRATION.toNanos()
          ? Optional.of(
              "the server did not welcome us within "
                  + IrcErrorText.seconds(REGISTRATION)
                  + ": check that it is an IRC server, and whether the port speaks TLS")
          : Optional.empty();
    }
    long patience = ping.patience().toNanos();
    long silence = confirmations.silence();
    boolean quiet = now - readAt > patience && !busy;
    if (silence > patience && (quiet || silence > TALKING_FACTOR * patience)) {
      return Optional.of(
          "the server did not answer a PING within " + IrcErrorText.seconds(ping.patience()));
    }
    if (confirmations.isDue(ping.every())) {
      confirmations.wantSignOfLife();
      askNow.run();
    }
    return Optional.empty();
  }
}
