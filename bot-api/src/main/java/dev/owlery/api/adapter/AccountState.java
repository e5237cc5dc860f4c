package dev.owlery.api.adapter;

import dev.owlery.api.chat.Conversation;
import java.util.Map;
import java.util.Optional;

/**
 * How an account and its rooms are.
 *
 * @param phase where the account stands
 * @param detail one line for a person: with whom it is connected, what went wrong, when it tries
 *     again; no secrets
 * @param rooms how each room is that the account is or should be in, with a line about it
 * @param trouble why the account is not online, from the first attempt that has failed until it is
 *     online again; empty while nothing has gone wrong
 */
public record AccountState(
    Phase phase, String detail, Map<Conversation, RoomState> rooms, Optional<Trouble> trouble) {

  /** Where an account stands. */
  public enum Phase {
    /** Not online yet, or not any more; it keeps trying. */
    CONNECTING,
    /** The network answers probes. */
    ONLINE,
    /**
     * It will not try again by itself: a person must change something, for example the password.
     */
    FAILED,
    /** Closed by us, or has come to its natural end (a console at the end of its input). */
    CLOSED
  }

  /**
   * How a room is.
   *
   * @param joined whether the network confirmed that the account is in it
   * @param detail one line for a person; empty if all is well
   * @param pending whether the account is still on its way in, and nothing is known to be wrong
   */
  public record RoomState(boolean joined, String detail, boolean pending) {

    /**
     * A room that the account is in, or that it is not in for the reason given; pending if there is
     * none.
     *
     * @param joined whether the network confirmed that the account is in it
     * @param detail one line for a person; empty if all is well
     */
    public RoomState(boolean joined, String detail) {
      this(joined, detail, !joined && detail.isEmpty());
    }

    /**
     * A room that the account is on its way into.
     *
     * @param detail one line for a person, such as that it is not connected
     * @return the state
     */
    public static RoomState pending(String detail) {
      return new RoomState(false, detail, true);
    }

    /**
     * Whether a person should know: the room has refused the account, or sent it out.
     *
     * @return true if the account is neither in the room nor on its way
     */
    public boolean isRefused() {
      return !joined && !pending;
    }
  }

  /**
   * Why the last attempt to connect, or the last connection, has ended.
   *
   * @param reason one line for a person, with the next step where one is known; no secrets
   * @param likelyPermanent whether further attempts will probably fail in the same way until a
   *     person has changed a setting, the server or the network
   */
  public record Trouble(String reason, boolean likelyPermanent) {}

  /** Copies the map, so that the state stays as it is. */
  public AccountState {
    rooms = Map.copyOf(rooms);
  }

  /**
   * A state in which nothing has gone wrong.
   *
   * @param phase where the account stands
   * @param detail one line for a person
   * @param rooms how each room is
   */
  public AccountState(Phase phase, String detail, Map<Conversation, RoomState> rooms) {
    this(phase, detail, rooms, Optional.empty());
  }

  /**
   * A state without rooms.
   *
   * @param phase where the account stands
   * @param detail one line for a person
   */
  public AccountState(Phase phase, String detail) {
    this(phase, detail, Map.of());
  }

  /**
   * The same state with its rooms.
   *
   * @param known how each room is
   * @return the state
   */
  public AccountState withRooms(Map<Conversation, RoomState> known) {
    return new AccountState(phase, detail, known, trouble);
  }
}
