package dev.owlery.plugins.webhooks;

import dev.owlery.api.content.Item;
import dev.owlery.api.content.Item.Severity;
import dev.owlery.api.content.Text;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What a request says.
 *
 * @param title one line
 * @param text more than that; may be empty
 * @param link where to read on; may be empty
 * @param severity how much it matters
 */
record News(String title, String text, String link, Severity severity) {

  private static final int LONGEST_TITLE = 400;
  private static final int LONGEST_TEXT = 1_500;

  static News of(String title, String link) {
    return new News(title, "", link, Severity.INFO);
  }

  static News of(String title, String text, String link) {
    return new News(title, text, link, Severity.INFO);
  }

  Item item(String key) {
    String line = title.replaceAll("\\s+", " ").strip();
    return new Item(
        key,
        cut(line, LONGEST_TITLE),
        Text.plain(cut(text.strip(), LONGEST_TEXT)),
        uri(),
        Map.of(),
        severity);
  }

  private Optional<URI> uri() {
    try {
      URI uri = URI.create(link.strip());
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      return web && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "\u2026";
  }
}
