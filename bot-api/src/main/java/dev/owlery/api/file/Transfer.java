package dev.owlery.api.file;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.FileRef;
import java.time.Instant;

/**
 * A file on its way, or at its end, at one moment.
 *
 * @param id names it in commands; letters, digits and {@code -}
 * @param direction to others or to the bot
 * @param where the conversation that it belongs to
 * @param author who asked for it to be sent, or who offered it
 * @param file its name, size and SHA-256 as far as they are known; of a received file that is whole
 *     the location is where it lies
 * @param state how far it is
 * @param moved how many bytes the receiving side has, as far as this side knows
 * @param transport what carries it; empty while that is not decided
 * @param detail the last trouble or why it ended, one line; else empty
 * @param madeAt when it began
 */
public record Transfer(
    String id,
    Direction direction,
    Conversation where,
    String author,
    FileRef file,
    State state,
    long moved,
    String transport,
    String detail,
    Instant madeAt) {

  /** Which way a file goes. */
  public enum Direction {
    /** From the bot to others. */
    OUT,
    /** From others to the bot. */
    IN
  }

  /** How far a transfer is. */
  public enum State {
    /** Waits for its turn, for the network, or for the next attempt. */
    WAITING,
    /** Being carried. */
    RUNNING,
    /** Whole, and verified where the network lets one verify. */
    DONE,
    /** Given up; the detail says why. */
    FAILED,
    /** Called off. */
    CANCELLED;

    /**
     * Whether nothing more will happen.
     *
     * @return true for the last three
     */
    public boolean isOver() {
      return this == DONE || this == FAILED || this == CANCELLED;
    }
  }
}
