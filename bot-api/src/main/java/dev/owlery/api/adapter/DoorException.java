package dev.owlery.api.adapter;

/** The network would not do what a {@link Door} asked, or did not answer in time. */
public final class DoorException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Says why.
   *
   * @param message one line, fit for a user
   * @param cause what the network's library threw
   */
  public DoorException(String message, Throwable cause) {
    super(message, cause);
  }
}
