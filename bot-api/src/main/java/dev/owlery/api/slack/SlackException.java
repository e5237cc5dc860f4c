package dev.owlery.api.slack;

/** Slack has not done what was asked, or it is not known whether it has. */
public final class SlackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String error;

  /**
   * Names the failure.
   *
   * @param error Slack's word for it, such as {@code channel_not_found}; {@code not_sent} if Slack
   *     was not reached, {@code unsure} if there was no answer
   * @param message one line for a person
   */
  public SlackException(String error, String message) {
    super(message);
    this.error = error;
  }

  /**
   * What went wrong.
   *
   * @return Slack's word for it
   */
  public String error() {
    return error;
  }
}
