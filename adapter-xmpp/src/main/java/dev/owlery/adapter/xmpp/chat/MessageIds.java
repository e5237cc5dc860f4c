package dev.owlery.adapter.xmpp.chat;

import dev.owlery.spi.BoundedMap;
import java.util.Map;
import java.util.Optional;

/**
 * A message in a room has two ids: the one that its author gave it, and the one that the room gave
 * it, which nobody can forge. What refers to a message uses the one or the other, by its kind. This
 * remembers which belong together, for the newest messages. Safe for use by several threads.
 */
public final class MessageIds {
  /** The author of what we say. */
  static final String OURSELVES = "ourselves";

  private static final int MOST = 5_000;

  private final Map<String, String> ownByRooms = BoundedMap.firstInFirstOut(MOST);
  private final Map<String, String> roomsByOwn = BoundedMap.firstInFirstOut(MOST);
  private final Map<String, String> roomsByAuthors = BoundedMap.firstInFirstOut(MOST);
  private final Map<String, String> authors = BoundedMap.firstInFirstOut(MOST);

  /**
   * Remembers a message.
   *
   * @param room where it was said
   * @param sender by what the author is known again
   * @param authorsId the author's id for it
   * @param roomsId the room's id for it
   */
  synchronized void remember(String room, String sender, String authorsId, String roomsId) {
    roomsByAuthors.put(room + "\n" + sender + "\n" + authorsId, roomsId);
  }

  /** Remembers a message of ours. */
  synchronized void rememberOwn(String room, String ownId, String roomsId) {
    ownByRooms.put(room + "\n" + roomsId, ownId);
    roomsByOwn.put(room + "\n" + ownId, roomsId);
  }

  /**
   * Remembers who has said a message. Whoever says a second one under the same id does not get the
   * first.
   *
   * @param place the conversation's address
   * @param id what we call the message
   * @param author by what its author is known again
   */
  synchronized void saidBy(String place, String id, String author) {
    String _ = authors.putIfAbsent(place + "\n" + id, author);
  }

  /** Who has said a message, as {@link #saidBy} was told. */
  synchronized Optional<String> author(String place, String id) {
    return Optional.ofNullable(authors.get(place + "\n" + id));
  }

  /** Our own id of a message of ours that the room's id names. */
  synchronized Optional<String> ownId(String room, String roomsId) {
    return Optional.ofNullable(ownByRooms.get(room + "\n" + roomsId));
  }

  /** The room's id of a message of ours. */
  synchronized Optional<String> roomsIdOfOwn(String room, String ownId) {
    return Optional.ofNullable(roomsByOwn.get(room + "\n" + ownId));
  }

  /** The room's id of a message that its author names. */
  synchronized Optional<String> roomsId(String room, String sender, String authorsId) {
    return Optional.ofNullable(roomsByAuthors.get(room + "\n" + sender + "\n" + authorsId));
  }
}
