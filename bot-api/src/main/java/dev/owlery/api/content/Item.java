package dev.owlery.api.content;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

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

  private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\u0085]+");

  /** How much an item matters. */
  public enum Severity {
    /** Good to know. */
    INFO,
    /** Somebody should look. */
    WARNING,
    /** Somebody must act. */
    CRITICAL
  }

  /** Copies the fields in their order, so that the item stays as it is. */
  public Item {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /**
   * An item that is only a title.
   *
   * @param key unique within its topic
   * @param title one line
   * @return the item, good to know
   */
  public static Item of(String key, String title) {
    return new Item(key, title, Text.EMPTY, Optional.empty(), Map.of(), Severity.INFO);
  }

  /**
   * The item as it is told in conversations. What its maker wrote cannot look like more than one
   * item: titles, and names and values of fields, are one line each.
   *
   * @return title with severity and link, text, and the fields sorted by name
   */
  public Card card() {
    String line = severity == Severity.INFO ? line(title) : severity + ": " + line(title);
    Card.Builder card = Card.card(line);
    link.ifPresentOrElse(target -> card.title(line, target), () -> card.title(line));
    if (!text.isBlank()) {
      card.text(text);
    }
    new TreeMap<>(fields).forEach((name, value) -> card.field(line(name), line(value)));
    switch (severity) {
      case INFO -> {}
      case WARNING -> card.colour("#daa038");
      case CRITICAL -> card.colour("#a30200");
    }
    return card.build();
  }

  private static String line(String outside) {
    String line = DisplayText.line(BREAKS.matcher(outside).replaceAll(" ")).strip();
    return line.isEmpty() ? "(nothing)" : line;
  }
}
