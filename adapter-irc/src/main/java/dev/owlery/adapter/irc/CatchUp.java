package dev.owlery.adapter.irc;

import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which lines of a replayed history were missed. What is older than the newest recorded
 * event of the room was not; a room of which nothing is recorded has missed nothing, so that a bot
 * that comes for the first time does not answer to the past.
 *
 * <p>The bot's own coming is published behind the history that the server sends with it: were it
 * recorded first, a crash in between would make the missed lines look seen. For the thread that
 * reads the connection.
 */
final class CatchUp {
  /** Histories have whole seconds; what comes twice for that is recognised by its key. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private final AdapterContext context;
  private final Map<Conversation, Optional<Instant>> lastSeen = new HashMap<>();
  private final Map<Conversation, ChatEvent> held = new LinkedHashMap<>();

  CatchUp(AdapterContext context) {
    this.context = context;
  }

  /**
   * The bot has come into a room.
   *
   * @param ownJoin the event that says so; published later
   * @return the newest that was recorded in the room, if anything
   */
  Optional<Instant> joined(ChatEvent ownJoin) {
    held.put(ownJoin.where(), ownJoin);
    lastSeen.remove(ownJoin.where());
    return lastSeen(ownJoin.where());
  }

  /** Publishes a live event of a room, the bot's own coming first. */
  void publish(ChatEvent event) {
    if (!held.isEmpty()) {
      flush(event.where());
    }
    context.publish(event);
  }

  /** The history of a room is over, or there is none. */
  void flush(Conversation where) {
    ChatEvent ownJoin = held.remove(where);
    if (ownJoin != null) {
      publish(ownJoin);
    }
  }

  /** The histories of all rooms are over. */
  void flushAll() {
    List.copyOf(held.keySet()).forEach(this::flush);
  }

  /**
   * Publishes a replayed event if it was missed.
   *
   * @param event the event
   */
  void publishMissed(ChatEvent event) {
    boolean missed =
        lastSeen(event.where())
            .map(seen -> !event.origin().at().isBefore(seen.minus(SLACK)))
            .orElse(false);
    if (missed) {
      context.publish(event);
    }
  }

  private Optional<Instant> lastSeen(Conversation where) {
    return lastSeen.computeIfAbsent(where, room -> context.lastSeen(room).map(Origin::at));
  }
}
