package dev.owlery.adapter.xmpp.wire;

import dev.owlery.adapter.xmpp.link.XmppSettings.Flood;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.TokenBucket;
import dev.owlery.spi.EngineThreads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jivesoftware.smack.SmackException.NotConnectedException;
import org.jivesoftware.smack.packet.Stanza;
import org.jspecify.annotations.Nullable;

/**
 * Sends in order, at the pace that the configuration allows, and never more than the server has
 * room to acknowledge: Smack's reader and writer would wait for each other otherwise. An
 * acknowledgement (XEP-0198) costs the server nearly as much as a message: those that are sent
 * within ten milliseconds share one, and the next is asked for when it has come. Safe for use by
 * several threads.
 */
public final class SendQueue {
  /** Below what Smack can hold back of what is not acknowledged, which is 1024. */
  private static final int WINDOW = 700;

  /** So many do not wait for others to share an acknowledgement with. */
  private static final int BUNDLE = 300;

  private static final Executor SHARED =
      CompletableFuture.delayedExecutor(
          10, TimeUnit.MILLISECONDS, task -> EngineThreads.start("xmpp-ask", task));

  private static final int LONGEST = 20_000;

  /** The wire, as far as this needs it. */
  public interface Wire {
    /** Sends a stanza without waiting; false if there is no room for it at the moment. */
    boolean send(Stanza stanza) throws NotConnectedException;

    void requestAcknowledgement() throws NotConnectedException, InterruptedException;
  }

  private final Wire wire;
  private final TokenBucket bucket;
  private final Consumer<Stanza> unsent;
  private final Executor later;
  private final Deque<Stanza> waiting = new ArrayDeque<>();

  /** What could not be sent, and is told when the lock is free. */
  private final Deque<Stanza> failed = new ArrayDeque<>();

  /** Who waits for {@link #demand}; null if nobody. */
  private @Nullable Runnable wanting;

  private boolean asked;
  private boolean isToAsk;
  private int sentSinceAsked;
  private boolean open;

  /** The ids of what was sent and is not acknowledged, in order. */
  private final SequencedSet<String> underway = new LinkedHashSet<>();

  /** How many of these were sent before the last request. */
  private int askedFor;

  /**
   * A queue that is not open yet.
   *
   * @param wire where stanzas go
   * @param flood the pace
   * @param unsent is told of what could not be sent, with no lock held: it may wait
   */
  public SendQueue(Wire wire, Flood flood, Consumer<Stanza> unsent) {
    this(wire, flood, unsent, SHARED);
  }

  /** With another idea of how long to wait for stanzas that share an acknowledgement. */
  SendQueue(Wire wire, Flood flood, Consumer<Stanza> unsent, Executor later) {
    this.later = later;
    this.wire = wire;
    this.bucket = new TokenBucket(flood.burst(), flood.perSecond(), System.nanoTime());
    this.unsent = unsent;
  }

  /**
   * The connection takes stanzas (again).
   *
   * @param isResumed whether what was not acknowledged is sent once more by Smack
   */
  public void open(boolean isResumed) {
    synchronized (this) {
      open = true;
      asked = false;
      sentSinceAsked = 0;
      askedFor = 0;
      if (!isResumed) {
        underway.clear();
      }
    }
    tell();
  }

  /**
   * Sends a stanza, now or when it is its turn.
   *
   * @param stanza what to send
   * @return false if there is no room for it, or no connection
   */
  public boolean send(Stanza stanza) {
    synchronized (this) {
      if (!open || waiting.size() >= LONGEST) {
        return false;
      }
      if (!waiting.isEmpty() || !trySend(stanza)) {
        waiting.addLast(stanza);
      }
    }
    tell();
    return true;
  }

  /**
   * How many more stanzas would leave at once, and find room among those that the server has yet to
   * acknowledge.
   *
   * @param more run once, on any thread and without the lock, if there are none, as soon as there
   *     are
   * @return a number; those that wait have been taken off
   */
  public synchronized int demand(Runnable more) {
    int now = demand();
    if (now == 0) {
      wanting = more;
    }
    return now;
  }

  private int demand() {
    int most = Math.min(bucket.available(System.nanoTime()), WINDOW - underway.size());
    return open ? Math.max(0, most - waiting.size()) : 1;
  }

  /** Sends what may be sent by now. */
  public void pump() {
    synchronized (this) {
      sendWaiting();
    }
    tell();
  }

  /** Tells what has come of it, to those who may wait for the journal: without the lock. */
  private void tell() {
    for (Stanza each = nextFailed(); each != null; each = nextFailed()) {
      unsent.accept(each);
    }
    Runnable more = takeWanting();
    if (more != null) {
      more.run();
    }
  }

  private synchronized @Nullable Stanza nextFailed() {
    return failed.pollFirst();
  }

  private synchronized @Nullable Runnable takeWanting() {
    Runnable more = wanting != null && demand() > 0 ? wanting : null;
    wanting = more == null ? wanting : null;
    return more;
  }

  private void sendWaiting() {
    while (open && !waiting.isEmpty() && trySend(waiting.peekFirst())) {
      waiting.removeFirst();
    }
  }

  private boolean trySend(Stanza stanza) {
    if (underway.size() >= WINDOW || !bucket.tryTake(System.nanoTime())) {
      return false;
    }
    try {
      if (!wire.send(stanza)) {
        askSoon();
        return false;
      }
      underway.addLast(String.valueOf(stanza.getStanzaId()));
      sentSinceAsked++;
      askSoon();
    } catch (NotConnectedException gone) {
      failed.addLast(stanza);
    }
    return true;
  }

  private void askSoon() {
    if (asked) {
      return;
    }
    if (sentSinceAsked >= BUNDLE) {
      ask();
    } else if (!isToAsk) {
      isToAsk = true;
      later.execute(this::askNow);
    }
  }

  private void askNow() {
    synchronized (this) {
      isToAsk = false;
      if (open && !asked) {
        ask();
      }
      sendWaiting();
    }
    tell();
  }

  private void ask() {
    asked = true;
    sentSinceAsked = 0;
    askedFor = underway.size();
    try {
      wire.requestAcknowledgement();
    } catch (NotConnectedException gone) {
      // What becomes of all that was sent is decided when the connection ends.
      asked = false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** The server has handled a stanza (XEP-0198). */
  public void acknowledged(Stanza stanza) {
    synchronized (this) {
      if (!underway.remove(String.valueOf(stanza.getStanzaId()))) {
        return;
      }
      sendWaiting();
    }
    tell();
  }

  /**
   * The server has told what it has handled, which need not be all that the last request was for:
   * Smack asks, too, and servers tell by themselves.
   */
  public void acknowledged() {
    synchronized (this) {
      asked = false;
      sendWaiting();
      if (open && sentSinceAsked > 0) {
        askSoon();
      }
    }
    tell();
  }

  /** The server has handled all that was sent before the last request. */
  public void acknowledgedAll() {
    synchronized (this) {
      for (; askedFor > 0 && !underway.isEmpty(); askedFor--) {
        underway.removeFirst();
      }
    }
    acknowledged();
  }

  /**
   * The connection is gone; what waits has certainly not left.
   *
   * @return the stanzas that waited
   */
  public Deque<Stanza> close() {
    Deque<Stanza> left;
    synchronized (this) {
      open = false;
      left = new ArrayDeque<>(waiting);
      waiting.clear();
    }
    tell();
    return left;
  }

  public static Outcome.NotSent notSent(String reason) {
    return new Outcome.NotSent(Duration.ZERO, reason);
  }
}
