package dev.owlery.adapter.xmpp;

import dev.owlery.adapter.xmpp.XmppSettings.Flood;
import dev.owlery.api.adapter.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jivesoftware.smack.SmackException.NotConnectedException;
import org.jivesoftware.smack.packet.Stanza;

/**
 * Sends in order, at the pace that the configuration allows, and never more than the server has
 * room to acknowledge: Smack's reader and writer would wait for each other otherwise. Asks for an
 * acknowledgement (XEP-0198) as soon as the one before it has come, so that a burst needs few of
 * them and a single message is confirmed at once. Safe for use by several threads.
 */
final class SendQueue {
  /** Below what Smack can hold back (500 to write, 1024 not acknowledged). */
  private static final int WINDOW = 300;

  private static final int LONGEST = 20_000;

  /** The wire, as far as this needs it. */
  interface Wire {
    void send(Stanza stanza) throws NotConnectedException, InterruptedException;

    void requestAcknowledgement() throws NotConnectedException, InterruptedException;
  }

  private final Wire wire;
  private final TokenBucket bucket;
  private final Consumer<Stanza> unsent;
  private final Deque<Stanza> waiting = new ArrayDeque<>();
  private boolean asked;
  private int sentSinceAsked;
  private int unacknowledged;
  private boolean open;

  /**
   * A queue that is not open yet.
   *
   * @param wire where stanzas go
   * @param flood the pace
   * @param unsent is told of what could not be sent
   */
  SendQueue(Wire wire, Flood flood, Consumer<Stanza> unsent) {
    this.wire = wire;
    this.bucket = new TokenBucket(flood, System.nanoTime());
    this.unsent = unsent;
  }

  /** The connection takes stanzas (again). */
  synchronized void open() {
    open = true;
    asked = false;
    sentSinceAsked = 0;
    unacknowledged = 0;
  }

  /**
   * Sends a stanza, now or when it is its turn.
   *
   * @param stanza what to send
   * @return false if there is no room for it, or no connection
   */
  synchronized boolean send(Stanza stanza) {
    if (!open || waiting.size() >= LONGEST) {
      return false;
    }
    if (!waiting.isEmpty() || !trySend(stanza)) {
      waiting.addLast(stanza);
    }
    return true;
  }

  /** Sends what may be sent by now. */
  synchronized void pump() {
    while (open && !waiting.isEmpty() && trySend(waiting.peekFirst())) {
      waiting.removeFirst();
    }
  }

  private boolean trySend(Stanza stanza) {
    if (unacknowledged >= WINDOW || !bucket.tryTake(System.nanoTime())) {
      return false;
    }
    try {
      wire.send(stanza);
      unacknowledged++;
      sentSinceAsked++;
      if (!asked) {
        ask();
      }
    } catch (NotConnectedException gone) {
      unsent.accept(stanza);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      unsent.accept(stanza);
    }
    return true;
  }

  private void ask() throws NotConnectedException, InterruptedException {
    asked = true;
    sentSinceAsked = 0;
    wire.requestAcknowledgement();
  }

  /** The server has answered a request for an acknowledgement. */
  synchronized void acknowledged() {
    asked = false;
    unacknowledged = sentSinceAsked;
    try {
      if (open && sentSinceAsked > 0) {
        ask();
      }
    } catch (NotConnectedException gone) {
      return;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    pump();
  }

  /**
   * The connection is gone; what waits has certainly not left.
   *
   * @return the stanzas that waited
   */
  synchronized Deque<Stanza> close() {
    open = false;
    Deque<Stanza> left = new ArrayDeque<>(waiting);
    waiting.clear();
    return left;
  }

  static Outcome.NotSent notSent(String reason) {
    return new Outcome.NotSent(Duration.ZERO, reason);
  }
}
