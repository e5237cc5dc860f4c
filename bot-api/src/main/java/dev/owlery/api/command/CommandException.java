package dev.owlery.api.command;

/** Tells the person who called a command what they can do better. Not logged as a fault. */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * What to tell.
   *
   * @param message one line for the person who called, in plain text
   */
  public CommandException(String message) {
    super(message);
  }
}
