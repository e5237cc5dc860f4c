package dev.owlery.api.chat;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place where things are said: a room or a direct chat, perhaps a thread in it. Written {@code
 * account/room} or {@code account/room?thread}, for example {@code libera/#owls}; {@link
 * dev.owlery.api.plugin.Bot#locate} reads back what {@link #toString} has written.
 *
 * <p>Events of one room (all of its threads together) are handled one at a time, in order of
 * arrival; different rooms run in parallel.
 *
 * @param account the account that is in the conversation
 * @param kind what sort of place it is
 * @param room the network's own name for it, in its canonical form (IRC: folded by the server's
 *     case mapping; XMPP: a normalised bare address; Slack: the conversation's name or id); empty
 *     for {@link Kind#ACCOUNT}
 * @param thread the network's id of the thread, if this is a thread in the room; an empty id is
 *     none
 */
public record Conversation(AccountId account, Kind kind, String room, Optional<String> thread) {

  private static final Pattern NOT_IN_ROOM = Pattern.compile("[%?/]");
  private static final Pattern NOT_IN_THREAD = Pattern.compile("[%?/@\\p{Cc}]");

  /** What sort of place a conversation is. */
  public enum Kind {
    /** Several members may be present. */
    ROOM,
    /** The bot and one other. */
    DIRECT,
    /** Not a place to speak: what happens to the account itself. */
    ACCOUNT
  }

  /**
   * Checks that nothing in the name could break a log line or a protocol line.
   *
   * @throws IllegalArgumentException if the room holds a control character, or is empty where a
   *     name is needed
   */
  public Conversation {
    if (room.isEmpty() != (kind == Kind.ACCOUNT)) {
      throw new IllegalArgumentException(
          "a room has a name, an account's own conversation has none");
    }
    if (room.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a room's name has no control characters");
    }
    thread = thread.filter(id -> !id.isEmpty());
  }

  /**
   * A room.
   *
   * @param account the account that is in it
   * @param room the network's name for it
   * @return the room, without a thread
   */
  public static Conversation room(AccountId account, String room) {
    return new Conversation(account, Kind.ROOM, room, Optional.empty());
  }

  /**
   * A direct chat.
   *
   * @param account the account that talks
   * @param other the network's address of the other side
   * @return the chat, without a thread
   */
  public static Conversation direct(AccountId account, String other) {
    return new Conversation(account, Kind.DIRECT, other, Optional.empty());
  }

  /**
   * The place of events that concern the account as a whole.
   *
   * @param account the account
   * @return its own conversation
   */
  public static Conversation ofAccount(AccountId account) {
    return new Conversation(account, Kind.ACCOUNT, "", Optional.empty());
  }

  /**
   * Whether this is the bot and one other, where commands need no prefix.
   *
   * @return true for a direct chat
   */
  public boolean isDirect() {
    return kind == Kind.DIRECT;
  }

  /**
   * The same room as a thread.
   *
   * @param id the network's id of the thread
   * @return the thread in this room
   */
  public Conversation inThread(String id) {
    return new Conversation(account, kind, room, Optional.of(id));
  }

  /**
   * The written form, without the thread: the unit of order.
   *
   * @return {@code account/room}
   */
  public String address() {
    return account.name() + "/" + room;
  }

  /**
   * The written form, with the thread if there is one. With a thread, the characters {@code %},
   * {@code ?} and {@code /} of its two parts, and {@code @} and control characters of the thread's
   * id, are written as {@code %} and two hexadecimal digits; without one this is {@link #address}.
   *
   * @return {@code account/room} or {@code account/room?thread}
   */
  @Override
  public String toString() {
    return thread
        .map(id ->
            account.name() + "/" + escaped(NOT_IN_ROOM, room) + "?" + escaped(NOT_IN_THREAD, id))
        .orElseGet(this::address);
  }

  private static String escaped(Pattern characters, String text) {
    return characters
        .matcher(text)
        .replaceAll(found -> "%%%02X".formatted((int) found.group().charAt(0)));
  }
}
