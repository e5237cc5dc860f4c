package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.chat.MessageId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Stanza;
import org.jspecify.annotations.Nullable;

/**
 * Which stanzas of ours are on their way, and what became of them. What goes to one address is
 * confirmed when the server has acknowledged it (XEP-0198), what goes into a room when the room
 * reflects it (XEP-0045 section 7.4), and an error with its id refuses it. Safe for use by several
 * threads.
 */
public final class Confirmations {
  /** What confirms a stanza. */
  public enum By {
    /** The server's acknowledgement. */
    SERVER,
    /** The room's reflection. */
    ROOM
  }

  /**
   * A stanza on its way.
   *
   * @param by what will confirm it
   * @param room the room that will; else empty
   * @param text what it says, as {@link RoomReflections#fold} leaves it; empty unless for a room
   * @param outcome what becomes of it
   * @param writtenAt when it has left, in nanoseconds; empty as long as it has not
   */
  private record Pending(
      By by,
      String room,
      String text,
      CompletableFuture<Outcome> outcome,
      AtomicReference<@Nullable Long> writtenAt) {

    Pending again() {
      return new Pending(by, room, text, new CompletableFuture<>(), writtenAt);
    }
  }

  private final Map<String, Pending> onTheWay = new LinkedHashMap<>();

  /** What an interrupted stream had on its way, as long as it may be resumed. */
  private final Map<String, Pending> interrupted = new LinkedHashMap<>();

  /**
   * A stanza is about to be sent.
   *
   * @param stanza with an id of its own
   * @param by what will confirm it
   * @param room the room that will; else empty
   * @return what becomes of it
   */
  synchronized CompletableFuture<Outcome> expect(Stanza stanza, By by, String room) {
    String text =
        by == By.ROOM && stanza instanceof Message message
            ? RoomReflections.fold(Stanzas.orEmpty(message.getBody()))
            : "";
    Pending pending =
        new Pending(by, room, text, new CompletableFuture<>(), new AtomicReference<>());
    onTheWay.put(stanza.getStanzaId(), pending);
    return pending.outcome();
  }

