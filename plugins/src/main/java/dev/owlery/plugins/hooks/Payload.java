package dev.owlery.plugins.hooks;

import dev.owlery.api.content.Card;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Text;
import dev.owlery.api.slack.SlackNotation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a program posts to an incoming webhook of Slack's. Blocks stand before the text, as on
 * Slack, where the text is for notifications then. The picture of a speaker that is no emoji is
 * left out: no content holds one.
 *
 * @param channel where it wants to post; empty for the hook's own place
 * @param thread the message of Slack's that it answers; empty if it answers none
 * @param content what it says
 */
record Payload(String channel, String thread, Content content) {

  private static final Logger LOG = LoggerFactory.getLogger(Payload.class);
  private static final int MOST_ATTACHMENTS = 100;

  /** A payload that is refused, with Slack's own word and status. */
  static final class PayloadRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    PayloadRefused(int status, String word) {
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
   * @throws PayloadRefused as Slack would refuse it
   */
  static Payload read(String json) throws PayloadRefused {
    return read(Fields.parse(json).orElseThrow(() -> new PayloadRefused(400, "invalid_payload")));
  }

  /**
   * Reads one.
   *
   * @param fields what was posted
   * @return what it says
   * @throws PayloadRefused as Slack would refuse it
   */
  static Payload read(Fields fields) throws PayloadRefused {
    List<Fields> attachments = fields.objects("attachments");
    if (attachments.size() > MOST_ATTACHMENTS) {
      throw new PayloadRefused(400, "too_many_attachments");
    }
    PostedText said =
        guarded(() -> said(fields, attachments), () -> new PostedText(plain(fields), List.of()));
    Text text = said.text();
    List<Card> cards = said.cards();
    if (text.isBlank() && cards.isEmpty()) {
      throw new PayloadRefused(400, "no_text");
    }
    return new Payload(
        line(fields, "channel"),
        line(fields, "thread_ts"),
        new Content(named(speaker(fields), text), cards, List.of()));
  }

  private record PostedText(Text text, List<Card> cards) {}

  private static PostedText said(Fields fields, List<Fields> attachments) {
    Blocks blocks = Blocks.read(fields.objects("blocks"), EmojiNames.NAMES);
    Text inBlocks = blocks.text();
    boolean isBlocks = !inBlocks.isBlank() || !blocks.pictures().isEmpty();
    List<Card> cards = new ArrayList<>(blocks.pictures());
    attachments.forEach(each -> cards.addAll(guarded(() -> cards(each), List::of)));
    return new PostedText(isBlocks ? inBlocks : text(fields), cards);
  }

  private static Text plain(Fields fields) {
    return Text.plain(SlackNotation.unescape(fields.text("text")));
  }

  /** The boundary around the readers: what they fail at is taken without marks. */
  private static <T> T guarded(Supplier<T> reader, Supplier<T> fallback) {
    try {
      return reader.get();
    } catch (RuntimeException | StackOverflowError unforeseen) {
      LOG.warn("a post is taken without its marks ({})", unforeseen.getClass().getSimpleName());
      return fallback.get();
    }
  }

  private static Text text(Fields fields) {
    String raw = fields.text("text");
    return fields.text("mrkdwn").equals("false")
        ? Text.plain(SlackNotation.readPlain(raw, EmojiNames.NAMES))
        : SlackNotation.read(raw, EmojiNames.NAMES);
  }

  /** An attachment, which may hold blocks in place of its classic fields. */
  private static List<Card> cards(Fields attachment) {
    Blocks blocks = Blocks.read(attachment.objects("blocks"), EmojiNames.NAMES);
    Text text = blocks.text();
    Optional<Card> classic = SlackNotation.card(attachment.values());
    List<Card> cards = new ArrayList<>();
    if (text.isBlank()) {
      classic.ifPresent(cards::add);
    } else {
      Map<String, Object> bare = new HashMap<>(attachment.values());
      bare.putIfAbsent("fallback", SlackNotation.escape(text.plain()));
      SlackNotation.card(bare).map(card -> withText(card, text)).ifPresent(cards::add);
    }
    cards.addAll(blocks.pictures());
    return cards;
  }

  private static Card withText(Card card, Text text) {
    return new Card(
        card.fallback(),
        card.colour(),
        card.pretext(),
        card.author(),
        card.title(),
        card.titleLink(),
        Optional.of(text),
        card.fields(),
        card.image(),
        card.thumbnail(),
        card.footer(),
        card.footerIcon(),
        card.at());
  }

  private static String line(Fields fields, String name) {
    return SlackNotation.clean(fields.text(name)).replace('\n', ' ').strip();
  }

  /** The name, behind the emoji that is its picture. */
  private static String speaker(Fields fields) {
    String emoji = EmojiNames.NAMES.emoji(line(fields, "icon_emoji"));
    String shown = emoji.startsWith(":") ? "" : emoji;
    return (shown + " " + line(fields, "username")).strip();
  }

  private static Text named(String name, Text text) {
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
}
