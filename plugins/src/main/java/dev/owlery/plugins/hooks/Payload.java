package dev.owlery.plugins.hooks;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import dev.owlery.api.content.Card;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Text;
import dev.owlery.api.slack.SlackNotation;
import dev.owlery.api.slack.SlackNotation.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a program posts to an incoming webhook of Slack's. Pictures of the speaker are left out: no
 * other network shows them.
 *
 * @param channel where it wants to post; empty for the hook's own place
 * @param content what it says
 */
record Payload(String channel, Content content) {

  private static final Gson GSON = new Gson();
  private static final TypeToken<Map<String, Object>> OBJECT = new TypeToken<>() {};
  private static final int MOST_ATTACHMENTS = 100;

  /** A payload that is refused, with Slack's own word and status. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(int status, String word) {
      super(word);
      this.status = status;
    }

    int status() {
      return status;
    }

    String word() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Reads one.
   *
   * @param json what was posted
   * @return what it says
   * @throws Refused as Slack would refuse it
   */
  static Payload read(String json) throws Refused {
    Map<String, Object> fields = object(json);
    List<Map<String, Object>> attachments = objects(fields.get("attachments"));
    if (attachments.size() > MOST_ATTACHMENTS) {
      throw new Refused(400, "too_many_attachments");
    }
    String raw = string(fields, "text");
    Text text = raw.isBlank() ? blocks(fields) : read(fields, raw);
    List<Card> cards =
        attachments.stream().map(SlackNotation::card).flatMap(Optional::stream).toList();
    if (text.isBlank() && cards.isEmpty()) {
      throw new Refused(400, "no_text");
    }
    return new Payload(
        SlackNotation.clean(string(fields, "channel")).replace('\n', ' ').strip(),
        new Content(
            named(SlackNotation.clean(string(fields, "username")), text), cards, List.of()));
  }

  private static Map<String, Object> object(String json) throws Refused {
    try {
      Map<String, Object> fields = GSON.fromJson(json, OBJECT);
      if (fields != null) {
        return fields;
      }
    } catch (JsonParseException | StackOverflowError notJson) {
      throw new Refused(400, "invalid_payload");
    }
    throw new Refused(400, "invalid_payload");
  }

  private static Text read(Map<String, Object> fields, String raw) {
    return "false".equals(string(fields, "mrkdwn"))
        ? Text.plain(SlackNotation.readPlain(raw, Names.NONE))
        : SlackNotation.read(raw, Names.NONE);
  }

  /** The text of sections and headers, where there is no other. */
  private static Text blocks(Map<String, Object> fields) {
    List<String> lines = new ArrayList<>();
    for (Map<String, Object> block : objects(fields.get("blocks"))) {
      if (block.get("text") instanceof Map<?, ?> text && text.get("text") instanceof String words) {
        lines.add(words);
      }
      for (Map<String, Object> field : objects(block.get("fields"))) {
        lines.add(string(field, "text"));
      }
    }
    return SlackNotation.read(String.join("\n", lines), Names.NONE);
  }

  private static Text named(String username, Text text) {
    String name = username.replace('\n', ' ').strip();
    if (name.isEmpty()) {
      return text;
    }
    String source =
        text.syntax() == Text.Syntax.MARKDOWN
            ? text.source()
            : Text.escape(text.source()).lines().collect(Collectors.joining("\\\n"));
    return text.isBlank()
        ? Text.plain(name)
        : Text.markdown("**" + Text.escape(name) + "**: " + source);
  }

  private static String string(Map<String, ?> from, String name) {
    Object value = from.get(name);
    return value instanceof String || value instanceof Boolean ? value.toString() : "";
  }

  private static List<Map<String, Object>> objects(@org.jspecify.annotations.Nullable Object list) {
    List<Map<String, Object>> all = new ArrayList<>();
    if (list instanceof List<?> each) {
      for (Object element : each) {
        if (element instanceof Map<?, ?> map) {
          Map<String, Object> copy = new java.util.HashMap<>();
          map.forEach((key, value) -> copy.put(String.valueOf(key), value));
          all.add(copy);
        }
      }
    }
    return all;
  }
}
