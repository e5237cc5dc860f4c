package dev.owlery.plugins.feeds;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a feed's document says.
 *
 * @param title what the feed calls itself; may be empty
 * @param entries in the document's order
 */
record Contents(String title, List<FeedEntry> entries) {

  /** Copies the list. */
  Contents {
    entries = List.copyOf(entries);
  }

  /** The prints of ids that stand for more than one entry: they tell nothing apart. */
  Set<String> shared() {
    Map<String, String> details = new HashMap<>();
    Set<String> shared = new HashSet<>();
    for (FeedEntry entry : entries) {
      String other = details.putIfAbsent(entry.print(), entry.detail());
      if (other != null && !other.equals(entry.detail())) {
        shared.add(entry.print());
      }
    }
    return shared;
  }
}
