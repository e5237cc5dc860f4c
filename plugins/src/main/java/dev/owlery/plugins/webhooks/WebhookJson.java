package dev.owlery.plugins.webhooks;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JSON document that strangers wrote; what is not there is empty text.
 *
 * @param root the whole of it, or a part
 */
record WebhookJson(JsonElement root) {

  private static final String ADVICE =
      "the body must be one JSON object; set the content type of the other side to application/json";

  private static final Pattern HOLE = Pattern.compile("\\{([A-Za-z0-9_.-]+)}");

  /** Reads an object. */
  static WebhookJson read(String text) throws RequestRefused {
    try {
      JsonElement root = JsonParser.parseString(text);
      if (root instanceof JsonObject) {
        return new WebhookJson(root);
      }
    } catch (JsonParseException | StackOverflowError noJson) {
      throw new RequestRefused(400, "no_json", ADVICE);
    }
    throw new RequestRefused(400, "no_json", ADVICE);
  }

  /** The text of a part, for example {@code commits.0.message}. */
  String at(String path) {
    JsonElement at = part(path);
    return at.isJsonPrimitive() ? at.getAsString() : "";
  }

  boolean has(String path) {
    JsonElement at = part(path);
    return !at.isJsonNull();
  }

  /** The elements of a list. */
  List<WebhookJson> list(String path) {
    List<WebhookJson> all = new ArrayList<>();
    if (part(path) instanceof JsonArray array) {
      array.forEach(element -> all.add(new WebhookJson(element)));
    }
    return all;
  }

  private JsonElement part(String path) {
    JsonElement at = root;
    for (String step : path.split("\\.", -1)) {
      JsonElement next = null;
      if (at instanceof JsonObject object) {
        next = object.get(step);
      } else if (at instanceof JsonArray array && step.matches("[0-9]{1,6}")) {
        int index = Integer.parseInt(step);
        next = index < array.size() ? array.get(index) : null;
      }
      if (next == null) {
        return JsonNull.INSTANCE;
      }
      at = next;
    }
    return at;
  }

  /** The holes of a template; their first group is the path of a part. */
  static Stream<MatchResult> holes(String template) {
    return HOLE.matcher(template).results();
  }

  /** A template with the parts of this document in its holes. */
  String fill(String template) {
    return HOLE.matcher(template)
        .replaceAll(hole -> Matcher.quoteReplacement(at(hole.group(1))))
        .strip();
  }
}
