package dev.owlery.plugins.webhooks;

import dev.owlery.api.content.Excerpt;
import dev.owlery.api.content.Item;
import dev.owlery.api.content.Item.Severity;
import dev.owlery.api.content.Text;
import dev.owlery.api.http.WebAddress;
import java.util.Map;

/**
 * What a request says.
 *
 * @param title one line
 * @param text more than that; may be empty
 * @param link where to read on; may be empty
 * @param severity how much it matters
 */
record WebhookItem(String title, String text, String link, Severity severity) {

  private static final int LONGEST_TITLE = 400;
  private static final int LONGEST_TEXT = 1_500;

  static WebhookItem of(String title, String link) {
    return new WebhookItem(title, "", link, Severity.INFO);
  }

  static WebhookItem of(String title, String text, String link) {
    return new WebhookItem(title, text, link, Severity.INFO);
  }

  Item item(String key) {
    String line = title.replaceAll("\\s+", " ").strip();
    return new Item(
        key,
        Excerpt.of(line, LONGEST_TITLE),
        Text.plain(Excerpt.of(text.strip(), LONGEST_TEXT)),
        WebAddress.of(link),
        Map.of(),
        severity);
  }
}
