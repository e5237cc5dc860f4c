package dev.owlery.plugins.feeds;

import java.util.List;

/**
 * What a feed's document says.
 *
 * @param title what the feed calls itself; may be empty
 * @param entries in the document's order, each id once
 */
record Contents(String title, List<Entry> entries) {

  /** Copies the list. */
  Contents {
    entries = List.copyOf(entries);
  }
}
