package dev.owlery.adapter.slack;

import com.google.gson.JsonObject;
import dev.owlery.api.content.Card;
import dev.owlery.api.content.Text;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** Reads attachments that a program has put to its message; previews of links are left out. */
final class CardReader {

  private static final MrkdwnReader MARKS = new MrkdwnReader(new Ids());

  private CardReader() {}

  static Optional<Card> read(JsonObject attachment) {
    boolean preview =
        Json.has(attachment, "from_url")
            || Json.flag(attachment, "is_msg_unfurl")
            || Json.flag(attachment, "is_app_unfurl");
    String fallback = line(attachment, "fallback");
    String title = line(attachment, "title");
    String text = Json.text(attachment, "text");
    String stands =
        fallback.isBlank() ? (title.isBlank() ? MARKS.read(text).plain() : title) : fallback;
    if (preview || stands.isBlank()) {
      return Optional.empty();
    }
    Card.Builder card = Card.card(stands);
    String colour = Json.text(attachment, "color").replaceFirst("^#?", "#");
    if (colour.matches("#[0-9a-fA-F]{6}")) {
      card.colour(colour);
    }
    if (!title.isBlank()) {
      address(Json.text(attachment, "title_link"))
          .ifPresentOrElse(link -> card.title(title, link), () -> card.title(title));
    }
    if (!text.isBlank()) {
      card.text(MARKS.read(text));
    }
    words(attachment, "pretext").ifPresent(card::pretext);
    author(attachment).ifPresent(card::author);
    for (JsonObject field : Json.objects(attachment, "fields")) {
      card.field(
          new Card.Field(line(field, "title"), line(field, "value"), Json.flag(field, "short")));
    }
    address(Json.text(attachment, "image_url")).ifPresent(card::image);
    address(Json.text(attachment, "thumb_url")).ifPresent(card::thumbnail);
    words(attachment, "footer").map(Text::plain).ifPresent(card::footer);
    address(Json.text(attachment, "footer_icon")).ifPresent(card::footerIcon);
    String ts = Json.text(attachment, "ts");
    if (Timestamps.isOne(ts)) {
      card.at(Timestamps.read(ts, Instant.EPOCH));
    }
    return Optional.of(card.build());
  }

  private static Optional<Card.Author> author(JsonObject attachment) {
    String name = line(attachment, "author_name");
    return name.isBlank()
        ? Optional.empty()
        : Optional.of(
            new Card.Author(
                name,
                address(Json.text(attachment, "author_link")),
                address(Json.text(attachment, "author_icon"))));
  }

  private static Optional<Text> words(JsonObject attachment, String name) {
    String raw = Json.text(attachment, name);
    return raw.isBlank() ? Optional.empty() : Optional.of(MARKS.read(raw));
  }

  private static String line(JsonObject from, String name) {
    return MARKS.readPlain(Json.text(from, name)).plain().replace('\n', ' ').strip();
  }

  /** An address of the web; empty for anything else. */
  static Optional<URI> address(String text) {
    try {
      return Optional.of(URI.create(Entity.words(text)))
          .filter(uri -> "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** In a program's card ids are left as they are. */
  private static final class Ids implements Names {
    @Override
    public String user(String id) {
      return id;
    }

    @Override
    public String room(String id) {
      return id;
    }
  }
}
