package dev.owlery.plugins.webhooks;

/** A request is refused; the client learns the status, one word, and perhaps what to change. */
final class RequestRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String advice;

  RequestRefused(int status, String word) {
    this(status, word, "");
  }

  /**
   * Refuses a request.
   *
   * @param status of HTTP
   * @param word for programs
   * @param advice for whoever set the other side up; one line, with nothing from outside in it
   */
  RequestRefused(int status, String word, String advice) {
    super(word);
    this.status = status;
    this.advice = advice;
  }

  int status() {
    return status;
  }

  String word() {
    return String.valueOf(getMessage());
  }

  /** The whole of what the client is told. */
  String text() {
    return word() + (advice.isEmpty() ? "" : ": " + advice) + "\n";
  }
}
