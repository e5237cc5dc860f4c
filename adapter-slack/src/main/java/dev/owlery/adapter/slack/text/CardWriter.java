package dev.owlery.adapter.slack.text;

import com.slack.api.model.Attachment;
import com.slack.api.model.Field;
import dev.owlery.api.content.Card;
import dev.owlery.api.content.Text;
import dev.owlery.api.slack.SlackNotation;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Writes cards as attachments: each part of a card has its field there. */
public final class CardWriter {

  private CardWriter() {}

  public static Attachment write(Card card) {
    List<String> marked = new ArrayList<>();
    Attachment.AttachmentBuilder out = Attachment.builder().fallback(Escapes.text(card.fallback()));
    card.colour().ifPresent(out::color);
    card.pretext().ifPresent(text -> out.pretext(text("pretext", text, marked)));
    card.text().ifPresent(text -> out.text(text("text", text, marked)));
    card.author().ifPresent(author -> author(author, out));
    card.title().map(Escapes::text).ifPresent(out::title);
    card.titleLink().map(CardWriter::address).ifPresent(out::titleLink);
    card.image().map(CardWriter::address).ifPresent(out::imageUrl);
    card.thumbnail().map(CardWriter::address).ifPresent(out::thumbUrl);
    card.footer().map(Escapes::text).ifPresent(out::footer);
    card.footerIcon().map(CardWriter::address).ifPresent(out::footerIcon);
    card.at().ifPresent(at -> out.ts(Long.toString(at.getEpochSecond())));
    out.fields(card.fields().stream().map(CardWriter::field).toList());
    return out.mrkdwnIn(marked).build();
  }

  private static String text(String name, Text text, List<String> marked) {
    if (text.syntax() == Text.Syntax.PLAIN) {
      return Escapes.text(text.source());
    }
    marked.add(name);
    return Escapes.mrkdwn(text);
  }

  private static void author(Card.Author author, Attachment.AttachmentBuilder out) {
    out.authorName(Escapes.text(author.name()));
    author.link().map(CardWriter::address).ifPresent(out::authorLink);
    author.icon().map(CardWriter::address).ifPresent(out::authorIcon);
  }

  private static Field field(Card.Field field) {
    return Field.builder()
        .title(Escapes.text(field.title()))
        .value(Escapes.text(field.value()))
        .valueShortEnough(field.isShort())
        .build();
  }

  private static String address(URI uri) {
    return SlackNotation.clean(uri.toASCIIString());
  }
}