  /** The ids of those that wait for the server's acknowledgement. */
  synchronized List<String> waitingForServer() {
    return onTheWay.entrySet().stream()
        .filter(entry -> entry.getValue().by() == By.SERVER)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The server has acknowledged a stanza. */
  void acknowledged(@Nullable String id) {
    settle(id, By.SERVER, "", () -> delivered(Optional.ofNullable(id)));
  }

  /**
   * A room has reflected a stanza.
   *
   * @param room which
   * @param id the stanza's id
   * @return whether it was one of ours that waited for this
   */
  boolean reflected(String room, String id) {
    return settle(id, By.ROOM, room, () -> delivered(Optional.of(id)));
  }

  /**
   * A room that does not keep our ids has shown a text of ours: the oldest message that says this
   * is confirmed, or the oldest of all if the room shows its beginning only.
   *
   * @param room which
   * @param text as {@link RoomReflections#fold} leaves it
   * @return the message's id; empty if none says this
   */
  Optional<String> reflectedText(String room, String text) {
    Optional<String> found;
    synchronized (this) {
      List<Map.Entry<String, Pending>> ofRoom =
          Stream.concat(interrupted.entrySet().stream(), onTheWay.entrySet().stream())
              .filter(each -> each.getValue().by() == By.ROOM)
              .filter(each -> each.getValue().room().equals(room))
              .toList();
      found =
          ofRoom.stream()
              .filter(each -> each.getValue().text().equals(text))
              .findFirst()
              .or(() ->
                  ofRoom.stream()
                      .findFirst()
                      .filter(each -> each.getValue().text().startsWith(text)))
              .map(Map.Entry::getKey);
    }
    return found.filter(id -> reflected(room, id));
  }

  /** A stanza has left. */
  synchronized void written(@Nullable String id) {
    Pending pending = id == null ? null : onTheWay.get(id);
    if (pending != null) {
      pending.writtenAt().set(System.nanoTime());
    }
  }

  /**
   * Gives up waiting for what a room does not show.
   *
   * @param room which
   * @param patience how long it may take, from when a stanza has left
   * @param reason in one line
   */
  void unanswered(String room, Duration patience, String reason) {
    long now = System.nanoTime();
    List<Pending> givenUp = new ArrayList<>();
    synchronized (this) {
      onTheWay
          .values()
          .removeIf(each -> {
            Long written = each.writtenAt().get();
            return each.room().equals(room)
                && written != null
                && now - written > patience.toNanos()
                && givenUp.add(each);
          });
    }
    givenUp.forEach(each -> each.outcome().complete(new Outcome.Unconfirmed(reason)));
  }

  private static Outcome delivered(Optional<String> id) {
    return new Outcome.Settled(new Receipt.Delivered(id.map(MessageId::new)));
  }

  private boolean settle(
      @Nullable String id, By by, String room, java.util.function.Supplier<Outcome> outcome) {
    if (id == null) {
      return false;
    }
    Pending pending;
    synchronized (this) {
      pending = take(onTheWay, id, by, room);
      if (pending == null) {
        pending = take(interrupted, id, by, room);
      }
    }
    return pending != null && pending.outcome().complete(outcome.get());
  }

  private static @Nullable Pending take(Map<String, Pending> from, String id, By by, String room) {
    Pending pending = from.get(id);
    if (pending == null || pending.by() != by || !pending.room().equals(room)) {
      return null;
    }
    from.remove(id);
    return pending;
  }

  /**
   * An error has come for a stanza of ours.
   *
   * @param id the stanza's id
   * @param reason in one line
   * @return whether somebody waited for that
   */
  boolean refused(@Nullable String id, String reason) {
    if (id == null) {
      return false;
    }
    Pending pending;
    synchronized (this) {
      pending = onTheWay.remove(id);
      if (pending == null) {
        pending = interrupted.remove(id);
      }
    }
    return pending != null && pending.outcome().complete(Outcome.refused(reason));
  }

  /** A stanza was not sent after all. */
  void notSent(String id, Outcome.NotSent outcome) {
    Pending pending;
    synchronized (this) {
      pending = onTheWay.remove(id);
    }
    if (pending != null) {
      pending.outcome().complete(outcome);
    }
  }

  /** What waits for this room waits in vain: we are not in it any more. */
  void left(String room, String reason) {
    List<Pending> doubtful = new ArrayList<>();
    synchronized (this) {
      onTheWay.values().removeIf(each -> each.room().equals(room) && doubtful.add(each));
    }
    doubtful.forEach(each -> each.outcome().complete(new Outcome.Doubtful(reason)));
  }

  /**
   * The connection has ended: whatever was not confirmed is doubtful.
   *
   * @param reason why, in one line
   */
  void lost(String reason) {
    List<Pending> doubtful;
    synchronized (this) {
      doubtful = new ArrayList<>(onTheWay.values());
      onTheWay.forEach((id, each) -> interrupted.put(id, each.again()));
      onTheWay.clear();
    }
    doubtful.forEach(each -> each.outcome().complete(new Outcome.Doubtful(reason)));
  }

  /**
   * What a resumed stream has sent again by itself.
   *
   * @param id the stanza's id
   * @return what becomes of it; empty if it is not among these
   */
  public synchronized Optional<CompletableFuture<Outcome>> resumed(String id) {
    return Optional.ofNullable(interrupted.get(id)).map(Pending::outcome);
  }

  /** The stream was not resumed, or is at an end. */
  void forgetInterrupted() {
    List<Pending> forgotten;
    synchronized (this) {
      forgotten = new ArrayList<>(interrupted.values());
      interrupted.clear();
    }
    forgotten.forEach(
        each -> each.outcome().complete(new Outcome.Doubtful("the stream could not be resumed")));
  }
}
