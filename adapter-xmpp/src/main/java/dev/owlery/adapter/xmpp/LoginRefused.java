package dev.owlery.adapter.xmpp;

import java.io.IOException;

/** The server will not let us in until a person changes something. */
final class LoginRefused extends IOException {
  private static final long serialVersionUID = 1L;

  LoginRefused(String reason) {
    super(reason);
  }
}
