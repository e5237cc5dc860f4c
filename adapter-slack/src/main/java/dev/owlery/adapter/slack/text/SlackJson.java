package dev.owlery.adapter.slack.text;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.reflect.TypeToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads what others have written: whatever is missing or of another kind is empty, never null. */
public final class SlackJson {

  private static final Gson GSON = new Gson();
  private static final TypeToken<Map<String, Object>> MAP = new TypeToken<>() {};

  private SlackJson() {}

  /**
   * Reads a text.
   *
   * @param text what should be a JSON object
   * @return the object; empty if it is none
   */
  public static Optional<JsonObject> parse(String text) {
    try {
      return JsonParser.parseString(text) instanceof JsonObject object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonParseException | StackOverflowError notJson) {
      return Optional.empty();
    }
  }

  /** The text at a path of names; empty if there is none. */
  public static String text(@Nullable JsonObject from, String... path) {
    JsonElement found = find(from, path);
    return found != null && found.isJsonPrimitive() ? found.getAsString() : "";
  }

  /** Whether there is a true at a path of names. */
  public static boolean flag(@Nullable JsonObject from, String... path) {
    return text(from, path).equals("true");
  }

  /** The object at a path of names; an empty one if there is none. */
  public static JsonObject object(@Nullable JsonObject from, String... path) {
    return find(from, path) instanceof JsonObject object ? object : new JsonObject();
  }

  /** The objects in the array at a path of names. */
  public static List<JsonObject> objects(@Nullable JsonObject from, String... path) {
    return find(from, path) instanceof JsonArray array
        ? StreamSupport.stream(array.spliterator(), false)
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .toList()
        : List.of();
  }

  /** The texts in the array at a path of names. */
  public static List<String> texts(@Nullable JsonObject from, String... path) {
    return find(from, path) instanceof JsonArray array
        ? StreamSupport.stream(array.spliterator(), false)
            .filter(JsonElement::isJsonPrimitive)
            .map(JsonElement::getAsString)
            .toList()
        : List.of();
  }

  /** Whether there is anything at a path of names. */
  public static boolean has(@Nullable JsonObject from, String... path) {
    JsonElement found = find(from, path);
    return found != null && !found.isJsonNull();
  }

  /** An object as strings, numbers, booleans, lists and maps. */
  public static Map<String, Object> map(JsonObject object) {
    return GSON.fromJson(object, MAP);
  }

  private static @Nullable JsonElement find(@Nullable JsonObject from, String... path) {
    JsonElement at = from;
    for (String name : path) {
      at = at instanceof JsonObject object ? object.get(name) : null;
    }
    return at;
  }
}
