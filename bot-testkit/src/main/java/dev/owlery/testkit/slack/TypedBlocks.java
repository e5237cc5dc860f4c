package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rich text that Slack's client sends beside what a person has typed: there every sign stands
 * for itself. Formatting that the person chose in the client is not reproduced.
 */
final class TypedBlocks {
  private static final Pattern SEQUENCE = Pattern.compile("<([@#!]?)([^>|]*)(?:\\|([^>]*))?>");

  private TypedBlocks() {}

  /** Puts the blocks to a message that holds the text already. */
  static ObjectNode beside(ObjectNode message) {
    ObjectNode block = message.putArray("blocks").addObject().put("type", "rich_text");
    block.put("block_id", Integer.toString(message.path("text").hashCode(), 36));
    ObjectNode section = block.putArray("elements").addObject().put("type", "rich_text_section");
    elements(JsonNodes.text(message, "text"), section.putArray("elements"));
    return message;
  }

  private static void elements(String typed, ArrayNode into) {
    Matcher sequence = SEQUENCE.matcher(typed);
    int at = 0;
    while (sequence.find()) {
      text(typed.substring(at, sequence.start()), into);
      String what = SlackText.unescape(sequence.group(2));
      switch (sequence.group(1)) {
        case "@" -> into.addObject().put("type", "user").put("user_id", what);
        case "#" -> into.addObject().put("type", "channel").put("channel_id", what);
        case "!" ->
            into.addObject().put("type", "broadcast").put("range", what.toLowerCase(Locale.ROOT));
        default -> into.addObject().put("type", "link").put("url", what);
      }
      at = sequence.end();
    }
    text(typed.substring(at), into);
  }

  private static void text(String escaped, ArrayNode into) {
    if (!escaped.isEmpty()) {
      into.addObject().put("type", "text").put("text", SlackText.unescape(escaped));
    }
  }
}
