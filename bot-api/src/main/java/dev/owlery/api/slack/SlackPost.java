package dev.owlery.api.slack;

import dev.owlery.api.content.Card;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is posted to an incoming webhook of Slack's. Whether the names and the channel count, the
 * other side decides: those of Slack's own newer apps keep theirs.
 *
 * @param content text with links (of the web, and {@code mailto:}), and up to 100 cards, which
 *     become attachments with every field; files are named
 * @param username who is shown as speaking
 * @param icon an emoji's name between colons, or the address of a picture
 * @param channel {@code #channel} or {@code @member}, in place of the webhook's own
 */
public record SlackPost(
    Content content, Optional<String> username, Optional<String> icon, Optional<String> channel) {

  /** How many cards Slack takes. */
  public static final int MOST_CARDS = 100;

  private static final Pattern ADDRESS =
      Pattern.compile("\\bhttps?://[^\\s<>|\"]*[^\\s<>|\".,;:!?')]");

  /**
   * A post under the webhook's own name, into its own channel.
   *
   * @param content what to say
   * @return the post
   */
  public static SlackPost of(Content content) {
    return new SlackPost(content, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * The same under another name.
   *
   * @param name who is shown as speaking
   * @param picture an emoji's name between colons, or the address of a picture
   * @return the post
   */
  public SlackPost as(String name, String picture) {
    return new SlackPost(content, Optional.of(name), Optional.of(picture), channel);
  }

  /**
   * The same to another place.
   *
   * @param place {@code #channel} or {@code @member}
   * @return the post
   */
  public SlackPost to(String place) {
    return new SlackPost(content, username, icon, Optional.of(place));
  }

  /**
   * The payload. Nobody is mentioned by outside text, and no link is forged.
   *
   * @return a JSON object as Slack's incoming webhooks take it
   */
  public String json() {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("text", text());
    payload.put("mrkdwn", isMarked(content.text()));
    payload.put("parse", "none");
    payload.put("link_names", false);
    payload.put("unfurl_links", false);
    payload.put("unfurl_media", false);
    username.ifPresent(name -> payload.put("username", line(name)));
    icon.ifPresent(
        picture -> payload.put(picture.startsWith(":") ? "icon_emoji" : "icon_url", line(picture)));
    channel.ifPresent(place -> payload.put("channel", line(place)));
    if (!content.cards().isEmpty()) {
      payload.put("attachments", content.cards().stream().map(SlackPost::attachment).toList());
    }
    return JsonText.of(payload);
  }

  private String text() {
    StringBuilder all = new StringBuilder(written(content.text()));
    content
        .files()
        .forEach(file ->
            all.append(all.isEmpty() ? "" : "\n").append(SlackNotation.escape(file.plain())));
    return all.toString();
  }

  private static boolean isMarked(Text text) {
    return text.syntax() == Text.Syntax.MARKDOWN;
  }

  private static String written(Text text) {
    return isMarked(text) ? SlackNotation.write(text) : linked(text.source());
  }

  /** Words, in which addresses of the web can be clicked. */
  private static String linked(String words) {
    StringBuilder out = new StringBuilder();
    Matcher address = ADDRESS.matcher(words);
    int at = 0;
    while (address.find()) {
      out.append(SlackNotation.escape(words.substring(at, address.start())));
      out.append('<').append(MrkdwnWriter.target(address.group())).append('>');
      at = address.end();
    }
    return out.append(SlackNotation.escape(words.substring(at))).toString();
  }

  private static String line(String text) {
    return SlackNotation.clean(text).replace('\n', ' ');
  }

  private static Map<String, Object> attachment(Card card) {
    Map<String, Object> out = new LinkedHashMap<>();
    List<String> marked = new ArrayList<>();
    out.put("fallback", SlackNotation.escape(card.fallback()));
    card.colour().ifPresent(colour -> out.put("color", colour));
    card.pretext().ifPresent(text -> put(out, marked, "pretext", text));
    card.author()
        .ifPresent(author -> {
          out.put("author_name", SlackNotation.escape(author.name()));
          author.link().ifPresent(link -> out.put("author_link", link.toASCIIString()));
          author.icon().ifPresent(address -> out.put("author_icon", address.toASCIIString()));
        });
    card.title().ifPresent(title -> out.put("title", SlackNotation.escape(title)));
    card.titleLink().ifPresent(link -> out.put("title_link", link.toASCIIString()));
    card.text().ifPresent(text -> put(out, marked, "text", text));
    out.put("fields", card.fields().stream().map(SlackPost::field).toList());
    card.image().ifPresent(address -> out.put("image_url", address.toASCIIString()));
    card.thumbnail().ifPresent(address -> out.put("thumb_url", address.toASCIIString()));
    card.footer().ifPresent(footer -> out.put("footer", SlackNotation.escape(footer)));
    card.footerIcon().ifPresent(address -> out.put("footer_icon", address.toASCIIString()));
    card.at().ifPresent(at -> out.put("ts", at.getEpochSecond()));
    out.put("mrkdwn_in", marked);
    return out;
  }

  private static void put(Map<String, Object> out, List<String> marked, String name, Text text) {
    out.put(name, written(text));
    if (isMarked(text)) {
      marked.add(name);
    }
  }

  private static Map<String, Object> field(Card.Field field) {
    return Map.of(
        "title", SlackNotation.escape(field.title()),
        "value", SlackNotation.escape(field.value()),
        "short", field.isShort());
  }
}
