package dev.owlery.plugins.webhooks;

/** A request is refused; the client learns the status and one word. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  Refused(int status, String word) {
    super(word);
    this.status = status;
  }

  int status() {
    return status;
  }

  String word() {
    return String.valueOf(getMessage());
  }
}
