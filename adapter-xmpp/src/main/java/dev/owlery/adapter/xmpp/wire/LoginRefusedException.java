package dev.owlery.adapter.xmpp.wire;

import java.io.IOException;

/** The server will not let us in until a person changes something. */
public final class LoginRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  LoginRefusedException(String reason) {
    super(reason);
  }
}
