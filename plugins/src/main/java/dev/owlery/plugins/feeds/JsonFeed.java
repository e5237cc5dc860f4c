package dev.owlery.plugins.feeds;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON Feed, versions 1 and 1.1 (jsonfeed.org). Any thread. */
final class JsonFeed {
  private static final int MOST_ENTRIES = 1_000;

  private JsonFeed() {}

  /** Reads a document; what is malformed raises Gson's exceptions. */
  static Contents read(String json, URI base) throws Trouble {
    JsonElement document = JsonParser.parseString(json);
    if (!(document instanceof JsonObject feed)
        || !string(feed, "version").startsWith("https://jsonfeed.org/version/1")
        || !(feed.get("items") instanceof JsonArray items)) {
      throw new Trouble("it is JSON, but no JSON Feed");
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (JsonElement item : items) {
      if (item instanceof JsonObject each && entries.size() < MOST_ENTRIES) {
        String url = string(each, "url");
        DocumentReader.entry(
                string(each, "id"),
                PlainText.line(string(each, "title")),
                url.isEmpty() ? string(each, "external_url") : url,
                text(each),
                base)
            .ifPresent(entry -> entries.putIfAbsent(entry.id(), entry));
      }
    }
    return new Contents(PlainText.line(string(feed, "title")), List.copyOf(entries.values()));
  }

  private static String text(JsonObject item) {
    for (String plain : List.of("summary", "content_text")) {
      if (!string(item, plain).isBlank()) {
        return PlainText.line(string(item, plain));
      }
    }
    return PlainText.ofHtml(string(item, "content_html"));
  }

  /** Numbers too: ids should be text, and are not always. */
  private static String string(JsonObject from, String name) {
    JsonElement value = from.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }
}
