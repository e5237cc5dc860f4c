package dev.owlery.plugins.feeds;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An entry of a feed.
 *
 * @param id what the feed calls it; its link or its title where it has no name
 * @param title one line of plain text
 * @param link where to read on
 * @param text what it says, in plain text; may be empty
 */
record FeedEntry(String id, String title, Optional<URI> link, String text) {

  private static final int PRINT = 8;

  /** The id in a form of one length. */
  String print() {
    return print(id);
  }

  /** What tells it from another entry of the same id, in a form of one length. */
  String detail() {
    return print(id + "\n" + link.map(URI::toString).orElse("") + "\n" + title);
  }

  static String print(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, PRINT);
    } catch (NoSuchAlgorithmException always) {
      throw new IllegalStateException(always);
    }
  }
}
