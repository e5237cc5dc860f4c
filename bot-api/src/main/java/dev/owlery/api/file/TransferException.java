package dev.owlery.api.file;

import java.io.IOException;

/** Why a file is not carried, where it matters for what comes next. */
public final class TransferException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What sort of trouble it is. */
  public enum Reason {
    /** The other side does not want it, or may not send it: final. */
    REFUSED,
    /**
     * This transport does not reach the other side, or does not take this file: the next best is
     * tried.
     */
    UNREACHABLE,
    /** There is no room for it, here or there: tried again later. */
    NO_ROOM,
    /** The bytes are not those that were announced: all of it is sent again, a few times. */
    MISMATCH
  }

  private final Reason reason;

  /**
   * Trouble.
   *
   * @param reason what sort
   * @param message for a person, one line
   */
  public TransferException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /**
   * What sort of trouble it is.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
