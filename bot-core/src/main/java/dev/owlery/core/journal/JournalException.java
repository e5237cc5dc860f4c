package dev.owlery.core.journal;

/** The store cannot be opened, or did not take a change. Its message is for a person. */
public final class JournalException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Makes an exception without an underlying one.
   *
   * @param message what is wrong, and perhaps what to do
   */
  public JournalException(String message) {
    super(message);
  }

  /**
   * Makes an exception.
   *
   * @param message what is wrong, and perhaps what to do
   * @param cause the underlying trouble
   */
  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
