package dev.owlery.adapter.irc;

import java.io.IOException;

/** The server will not have us until a person changes something; trying again would not help. */
final class LoginRefused extends IOException {
  private static final long serialVersionUID = 1L;

  LoginRefused(String message) {
    super(message);
  }
}
