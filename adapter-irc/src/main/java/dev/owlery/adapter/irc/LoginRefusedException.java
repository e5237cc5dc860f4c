package dev.owlery.adapter.irc;

import java.io.IOException;

/** The server will not have us, and trying again at once would not help. */
final class LoginRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean mayPass;

  /**
   * A refusal that stays until a person changes something.
   *
   * @param message one line for that person
   */
  LoginRefusedException(String message) {
    this(message, false);
  }

  /**
   * A refusal.
   *
   * @param message one line for a person
   * @param mayPass whether services that are restarting refuse in the same way, so that a few more
   *     attempts are worth their while
   */
  LoginRefusedException(String message, boolean mayPass) {
    super(message);
    this.mayPass = mayPass;
  }

  boolean mayPass() {
    return mayPass;
  }
}
