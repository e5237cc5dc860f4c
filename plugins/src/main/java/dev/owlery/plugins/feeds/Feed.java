package dev.owlery.plugins.feeds;

import dev.owlery.api.http.WebAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A feed to follow.
 *
 * @param name what it is called here
 * @param url where it is
 * @param topic where its entries are published
 * @param every how often it is asked
 * @param announceFirst whether the entries that are there at first are told too
 */
record Feed(String name, URI url, String topic, Duration every, boolean announceFirst) {

  static final String NAME = "a feed's name is made of a-z, 0-9, - and _, 40 at most";
  static final String ADDRESS =
      "an address like https://example.org/feed.xml, without a user's name in it";

  static boolean isName(String name) {
    return name.matches("[a-z0-9][a-z0-9_-]{0,39}");
  }

  /** Reads an address of the web; empty if it is none, or has a user's name in it. */
  static Optional<URI> address(String text) {
    return WebAddress.of(text);
  }
}
