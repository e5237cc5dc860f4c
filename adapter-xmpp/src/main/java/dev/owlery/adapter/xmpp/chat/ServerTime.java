package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.link.XmppLink;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smackx.time.packet.Time;
import org.jspecify.annotations.Nullable;

/**
 * By how much the server's clock differs from ours, asked at the login (XEP-0202). Archives tell
 * the time by the server's; without an answer, and for what lies beyond it, a minute of doubt is
 * allowed for. Written by the account's thread, read by any.
 */
final class ServerTime {
  static final String FEATURE = "urn:xmpp:time";

  /**
   * Archives have whole seconds. An answer's, and the while that it took, err towards the past
   * anyway.
   */
  private static final Duration ROUNDING = Duration.ofSeconds(2);

  private static final Duration UNKNOWN = Duration.ofSeconds(60);

  private final Clock clock;
  private volatile @Nullable Duration ahead;

  ServerTime(Clock clock) {
    this.clock = clock;
  }

  /**
   * Asks the server.
   *
   * @param link the connection
   * @throws IOException if it ends
   * @throws InterruptedException if the account is closed
   */
  void ask(XmppLink link) throws IOException, InterruptedException {
    if (!link.features().server().contains(FEATURE)) {
      return;
    }
    IQ question =
        Time.builder(link.connection()).to(link.connection().getXMPPServiceDomain()).build();
    try {
      if (link.ask(question) instanceof Time answer && answer.getZonedDateTime() != null) {
        ahead = Duration.between(clock.instant(), answer.getZonedDateTime().toInstant());
      }
    } catch (XmppLink.StanzaErrorException secret) {
      ahead = null;
    }
  }

  /**
   * The earliest time that an archive can have noted for something.
   *
   * @param ours when it was, by our clock
   * @return no later than by the archive's clock
   */
  Instant earliest(Instant ours) {
    Duration known = ahead;
    return known == null ? ours.minus(UNKNOWN) : ours.plus(known).minus(ROUNDING);
  }
}
