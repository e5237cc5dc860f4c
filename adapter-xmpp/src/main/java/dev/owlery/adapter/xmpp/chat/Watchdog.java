package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.link.XmppSettings;
import dev.owlery.adapter.xmpp.text.XmppErrorText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notices a connection that is dead without having ended. It asks the server for a sign of life
 * every few seconds, and gives it up if the answer is overdue while nothing else comes either; a
 * server that talks but never answers is given up later. Time in which we are busy with a stanza
 * does not count against the server. Safe for use by several threads.
 */
final class Watchdog {
  private static final int TALKING_FACTOR = 4;

  private final XmppSettings.Ping ping;
  private final Clock clock;
  private final Runnable ask;
  private @Nullable Instant askedAt;
  private Instant lastAsked = Instant.EPOCH;
  private volatile Instant readAt = Instant.EPOCH;
  private volatile boolean busy;

  Watchdog(XmppSettings.Ping ping, Clock clock, Runnable ask) {
    this.ping = ping;
    this.clock = clock;
    this.ask = ask;
  }

  /** A new connection begins. */
  synchronized void begin() {
    Instant now = clock.instant();
    askedAt = null;
    lastAsked = now;
    readAt = now;
  }

  /** A stanza has come and is being handled. */
  void stanzaBegins() {
    busy = true;
    readAt = clock.instant();
  }

  /** The stanza is handled. */
  void stanzaEnds() {
    busy = false;
  }

  /** The server has answered a ping. */
  synchronized void answered() {
    askedAt = null;
  }

  /**
   * Looks after the connection; to be called several times in each patience.
   *
   * @param online whether the login is over
   * @return why the connection must be given up; empty if all is well
   */
  Optional<String> look(boolean online) {
    Instant now = clock.instant();
    synchronized (this) {
      if (askedAt != null) {
        return verdict(now, Duration.between(askedAt, now));
      }
      if (!online || Duration.between(lastAsked, now).compareTo(ping.every()) < 0) {
        return Optional.empty();
      }
      askedAt = now;
      lastAsked = now;
    }
    ask.run();
    return Optional.empty();
  }

  private Optional<String> verdict(Instant now, Duration silence) {
    Duration patience = ping.patience();
    boolean isQuiet = Duration.between(readAt, now).compareTo(patience) > 0 && !busy;
    boolean isOverdue =
        silence.compareTo(patience) > 0
            && (isQuiet || silence.compareTo(patience.multipliedBy(TALKING_FACTOR)) > 0);
    return isOverdue
        ? Optional.of("the server did not answer a ping within " + XmppErrorText.seconds(patience))
        : Optional.empty();
  }
}
