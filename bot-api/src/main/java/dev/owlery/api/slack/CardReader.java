package dev.owlery.api.slack;

import dev.owlery.api.content.Card;
import dev.owlery.api.content.Text;
import dev.owlery.api.http.WebAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads attachments that a program has put to its message; previews of links are left out. */
final class CardReader {

  private static final MrkdwnReader MARKS = new MrkdwnReader(SlackNotation.Names.NONE);

  private CardReader() {}

  static Optional<Card> read(Map<String, ?> attachment) {
    boolean preview =
        attachment.containsKey("from_url")
            || flag(attachment, "is_msg_unfurl")
            || flag(attachment, "is_app_unfurl");
    String fallback = line(attachment, "fallback");
    String title = line(attachment, "title");
    String text = string(attachment, "text");
    String stands =
        fallback.isBlank() ? (title.isBlank() ? MARKS.read(text).plain() : title) : fallback;
    if (preview || stands.isBlank()) {
      return Optional.empty();
    }
    Card.Builder card = Card.card(stands);
    String colour = string(attachment, "color").replaceFirst("^#?", "#");
    if (colour.matches("#[0-9a-fA-F]{6}")) {
      card.colour(colour);
    }
    if (!title.isBlank()) {
      address(string(attachment, "title_link"))
          .ifPresentOrElse(link -> card.title(title, link), () -> card.title(title));
    }
    if (!text.isBlank()) {
      card.text(MARKS.read(text));
    }
    words(attachment, "pretext").ifPresent(card::pretext);
    author(attachment).ifPresent(card::author);
    for (Map<String, ?> field : objects(attachment, "fields")) {
      card.field(new Card.Field(line(field, "title"), line(field, "value"), flag(field, "short")));
    }
    address(string(attachment, "image_url")).ifPresent(card::image);
    address(string(attachment, "thumb_url")).ifPresent(card::thumbnail);
    words(attachment, "footer").map(Text::plain).ifPresent(card::footer);
    address(string(attachment, "footer_icon")).ifPresent(card::footerIcon);
    String ts = string(attachment, "ts");
    if (ts.matches("[0-9]{1,11}(\\.[0-9]{1,9})?")) {
      card.at(Instant.ofEpochSecond(Long.parseLong(ts.replaceFirst("\\..*", ""))));
    }
    return Optional.of(card.build());
  }

  private static Optional<Card.Author> author(Map<String, ?> attachment) {
    String name = line(attachment, "author_name");
    return name.isBlank()
        ? Optional.empty()
        : Optional.of(
            new Card.Author(
                name,
                address(string(attachment, "author_link")),
                address(string(attachment, "author_icon"))));
  }

  private static Optional<Text> words(Map<String, ?> attachment, String name) {
    String raw = string(attachment, name);
    return raw.isBlank() ? Optional.empty() : Optional.of(MARKS.read(raw));
  }

  private static String line(Map<String, ?> from, String name) {
    return MARKS.readPlain(string(from, name)).replace('\n', ' ').strip();
  }

  /** An address of the web; empty for anything else. */
  static Optional<URI> address(String text) {
    return WebAddress.of(Entity.words(text));
  }

  private static String string(Map<String, ?> from, String name) {
    return switch (from.get(name)) {
      case String text -> text;
      case Double number when number == Math.rint(number) ->
          String.format(Locale.ROOT, "%.0f", number);
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      case null, default -> "";
    };
  }

  private static boolean flag(Map<String, ?> from, String name) {
    return string(from, name).equals("true");
  }

  private static List<Map<String, ?>> objects(Map<String, ?> from, String name) {
    List<Map<String, ?>> all = new ArrayList<>();
    if (from.get(name) instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> map) {
          Map<String, Object> copy = new HashMap<>();
          map.forEach((key, value) -> copy.put(String.valueOf(key), value));
          all.add(copy);
        }
      }
    }
    return all;
  }
}
