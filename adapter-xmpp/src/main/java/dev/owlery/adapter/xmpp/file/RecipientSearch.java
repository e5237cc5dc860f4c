package dev.owlery.adapter.xmpp.file;

import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.spi.BoundedMap;
import dev.owlery.spi.EngineThreads;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.smack.SmackException.NotConnectedException;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the client of somebody who is not in the contact list: asks all their clients at once, by a
 * message to the bare address that no person sees and no server keeps. An Owlery that takes files
 * answers it, and so its full address is known. Any thread.
 */
final class RecipientSearch {
  static final String NAMESPACE = FileReceipt.NAMESPACE;
  static final String QUESTION = "find";
  static final String ANSWER = "here";

  private static final Logger LOG = LoggerFactory.getLogger(RecipientSearch.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** For so long nobody is asked again who did not answer. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  /** Nobody is answered more often. */
  private static final Duration PACE = Duration.ofSeconds(1);

  private static final int MOST = 1_000;

  private final Clock clock;
  private final Map<String, CompletableFuture<Optional<Jid>>> asked =
      BoundedMap.firstInFirstOut(MOST);
  private final Map<String, Instant> silent = BoundedMap.firstInFirstOut(MOST);
  private final Map<String, Instant> answered = BoundedMap.firstInFirstOut(MOST);

  RecipientSearch(Clock clock) {
    this.clock = clock;
  }

  /**
   * Asks.
   *
   * @param link the connection
   * @param whom a bare address
   * @return the full address of the first that answers; empty if none does within two seconds
   * @throws IOException if the connection ends
   * @throws InterruptedException if the thread is interrupted
   */
  Optional<Jid> find(XmppLink link, Jid whom) throws IOException, InterruptedException {
    String bare = whom.toString();
    CompletableFuture<Optional<Jid>> answer;
    boolean isFirst;
    synchronized (this) {
      if (silent.getOrDefault(bare, Instant.MIN).isAfter(clock.instant())) {
        return Optional.empty();
      }
      CompletableFuture<Optional<Jid>> waiting = asked.get(bare);
      isFirst = waiting == null;
      answer = waiting == null ? new CompletableFuture<>() : waiting;
      asked.put(bare, answer);
    }
    if (isFirst) {
      send(link, whom, QUESTION);
      answer.completeOnTimeout(Optional.empty(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
    try {
      Optional<Jid> found = PeerTimeouts.wait(link, answer, PATIENCE.multipliedBy(2));
      synchronized (this) {
        if (found.isEmpty()) {
          silent.put(bare, clock.instant().plus(SILENCE));
        }
      }
      return found;
    } finally {
      synchronized (this) {
        asked.remove(bare, answer);
      }
    }
  }

  private static void send(XmppLink link, Jid to, String what)
      throws IOException, InterruptedException {
    Message message =
        link.connection()
            .getStanzaFactory()
            .buildMessageStanza()
            .to(to)
            .ofType(Message.Type.headline)
            .addExtension(StandardExtensionElement.builder(what, NAMESPACE).build())
            .build();
    try {
      link.connection().sendStanza(message);
    } catch (NotConnectedException gone) {
      throw new IOException("not connected", gone);
    }
  }

  /**
   * A message without a body has come. On the reading thread.
   *
   * @return true if it was a question or an answer
   */
  boolean received(XmppLink link, Message message) {
    Jid from = message.getFrom();
    if (from == null) {
      return false;
    }
    if (message.hasExtension(ANSWER, NAMESPACE)) {
      synchronized (this) {
        // Who was not asked is not believed.
        Optional.ofNullable(asked.get(from.asBareJid().toString()))
            .ifPresent(waiting -> waiting.complete(Optional.of(from)));
      }
      return true;
    }
    if (!message.hasExtension(QUESTION, NAMESPACE)) {
      return false;
    }
    if (mayAnswer(from)) {
      EngineThreads.start("files-here", () -> answer(link, from));
    }
    return true;
  }

  private synchronized boolean mayAnswer(Jid from) {
    Instant now = clock.instant();
    String bare = from.asBareJid().toString();
    boolean may = answered.getOrDefault(bare, Instant.MIN).isBefore(now);
    if (may) {
      answered.put(bare, now.plus(PACE));
    }
    return may;
  }

  private static void answer(XmppLink link, Jid to) {
    try {
      send(link, to, ANSWER);
    } catch (IOException gone) {
      LOG.debug("who looks for us is not answered: {}", gone.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
