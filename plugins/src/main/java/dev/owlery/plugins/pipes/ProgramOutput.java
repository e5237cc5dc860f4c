package dev.owlery.plugins.pipes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.owlery.api.content.Item;
import dev.owlery.api.content.Item.Severity;
import dev.owlery.api.content.Text;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a program that writes JSON wants (docs/guides/pipes.md). Any thread. */
final class ProgramOutput {
  private ProgramOutput() {}

  /** One line of a program. */
  sealed interface ProgramRequest {
    /**
     * Say something.
     *
     * @param text what
     * @param where an address; empty for where the message came from
     */
    record Speak(String text, Optional<String> where) implements ProgramRequest {}

    /** Publish an item. */
    record Publish(String topic, Item item) implements ProgramRequest {}

    /** The message is dealt with. */
    record Acknowledged(String id) implements ProgramRequest {}

    /** It cannot be read. */
    record Unreadable(String why) implements ProgramRequest {}
  }

  /** Reads a line. */
  static ProgramRequest read(String line) {
    JsonElement json;
    try {
      json = JsonParser.parseString(line);
    } catch (JsonParseException | StackOverflowError noJson) {
      return new ProgramRequest.Unreadable("it is no JSON");
    }
    if (!(json instanceof JsonObject wish)) {
      return new ProgramRequest.Unreadable("it is no JSON object");
    }
    if (wish.has("done")) {
      return new ProgramRequest.Acknowledged(text(wish, "done").orElse(""));
    }
    if (wish.has("say")) {
      return text(wish, "say")
          .<ProgramRequest>map(words -> new ProgramRequest.Speak(words, text(wish, "where")))
          .orElse(new ProgramRequest.Unreadable("say is no text"));
    }
    if (wish.has("publish")) {
      return publish(wish);
    }
    return new ProgramRequest.Unreadable("it has none of say, publish and done");
  }

  private static ProgramRequest publish(JsonObject wish) {
    Optional<String> topic = text(wish, "publish");
    Optional<String> title = text(wish, "title").filter(words -> !words.isBlank());
    if (topic.isEmpty() || title.isEmpty()) {
      return new ProgramRequest.Unreadable("publish is a topic's name, and there is a title");
    }
    Map<String, String> fields = new LinkedHashMap<>();
    if (wish.get("fields") instanceof JsonObject given) {
      given.keySet().forEach(name -> text(given, name).ifPresent(value -> fields.put(name, value)));
    }
    return new ProgramRequest.Publish(
        topic.get(),
        new Item(
            text(wish, "key")
                .filter(key -> !key.isBlank())
                .orElseGet(() -> UUID.randomUUID().toString()),
            title.get(),
            Text.plain(text(wish, "text").orElse("")),
            text(wish, "link").flatMap(ProgramOutput::link),
            fields,
            severity(text(wish, "severity").orElse(""))));
  }

  private static Severity severity(String name) {
    return Arrays.stream(Severity.values())
        .filter(each -> each.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElse(Severity.INFO);
  }

  private static Optional<URI> link(String link) {
    try {
      URI uri = URI.create(link);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return web ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(JsonObject from, String name) {
    JsonElement value = from.get(name);
    return value != null && value.isJsonPrimitive()
        ? Optional.of(value.getAsString())
        : Optional.empty();
  }
}
