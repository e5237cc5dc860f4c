package dev.owlery.plugins.hooks;

import dev.owlery.api.content.Span;
import dev.owlery.api.slack.SlackNotation;
import java.util.ArrayList;
import java.util.List;

/** Reads a block of Slack's rich text, in which marks are told from signs. */
final class RichBlock {
  private final SlackNotation.Names names;

  RichBlock(SlackNotation.Names names) {
    this.names = names;
  }

  List<Span> read(Fields block) {
    List<Span> out = new ArrayList<>();
    block.objects("elements").forEach(part -> part(part, out));
    return List.copyOf(out);
  }

  private void part(Fields part, List<Span> out) {
    List<Fields> elements = part.objects("elements");
    switch (part.text("type")) {
      case "rich_text_section" -> elements.forEach(each -> out.add(element(each)));
      case "rich_text_quote" ->
          out.add(new Span.Quote(elements.stream().map(this::element).toList()));
      case "rich_text_preformatted" -> {
        StringBuilder code = new StringBuilder();
        elements.forEach(each -> code.append(code(each)));
        out.add(new Span.CodeBlock("", code.toString()));
      }
      case "rich_text_list" -> list(part, elements, out);
      default -> {}
    }
  }

  private void list(Fields list, List<Fields> items, List<Span> out) {
    boolean ordered = list.text("style").equals("ordered");
    int number = 1;
    for (Fields item : items) {
      if (!out.isEmpty() && !(out.getLast() instanceof Span.Break)) {
        out.add(new Span.Break());
      }
      out.add(new Span.Words(ordered ? number + ". " : "• "));
      number++;
      part(item, out);
      out.add(new Span.Break());
    }
  }

  private static String code(Fields element) {
    String text = SlackNotation.clean(element.text("text"));
    return text.isEmpty() ? SlackNotation.clean(element.text("url")) : text;
  }

  private Span element(Fields element) {
    Fields style = element.object("style");
    String text = SlackNotation.clean(element.text("text"));
    Span plain =
        switch (element.text("type")) {
          case "text" -> style.flag("code") ? new Span.Code(text) : new Span.Words(text);
          case "link" -> SlackNotation.link(SlackNotation.clean(element.text("url")), text);
          case "user" -> new Span.Words("@" + names.user(id(element, "user_id")));
          case "channel" -> new Span.Words("#" + names.room(id(element, "channel_id")));
          case "usergroup" -> new Span.Words("@" + id(element, "usergroup_id"));
          case "broadcast" -> new Span.Words("@" + id(element, "range"));
          case "emoji" -> new Span.Words(names.emoji(":" + id(element, "name") + ":"));
          case "date" -> new Span.Words(id(element, "fallback"));
          case "color" -> new Span.Words(id(element, "value"));
          default -> new Span.Words(text);
        };
    Span strong = style.flag("bold") ? new Span.Strong(List.of(plain)) : plain;
    return style.flag("italic") ? new Span.Emphasis(List.of(strong)) : strong;
  }

  private static String id(Fields element, String name) {
    return SlackNotation.clean(element.text(name)).replace('\n', ' ');
  }
}
