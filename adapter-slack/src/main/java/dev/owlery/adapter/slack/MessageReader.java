package dev.owlery.adapter.slack;

import com.google.gson.JsonObject;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Card;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.FileRef;
import dev.owlery.api.content.Text;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.FileOffered;
import dev.owlery.api.event.MessageEdited;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import dev.owlery.api.event.Origin.Delivery;
import dev.owlery.api.slack.SlackNotation;
import dev.owlery.spi.ReaderGuard;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes events of Slack's messages, from events and from histories alike: a message has the same
 * key on either way. What cannot be read of a message is taken as plain text, see {@link
 * ReaderGuard}. May wait a moment for a name.
 */
final class MessageReader {

  /** Kinds of messages that somebody said; all others are notes about the channel. */
  private static final Set<String> SAID =
      Set.of("", "bot_message", "file_share", "me_message", "thread_broadcast");

  private final SlackIdentity identity;
  private final Supplier<SlackNotation.Names> names;
  private final Clock clock;
  private final ReaderGuard guard;

  MessageReader(
      SlackIdentity identity, Supplier<SlackNotation.Names> names, Clock clock, ReaderGuard guard) {
    this.guard = guard;
    this.identity = identity;
    this.clock = clock;
    this.names = names;
  }

  /** Whether somebody said it, and it was not the bot. */
  boolean isSaid(JsonObject message) {
    return SAID.contains(Json.text(message, "subtype"))
        && !Json.flag(message, "hidden")
        && Timestamps.isOne(Json.text(message, "ts"))
        && !isOwn(message);
  }

  /** Whether the bot said it. */
  boolean isOwn(JsonObject message) {
    SlackIdentity.Self self = identity.self();
    String user = Json.text(message, "user");
    String bot = Json.text(message, "bot_id");
    return (!user.isEmpty() && user.equals(self.user()))
        || (!bot.isEmpty() && bot.equals(self.bot()));
  }

  /**
   * Reads a message that {@link #isSaid}.
   *
   * @param channel the id of the channel that it is in
   * @param message the message
   * @param delivery how it came
   * @return the event
   */
  MessagePosted posted(String channel, JsonObject message, Delivery delivery) {
    String ts = Json.text(message, "ts");
    return new MessagePosted(
        new Origin(messageKey(channel, ts), time(ts), delivery),
        where(channel, message),
        sender(message),
        content(message),
        tone(message),
        Optional.of(new MessageId(ts)),
        Optional.empty());
  }

  private static Tone tone(JsonObject message) {
    boolean isAutomatic = SentMetadata.isAutomatic(message);
    boolean isDeed = Json.text(message, "subtype").equals("me_message");
    return isAutomatic ? Tone.AUTOMATIC : isDeed ? Tone.DEED : Tone.NORMAL;
  }

  /**
   * The files of a message, as offers: Slack has them, and keeps them.
   *
   * @param posted the event that was made of the message
   * @param message the message
   * @return an event for each file that Slack itself holds
   */
  List<FileOffered> offers(MessagePosted posted, JsonObject message) {
    return Json.objects(message, "files").stream()
        .filter(file -> Json.text(file, "mode").equals("hosted"))
        .map(file -> {
          String id = Json.text(file, "id");
          Origin origin = posted.origin();
          return new FileOffered(
              new Origin(origin.key() + "/" + id, origin.at(), origin.delivery()),
              posted.where(),
              posted.sender(),
              FileNames.TRANSPORT,
              id,
              file(file));
        })
        .toList();
  }

  static String messageKey(String channel, String ts) {
    return "message/" + channel + "/" + ts;
  }

  Instant time(String ts) {
    return Timestamps.read(ts, clock.instant());
  }

  private Conversation where(String channel, JsonObject message) {
    String thread = Json.text(message, "thread_ts");
    return identity.where(channel, thread.equals(Json.text(message, "ts")) ? "" : thread);
  }

  /**
   * Reads a change.
   *
   * @param channel the id of the channel
   * @param message the message as it is now, with its mark of having been edited
   * @param delivery how it came
   * @return the event
   */
  MessageEdited edited(String channel, JsonObject message, Delivery delivery) {
    String ts = Json.text(message, "ts");
    String changed = Json.text(message, "edited", "ts");
    return new MessageEdited(
        new Origin("edit/" + channel + "/" + ts + "/" + changed, time(changed), delivery),
        where(channel, message),
        sender(message),
        new MessageId(ts),
        content(message));
  }

  /**
   * Who wrote a message. What a program writes is a program's, whatever it says of itself.
   *
   * @param message the message
   * @return the member
   */
  Member sender(JsonObject message) {
    String user = Json.text(message, "user");
    String bot = Json.text(message, "bot_id");
    if (bot.isEmpty() && !Json.text(message, "subtype").equals("bot_message")) {
      Member member = user.isEmpty() ? Member.unverified("unknown") : identity.member(user);
      return isFromElsewhere(message) ? identity.withoutIdentity(member) : member;
    }
    String named = Json.text(message, "username");
    String profile = named.isEmpty() ? Json.text(message, "bot_profile", "name") : named;
    String id = user.isEmpty() ? (bot.isEmpty() ? "unknown" : bot) : user;
    String name = profile.isEmpty() && !user.isEmpty() ? identity.nameOf(user) : profile;
    return SlackIdentity.program(id, name);
  }

  private boolean isFromElsewhere(JsonObject message) {
    String team = Json.text(message, "user_team");
    return !team.isEmpty() && !team.equals(identity.self().team());
  }

  private Content content(JsonObject message) {
    return new Content(
        text(message),
        Json.objects(message, "attachments").stream()
            .map(each ->
                guard.read(
                    "an attachment",
                    () -> SlackNotation.card(Json.map(each)),
                    () -> plainCard(each)))
            .flatMap(Optional::stream)
            .toList(),
        Json.objects(message, "files").stream().map(MessageReader::file).toList());
  }

  private static Optional<Card> plainCard(JsonObject attachment) {
    String fallback = SlackNotation.clean(Json.text(attachment, "fallback"));
    String words =
        fallback.isBlank() ? SlackNotation.clean(Json.text(attachment, "text")) : fallback;
    return Optional.of(words.replace('\n', ' '))
        .filter(line -> !line.isBlank())
        .map(line -> Card.card(line).build());
  }

  private Text text(JsonObject message) {
    return guard.read(
        "a message",
        () -> marked(message),
        () -> Text.plain(SlackNotation.unescape(Json.text(message, "text"))));
  }

  private Text marked(JsonObject message) {
    SlackNotation.Names known = names.get();
    return new RichTextReader(known)
        .read(Json.objects(message, "blocks"))
        .orElseGet(() -> SlackNotation.read(Json.text(message, "text"), known));
  }

  /** Text in which signs stand for themselves. */
  String plain(String raw) {
    return SlackNotation.readPlain(raw, names.get());
  }

  private static FileRef file(JsonObject file) {
    String size = Json.text(file, "size");
    String name = SlackNotation.clean(Json.text(file, "name")).replace('\n', ' ');
    return new FileRef(
        name.isBlank() ? "file" : name,
        Optional.of(Json.text(file, "mimetype")).filter(type -> !type.isEmpty()),
        size.matches("[0-9]{1,15}") ? OptionalLong.of(Long.parseLong(size)) : OptionalLong.empty(),
        Optional.empty(),
        SlackNotation.address(Json.text(file, "permalink")));
  }
}
