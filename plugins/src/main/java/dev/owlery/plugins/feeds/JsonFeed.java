package dev.owlery.plugins.feeds;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON Feed, versions 1 and 1.1 (jsonfeed.org). Any thread. */
final class JsonFeed {
  private JsonFeed() {}

  /** Reads a document; what is malformed raises Gson's exceptions. */
  static Contents read(String json, URI base) throws FeedUnavailable {
    JsonElement document = JsonParser.parseString(json);
    if (!(document instanceof JsonObject feed)
        || !string(feed, "version").startsWith("https://jsonfeed.org/version/1")
        || !(feed.get("items") instanceof JsonArray items)) {
      throw new FeedUnavailable("it is JSON, but no JSON Feed");
    }
    List<FeedEntry> entries = new ArrayList<>();
    for (JsonElement item : items) {
      if (item instanceof JsonObject each && entries.size() < DocumentReader.MOST_ENTRIES) {
        String url = string(each, "url");
        DocumentReader.entry(
                string(each, "id"),
                PlainText.line(string(each, "title")),
                url.isEmpty() ? string(each, "external_url") : url,
                text(each),
                base)
            .ifPresent(entries::add);
      }
    }
    return new Contents(PlainText.line(string(feed, "title")), entries);
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
