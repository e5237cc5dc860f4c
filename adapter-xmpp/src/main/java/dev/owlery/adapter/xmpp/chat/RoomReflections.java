package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.plugin.Store;
import dev.owlery.spi.EngineThreads;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smackx.sid.element.OriginIdElement;

/**
 * Recognises our own messages as rooms show them. A room that keeps our ids says by them which is
 * which. Gateways and old services do not keep them ({@code muc#stable_id} is not announced), trim
 * the text and drop its marks: there the oldest message with the same text is confirmed. Where a
 * room shows nothing at all, a message is repeated once at most. Safe for use by several threads.
 */
public final class RoomReflections {
  /** Rooms that announce this keep the ids of what they reflect (XEP-0045 section 18.3). */
  static final String STABLE_ID = "http://jabber.org/protocol/muc#stable_id";

  private static final Pattern REWRITTEN = Pattern.compile("[\\s\\p{Z}\\p{C}*_~`]+");
  private static final int MOST_SHOWN = 1_000;
  private static final int MOST_REPEATED = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String REPEATED = "repeated:";
  private static final String KEEPS_IDS = "keeps-ids:";

  /** A message of ours in a room's history. */
  private record ReflectedMessage(String room, List<String> ids, String text, Instant at) {}

  private final XmppSession session;
  private final SessionParts parts;
  private final Deque<ReflectedMessage> history = new ArrayDeque<>();

  /** Its thread may wait for rooms' talk and the journal: who asks may be the journal's own. */
  private final Executor lookUps;

  RoomReflections(XmppSession session) {
    this.session = session;
    this.parts = session.parts();
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            EngineThreads.named("xmpp-look-up"));
    one.allowCoreThreadTimeOut(true);
    this.lookUps = one;
  }

  /** What is left of a text that a gateway may have rewritten. */
  static String fold(String text) {
    return REWRITTEN.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).replaceAll("");
  }

  /** We are going into a room that announces, or has shown before, whether it keeps our ids. */
  void entering(String room, boolean announces) {
    boolean keeps = announces || memory().get(KEEPS_IDS + room).isPresent();
    parts.rooms().keepsIds(room, keeps);
  }

  private Store memory() {
    return parts.context().memory();
  }

  /**
   * A room shows a message of our own.
   *
   * @param message the message
   * @param room the room
   * @param earlier when it was said, if it is from the room's history
   * @return our id for it, if it is known
   */
  Optional<String> shown(Message message, String room, Optional<Instant> earlier) {
    List<String> ids = ids(message);
    for (String id : ids) {
      if (session.confirmations().reflected(room, id)) {
        learn(room);
        return Optional.of(id);
      }
    }
    String text = fold(Stanzas.orEmpty(message.getBody()));
    if (earlier.isPresent()) {
      note(new ReflectedMessage(room, ids, text, earlier.get()));
    } else if (!text.isEmpty() && !parts.rooms().keepsIds(room)) {
      Optional<String> token = session.confirmations().reflectedText(room, text);
      if (token.isPresent()) {
        return token;
      }
    }
    return ids.stream().findFirst();
  }

  /** Rooms may change the first, and gateways may leave the second as it is. */
  private static List<String> ids(Message message) {
    OriginIdElement origin = OriginIdElement.getOriginId(message);
    return Stream.of(message.getStanzaId(), origin == null ? null : origin.getId())
        .filter(Objects::nonNull)
        .filter(id -> !id.isEmpty())
        .distinct()
        .toList();
  }

  private void learn(String room) {
    if (!parts.rooms().keepsIds(room)) {
      parts.rooms().keepsIds(room, true);
      memory().put(KEEPS_IDS + room, "");
    }
  }

  private synchronized void note(ReflectedMessage shown) {
    history.addLast(shown);
    if (history.size() > MOST_SHOWN) {
      history.removeFirst();
    }
  }

  /** Gives up waiting where a room has shown nothing of what we said; now and then. */
  void watch() {
    Duration patience =
        parts.settings().ping().every().plus(parts.settings().ping().patience()).multipliedBy(2);
    for (String room : parts.rooms().joined()) {
      if (!parts.rooms().keepsIds(room)) {
        session
            .confirmations()
            .unanswered(room, patience, "the room does not show what the bot says");
      }
    }
  }

  /**
   * Finds out whether a room without an archive has shown a message. Waits until the history is
   * told that the room sends at our coming.
   *
   * @param room the room
   * @param outgoing the message
   * @param body its text
   * @return doubtful if the room may show it yet, or may be asked again
   */
  public CompletionStage<Outcome> lookUp(String room, Outgoing outgoing, String body) {
    if (!parts.rooms().isKnown(room)) {
      return CompletableFuture.completedFuture(new Outcome.Doubtful("not in the room any more"));
    }
    return CompletableFuture.completedFuture(room)
        .thenComposeAsync(there -> whenOpened(there, outgoing, fold(body)), lookUps);
  }

  private CompletableFuture<Outcome> whenOpened(String room, Outgoing outgoing, String text) {
    CompletableFuture<Void> opened = session.conversations().talk().opened(room);
    return CompletableFuture.anyOf(opened, session.lost())
        .completeOnTimeout("late", PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .handleAsync(
            (any, error) ->
                opened.isDone()
                    ? known(room, outgoing, text)
                    : new Outcome.Doubtful("not back in the room"),
            lookUps);
  }

  private Outcome known(String room, Outgoing outgoing, String text) {
    String token = outgoing.token();
    Instant since = session.conversations().byRoomsClock(outgoing.handedAt());
    if (take(room, token, text, since)) {
      return new Outcome.Settled(Receipt.delivered(new MessageId(token)));
    }
    if (parts.rooms().keepsIds(room)) {
      return new Outcome.Doubtful("the room keeps no archive");
    }
    if (memory().get(REPEATED + token).isPresent()) {
      memory().remove(REPEATED + token);
      return new Outcome.Unconfirmed("repeated once, and the room shows neither");
    }
    Map<String, String> repeated = memory().entries(REPEATED);
    if (repeated.size() >= MOST_REPEATED) {
      repeated.entrySet().stream()
          .min(Map.Entry.comparingByValue(Comparator.comparing(Instant::parse)))
          .ifPresent(oldest -> memory().remove(oldest.getKey()));
    }
    memory().put(REPEATED + token, session.conversations().now().toString());
    return new Outcome.Doubtful("the room keeps neither an archive nor the ids of messages");
  }

  /** Each message in the history confirms one of ours. */
  private synchronized boolean take(String room, String token, String text, Instant since) {
    boolean isTextEnough = !text.isEmpty() && !parts.rooms().keepsIds(room);
    Optional<ReflectedMessage> found =
        history.stream()
            .filter(each -> each.room().equals(room) && each.ids().contains(token))
            .findFirst()
            .or(() ->
                history.stream()
                    .filter(each -> isTextEnough && each.room().equals(room))
                    .filter(each -> each.text().equals(text) && !each.at().isBefore(since))
                    .findFirst());
    found.ifPresent(history::remove);
    return found.isPresent();
  }
}
