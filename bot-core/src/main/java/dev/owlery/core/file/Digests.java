package dev.owlery.core.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one digest. */
final class Digests {

  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
