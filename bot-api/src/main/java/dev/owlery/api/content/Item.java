package dev.owlery.api.content;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What is published on a topic, for people and programs at once.
 *
 * @param key unique within its topic: an item with a key that was seen before is the same item
 * @param title one line
 * @param text more than the title says; may be empty
 * @param link where to read on
 * @param fields facts for programs, by name
 * @param severity how much it matters
 */
public record Item(
    String key,
    String title,
    Text text,
    Optional<URI> link,
    Map<String, String> fields,
    Severity severity) {

  /** How much an item matters. */
  public enum Severity {
    /** Good to know. */
    INFO,
    /** Somebody should look. */
    WARNING,
    /** Somebody must act. */
    CRITICAL
  }

  /** Copies the fields, so that the item stays as it is. */
  public Item {
    fields = Map.copyOf(fields);
  }
}
