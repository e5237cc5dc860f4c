package dev.owlery.plugins.hooks;

import dev.owlery.api.content.Card;
import dev.owlery.api.content.Span;
import dev.owlery.api.content.Text;
import dev.owlery.api.slack.SlackNotation;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads Slack's blocks: what they say becomes text, line under line; pictures become cards. What
 * can be clicked is kept if it leads somewhere; what would have to be answered is left out.
 */
final class Blocks {
  private final SlackNotation.Names names;
  private final List<Span> spans = new ArrayList<>();
  private final List<Card> pictures = new ArrayList<>();

  /** How much was read with its marks: what would be too much is read without. */
  private int marked;

  private Blocks(SlackNotation.Names names) {
    this.names = names;
  }

  static Blocks read(List<Fields> blocks, SlackNotation.Names names) {
    Blocks read = new Blocks(names);
    blocks.forEach(read::block);
    return read;
  }

  /** What they say. */
  Text text() {
    List<Span> said = new ArrayList<>(spans);
    while (!said.isEmpty() && said.getLast() instanceof Span.Break) {
      said.removeLast();
    }
    return SlackNotation.text(said);
  }

  /** What they show. */
  List<Card> pictures() {
    return List.copyOf(pictures);
  }

  private void block(Fields block) {
    switch (block.text("type")) {
      case "section" -> {
        line(words(block.object("text")));
        block.objects("fields").forEach(field -> line(words(field)));
        element(block.object("accessory"));
      }
      case "header" -> line(List.of(new Span.Strong(words(block.object("text")))));
      case "markdown" -> line(markdown(SlackNotation.clean(block.text("text"))));
      case "context" -> block.objects("elements").forEach(this::small);
      case "actions" -> block.objects("elements").forEach(this::element);
      case "image" -> picture(block);
      case "video" -> {
        line(linked(block.object("title").text("text"), block.text("title_url")));
        line(words(block.object("description")));
      }
      case "rich_text" -> line(new RichBlock(names).read(block));
      default -> {}
    }
  }

  /** The pictures of small print are no larger than a letter: their words do. */
  private void small(Fields element) {
    if (element.text("type").equals("image")) {
      line(List.of(new Span.Words(SlackNotation.clean(element.text("alt_text")))));
    } else {
      element(element);
    }
  }

  private void element(Fields element) {
    switch (element.text("type")) {
      case "image" -> picture(element);
      case "mrkdwn", "plain_text" -> line(words(element));
      case "button" -> {
        if (!element.text("url").isEmpty()) {
          line(linked(element.object("text").text("text"), element.text("url")));
        }
      }
      default -> {}
    }
  }

  private static List<Span> linked(String label, String address) {
    String shown = SlackNotation.clean(label);
    return SlackNotation.address(address)
        .map(uri -> List.of(SlackNotation.link(uri.toString(), shown)))
        .orElseGet(() -> List.of(new Span.Words(shown)));
  }

  /** A text object: with marks, or plain characters. */
  private List<Span> words(Fields text) {
    String raw = text.text("text");
    return text.text("type").equals("plain_text")
        ? List.of(new Span.Words(names.emoji(SlackNotation.clean(raw))))
        : mayBeMarked(raw)
            ? SlackNotation.read(raw, names).spans()
            : List.of(new Span.Words(SlackNotation.readPlain(raw, names)));
  }

  private List<Span> markdown(String raw) {
    return mayBeMarked(raw) ? Text.markdown(raw).spans() : List.of(new Span.Words(raw));
  }

  private boolean mayBeMarked(String raw) {
    boolean isRoom = marked < Text.MARKED_LENGTH;
    marked += raw.length();
    return isRoom;
  }

  private void line(List<Span> words) {
    boolean blank = SlackNotation.text(words).isBlank();
    if (!blank) {
      spans.addAll(words);
      spans.add(new Span.Break());
    }
  }

  private void picture(Fields image) {
    String alt = SlackNotation.clean(image.text("alt_text")).replace('\n', ' ');
    String title = SlackNotation.clean(image.object("title").text("text")).replace('\n', ' ');
    String stands = title.isBlank() ? alt : title;
    SlackNotation.address(image.text("image_url"))
        .ifPresent(address -> {
          Card.Builder card = Card.card(stands.isBlank() ? address.toString() : stands);
          card.title(stands.isBlank() ? address.getPath() : stands, address);
          pictures.add(card.image(address).build());
        });
  }
}
