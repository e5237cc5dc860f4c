package dev.owlery.adapter.slack;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.annotations.SerializedName;
import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.model.event.Event;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * An event and an interaction of every kind that Slack's Java SDK knows, made from its own classes
 * and filled in.
 */
final class SdkSamples {
  private static final String EVENTS = "com/slack/api/model/event/";
  private static final String INTERACTIONS = "com/slack/api/app_backend/";
  private static final int DEEPEST = 5;

  private final String channel;
  private final String user;

  SdkSamples(String channel, String user) {
    this.channel = channel;
    this.user = user;
  }

  /** By the name of the class. */
  Map<String, JsonObject> events() throws IOException, ClassNotFoundException {
    Map<String, JsonObject> events = new TreeMap<>();
    for (Class<?> type : classes(Event.class, EVENTS, "Event")) {
      if (Event.class.isAssignableFrom(type)) {
        JsonObject event = filled(type, 0);
        event.addProperty("type", constant(type, "TYPE_NAME"));
        String subtype = constant(type, "SUBTYPE_NAME");
        if (!subtype.isEmpty()) {
          event.addProperty("subtype", subtype);
        }
        events.put(type.getSimpleName(), event);
      }
    }
    return events;
  }

  /** By the name of the class: clicks, modals, shortcuts, and what apps had before these. */
  Map<String, JsonObject> interactions() throws IOException, ClassNotFoundException {
    Map<String, JsonObject> payloads = new TreeMap<>();
    for (Class<?> type : classes(BlockActionPayload.class, INTERACTIONS, "Payload")) {
      String name = constant(type, "TYPE");
      if (!name.isEmpty()) {
        JsonObject payload = filled(type, 0);
        payload.addProperty("type", name);
        payloads.put(type.getSimpleName(), payload);
      }
    }
    return payloads;
  }

  private static List<Class<?>> classes(Class<?> beside, String folder, String ending)
      throws IOException, ClassNotFoundException {
    Path jar = Path.of(beside.getProtectionDomain().getCodeSource().getLocation().getPath());
    List<Class<?>> classes = new ArrayList<>();
    try (JarFile content = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(content.entries())) {
        String name = entry.getName();
        if (name.startsWith(folder) && name.endsWith(ending + ".class")) {
          Class<?> type =
              Class.forName(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
          if (!type.isInterface()) {
            classes.add(type);
          }
        }
      }
    }
    return classes;
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
    return name.contains("url") ? "https://127.0.0.1:1/" : "some " + name;
  }
}
