package dev.owlery.adapter.slack.text;

import com.google.gson.JsonObject;
import dev.owlery.api.content.Span;
import dev.owlery.api.content.Text;
import dev.owlery.api.slack.SlackNotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the rich text in which Slack's clients write: unlike the text beside it, it tells a star
 * from a mark. A message with blocks of any other kind is a program's and is read by its text.
 */
public final class RichTextReader {

  private final SlackNotation.Names names;

  public RichTextReader(SlackNotation.Names names) {
    this.names = names;
  }

  /**
   * Reads the blocks of a message.
   *
   * @param blocks as Slack delivers them
   * @return what they say; empty if they are none that a person wrote
   */
  public Optional<Text> read(List<JsonObject> blocks) {
    if (blocks.isEmpty()
        || !blocks.stream().allMatch(block -> SlackJson.text(block, "type").equals("rich_text"))) {
      return Optional.empty();
    }
    List<Span> spans = new ArrayList<>();
    for (JsonObject block : blocks) {
      for (JsonObject part : SlackJson.objects(block, "elements")) {
        part(part, spans);
      }
    }
    return Optional.of(SlackNotation.text(trimmed(spans)));
  }

  private static List<Span> trimmed(List<Span> spans) {
    int end = spans.size();
    while (end > 0 && spans.get(end - 1) instanceof Span.Break) {
      end--;
    }
    return spans.subList(0, end);
  }

  private void part(JsonObject part, List<Span> out) {
    List<JsonObject> elements = SlackJson.objects(part, "elements");
    switch (SlackJson.text(part, "type")) {
      case "rich_text_section" -> elements.forEach(each -> element(each, out));
      case "rich_text_quote" -> {
        List<Span> inside = new ArrayList<>();
        elements.forEach(each -> element(each, inside));
        out.add(new Span.Quote(inside));
      }
      case "rich_text_preformatted" -> {
        StringBuilder code = new StringBuilder();
        elements.forEach(each -> code.append(code(each)));
        out.add(new Span.CodeBlock("", code.toString()));
      }
      case "rich_text_list" -> list(part, elements, out);
      default -> {}
    }
  }

  private void list(JsonObject list, List<JsonObject> items, List<Span> out) {
    boolean ordered = SlackJson.text(list, "style").equals("ordered");
    String offset = SlackJson.text(list, "offset");
    int number = offset.matches("[0-9]{1,6}") ? Integer.parseInt(offset) + 1 : 1;
    for (JsonObject item : items) {
      if (!out.isEmpty() && !(out.getLast() instanceof Span.Break)) {
        out.add(new Span.Break());
      }
      out.add(new Span.Words(ordered ? number++ + ". " : "• "));
      part(item, out);
      out.add(new Span.Break());
    }
  }

  private String code(JsonObject element) {
    String text = SlackNotation.clean(SlackJson.text(element, "text"));
    return text.isEmpty() ? SlackNotation.clean(SlackJson.text(element, "url")) : text;
  }

  private void element(JsonObject element, List<Span> out) {
    JsonObject style = SlackJson.object(element, "style");
    String text = SlackNotation.clean(SlackJson.text(element, "text"));
    Span plain =
        switch (SlackJson.text(element, "type")) {
          case "text" ->
              SlackJson.flag(style, "code")
                  ? new Span.Code(text)
                  : new Span.Words(struck(text, style));
          case "link" ->
              SlackNotation.link(SlackNotation.clean(SlackJson.text(element, "url")), text);
          case "user" -> new Span.Words("@" + names.user(SlackJson.text(element, "user_id")));
          case "channel" -> new Span.Words("#" + names.room(SlackJson.text(element, "channel_id")));
          case "usergroup" -> new Span.Words("@" + SlackJson.text(element, "usergroup_id"));
          case "broadcast" -> new Span.Words("@" + SlackJson.text(element, "range"));
          case "emoji" -> new Span.Words(emoji(element));
          case "date" -> new Span.Words(SlackNotation.clean(SlackJson.text(element, "fallback")));
          case "color" -> new Span.Words(SlackNotation.clean(SlackJson.text(element, "value")));
          default -> new Span.Words(text);
        };
    Span strong = SlackJson.flag(style, "bold") ? new Span.Strong(List.of(plain)) : plain;
    out.add(SlackJson.flag(style, "italic") ? new Span.Emphasis(List.of(strong)) : strong);
  }

  private static String struck(String text, JsonObject style) {
    return SlackJson.flag(style, "strike") ? "~" + text + "~" : text;
  }

  private static String emoji(JsonObject element) {
    String tone = SlackJson.text(element, "skin_tone");
    String name = SlackNotation.clean(SlackJson.text(element, "name"));
    return Emoji.character(tone.isEmpty() ? name : name + "::skin-tone-" + tone);
  }
}
