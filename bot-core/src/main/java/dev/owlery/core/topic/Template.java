package dev.owlery.core.topic;

import dev.owlery.api.content.Item;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an item is told in words: {@code {title}}, {@code {text}}, {@code {link}}, {@code {topic}},
 * {@code {severity}}, {@code {key}} and {@code {field.NAME}} stand for its parts, everything else
 * for itself.
 *
 * @param source as it is written
 */
public record Template(String source) {

  private static final Pattern HOLE = Pattern.compile("\\{([^{}]*)}");
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\u0085]+");
  private static final Set<String> NAMES =
      Set.of("title", "text", "link", "topic", "severity", "key");
  private static final String FIELD = "field.";

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if there is one that no item has, or a line end; the text is
   *     fit for a user
   */
  public Template {
    if (source.isBlank() || BREAKS.matcher(source).find()) {
      throw new IllegalArgumentException("a template is one line");
    }
    Matcher holes = HOLE.matcher(source);
    while (holes.find()) {
      String name = holes.group(1);
      if (!NAMES.contains(name) && !(name.startsWith(FIELD) && name.length() > FIELD.length())) {
        throw new IllegalArgumentException(
            "there is no {"
                + name
                + "}; there are {title}, {text}, {link}, {topic}, {severity}, {key} and"
                + " {field.NAME}");
      }
    }
  }

  /**
   * Tells an item.
   *
   * @param topic its topic
   * @param item the item
   * @return one line; never blank
   */
  public String tell(String topic, Item item) {
    String told =
        HOLE.matcher(source)
            .replaceAll(hole -> Matcher.quoteReplacement(line(part(hole, topic, item))));
    return told.isBlank() ? line(item.title()) : told.strip();
  }

  private static String part(MatchResult hole, String topic, Item item) {
    String name = hole.group(1);
    return switch (name) {
      case "title" -> item.title();
      case "text" -> item.text().plain();
      case "link" -> item.link().map(Object::toString).orElse("");
      case "topic" -> topic;
      case "severity" -> item.severity().name().toLowerCase(Locale.ROOT);
      case "key" -> item.key();
      default -> item.fields().getOrDefault(name.substring(FIELD.length()), "");
    };
  }

  /** What its maker wrote cannot look like more than one line. */
  static String line(String outside) {
    return BREAKS.matcher(outside).replaceAll(" ").strip();
  }
}
