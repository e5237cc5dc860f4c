package dev.owlery.plugins.hooks;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.reflect.TypeToken;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object from outside, of which nothing is taken for granted: what is missing or is of
 * another kind reads as empty.
 *
 * @param values by name: strings, numbers, booleans, lists and maps
 */
record Fields(Map<String, ?> values) {
  static final Fields NONE = new Fields(Map.of());

  private static final Gson GSON = new Gson();
  private static final TypeToken<Map<String, Object>> OBJECT = new TypeToken<>() {};
  private static final TypeToken<List<Object>> LIST = new TypeToken<>() {};

  /** Reads an object; empty if the text is none. */
  static Optional<Fields> parse(String json) {
    return parse(json, JsonObject.class, OBJECT).map(Fields::new);
  }

  /** Gson would also take an array of pairs for an object, and fails at a pair without a key. */
  private static <T> Optional<T> parse(
      String json, Class<? extends JsonElement> form, TypeToken<T> type) {
    try {
      JsonElement read = JsonParser.parseString(json);
      return form.isInstance(read)
          ? Optional.ofNullable(GSON.fromJson(read, type))
          : Optional.empty();
    } catch (JsonParseException | StackOverflowError notJson) {
      return Optional.empty();
    }
  }

  /** A string or a boolean; in the methods' forms also a number. */
  String text(String name) {
    return switch (values.get(name)) {
      case String text -> text;
      case Boolean flag -> flag.toString();
      case Double number when number == Math.rint(number) ->
          String.format(Locale.ROOT, "%.0f", number);
      case null, default -> "";
    };
  }

  boolean flag(String name) {
    return text(name).equals("true");
  }

  Fields object(String name) {
    return of(values.get(name));
  }

  /** A list of objects; also one that is written as JSON in a string, as forms have it. */
  List<Fields> objects(String name) {
    Object value = values.get(name);
    if (value instanceof String json) {
      return parse(json, JsonArray.class, LIST).map(Fields::all).orElseGet(List::of);
    }
    return value instanceof List<?> list ? all(list) : List.of();
  }

  private static List<Fields> all(List<?> list) {
    return list.stream().filter(each -> each instanceof Map<?, ?>).map(Fields::of).toList();
  }

  private static Fields of(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return NONE;
    }
    Map<String, Object> copy = new HashMap<>();
    map.forEach((key, each) -> copy.put(String.valueOf(key), each));
    return new Fields(copy);
  }
}
