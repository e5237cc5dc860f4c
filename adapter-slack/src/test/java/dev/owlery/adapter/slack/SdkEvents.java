package dev.owlery.adapter.slack;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.annotations.SerializedName;
import com.slack.api.model.event.Event;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;

/** An event of every kind that Slack's Java SDK knows, made from its own classes and filled in. */
final class SdkEvents {
  private static final String PACKAGE = "com/slack/api/model/event/";
  private static final int DEEPEST = 5;

  private final String channel;
  private final String user;

  SdkEvents(String channel, String user) {
    this.channel = channel;
    this.user = user;
  }

  /** By the name of the class. */
  Map<String, JsonObject> all() throws IOException, ClassNotFoundException {
    Map<String, JsonObject> events = new TreeMap<>();
    Path jar = Path.of(Event.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    try (JarFile content = new JarFile(jar.toFile())) {
      List<String> names =
          content.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.startsWith(PACKAGE) && name.endsWith("Event.class"))
              .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
              .toList();
      for (String name : names) {
        Class<?> type = Class.forName(name);
        if (Event.class.isAssignableFrom(type) && !type.isInterface()) {
          events.put(type.getSimpleName(), event(type));
        }
      }
    }
    return events;
  }

  private JsonObject event(Class<?> type) {
    JsonObject json = filled(type, 0);
    json.addProperty("type", constant(type, "TYPE_NAME"));
    String subtype = constant(type, "SUBTYPE_NAME");
    if (!subtype.isEmpty()) {
      json.addProperty("subtype", subtype);
    }
    return json;
  }

  private static String constant(Class<?> type, String name) {
    try {
      return String.valueOf(type.getField(name).get(null));
    } catch (ReflectiveOperationException none) {
      return "";
    }
  }

  private JsonObject filled(Class<?> type, int depth) {
    JsonObject json = new JsonObject();
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        SerializedName named = field.getAnnotation(SerializedName.class);
        String name =
            named == null
                ? FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES.translateName(field)
                : named.value();
        json.add(name, value(field.getName(), field.getGenericType(), depth));
      }
    }
    return json;
  }

  private JsonElement value(String name, Type type, int depth) {
    if (type == String.class) {
      return new JsonPrimitive(text(name.toLowerCase(Locale.ROOT)));
    }
    if (type == boolean.class || type == Boolean.class) {
      return new JsonPrimitive(true);
    }
    if (type instanceof Class<?> number && (number.isPrimitive() || isNumber(number))) {
      return new JsonPrimitive(1);
    }
    if (type instanceof ParameterizedType generic) {
      JsonArray list = new JsonArray();
      if (generic.getRawType() == List.class && depth < DEEPEST) {
        list.add(value(name, generic.getActualTypeArguments()[0], depth + 1));
      }
      return generic.getRawType() == List.class ? list : new JsonObject();
    }
    boolean isOwn = type instanceof Class<?> own && own.getName().startsWith("com.slack.api");
    return isOwn && depth < DEEPEST ? filled((Class<?>) type, depth + 1) : JsonNull.INSTANCE;
  }

  private static boolean isNumber(Class<?> type) {
    return Number.class.isAssignableFrom(type);
  }

  private String text(String name) {
    if (name.contains("channel") || name.equals("itemchannel")) {
      return channel;
    }
    if (name.contains("user") || name.equals("creator") || name.equals("inviter")) {
      return user;
    }
    if (name.endsWith("ts")) {
      return "1767600000.000100";
    }
    return name.contains("url") ? "https://example.org/" : "some " + name;
  }
}
