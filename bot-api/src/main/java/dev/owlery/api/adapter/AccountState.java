package dev.owlery.api.adapter;

import dev.owlery.api.chat.Conversation;
import java.util.Map;

/**
 * How an account and its rooms are.
 *
 * @param phase where the account stands
 * @param detail one line for a person: with whom it is connected, what went wrong, when it tries
 *     again; no secrets
 * @param rooms how each room is that the account is or should be in, with a line about it
 */
public record AccountState(Phase phase, String detail, Map<Conversation, RoomState> rooms) {

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
   */
  public record RoomState(boolean joined, String detail) {}

  /** Copies the map, so that the state stays as it is. */
  public AccountState {
    rooms = Map.copyOf(rooms);
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
}
