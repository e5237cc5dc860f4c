package dev.owlery.adapter.slack.chat;

import com.google.gson.JsonObject;
import dev.owlery.adapter.slack.text.FileNames;
import dev.owlery.adapter.slack.text.RichTextReader;
import dev.owlery.adapter.slack.text.SentMetadata;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.adapter.slack.text.Timestamps;
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
public final class MessageReader {

  /** Kinds of messages that somebody said; all others are notes about the channel. */
  private static final Set<String> SAID =
      Set.of("", "bot_message", "file_share", "me_message", "thread_broadcast");

  private final SlackIdentity identity;
  private final Supplier<SlackNotation.Names> names;
  private final Clock clock;
  private final ReaderGuard guard;

  public MessageReader(
      SlackIdentity identity, Supplier<SlackNotation.Names> names, Clock clock, ReaderGuard guard) {
    this.guard = guard;
    this.identity = identity;
    this.clock = clock;
    this.names = names;
  }

  /** Whether somebody said it, and it was not the bot. */
  public boolean isSaid(JsonObject message) {
    return SAID.contains(SlackJson.text(message, "subtype"))
        && !SlackJson.flag(message, "hidden")
        && Timestamps.isOne(SlackJson.text(message, "ts"))
        && !isOwn(message);
  }

  /** Whether the bot said it. */
  boolean isOwn(JsonObject message) {
    SlackIdentity.Self self = identity.self();
    String user = SlackJson.text(message, "user");
    String bot = SlackJson.text(message, "bot_id");
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
  public MessagePosted posted(String channel, JsonObject message, Delivery delivery) {
    String ts = SlackJson.text(message, "ts");
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
    boolean isDeed = SlackJson.text(message, "subtype").equals("me_message");
    return isAutomatic ? Tone.AUTOMATIC : isDeed ? Tone.DEED : Tone.NORMAL;
  }

  /**
   * The files of a message, as offers: Slack has them, and keeps them.
   *
   * @param posted the event that was made of the message
   * @param message the message
   * @return an event for each file that Slack itself holds
   */
  public List<FileOffered> offers(MessagePosted posted, JsonObject message) {
    return SlackJson.objects(message, "files").stream()
        .filter(file -> SlackJson.text(file, "mode").equals("hosted"))
        .map(file -> {
          String id = SlackJson.text(file, "id");
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
    String thread = SlackJson.text(message, "thread_ts");
    return identity.where(channel, thread.equals(SlackJson.text(message, "ts")) ? "" : thread);
  }

  /**
   * Reads a change.
   *
   * @param channel the id of the channel
   * @param message the message as it is now, with its mark of having been edited
   * @param delivery how it came
   * @return the event
   */
  public MessageEdited edited(String channel, JsonObject message, Delivery delivery) {
    String ts = SlackJson.text(message, "ts");
    String changed = SlackJson.text(message, "edited", "ts");
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
    String user = SlackJson.text(message, "user");
    String bot = SlackJson.text(message, "bot_id");
    if (bot.isEmpty() && !SlackJson.text(message, "subtype").equals("bot_message")) {
      Member member = user.isEmpty() ? Member.unverified("unknown") : identity.member(user);
      return isFromElsewhere(message) ? identity.withoutIdentity(member) : member;
    }
    String named = SlackJson.text(message, "username");
    String profile = named.isEmpty() ? SlackJson.text(message, "bot_profile", "name") : named;
    String id = user.isEmpty() ? (bot.isEmpty() ? "unknown" : bot) : user;
    String name = profile.isEmpty() && !user.isEmpty() ? identity.nameOf(user) : profile;
    return SlackIdentity.program(id, name);
  }

  private boolean isFromElsewhere(JsonObject message) {
    String team = SlackJson.text(message, "user_team");
    return !team.isEmpty() && !team.equals(identity.self().team());
  }

  private Content content(JsonObject message) {
    return new Content(
        text(message),
        SlackJson.objects(message, "attachments").stream()
            .map(each ->
                guard.read(
                    "an attachment",
                    () -> SlackNotation.card(SlackJson.map(each)),
                    () -> plainCard(each)))
            .flatMap(Optional::stream)
            .toList(),
        SlackJson.objects(message, "files").stream().map(MessageReader::file).toList());
  }

  private static Optional<Card> plainCard(JsonObject attachment) {
    String fallback = SlackNotation.clean(SlackJson.text(attachment, "fallback"));
    String words =
        fallback.isBlank() ? SlackNotation.clean(SlackJson.text(attachment, "text")) : fallback;
    return Optional.of(words.replace('\n', ' '))
        .filter(line -> !line.isBlank())
        .map(line -> Card.card(line).build());
  }

  private Text text(JsonObject message) {
    return guard.read(
        "a message",
        () -> marked(message),
        () -> Text.plain(SlackNotation.unescape(SlackJson.text(message, "text"))));
  }

  private Text marked(JsonObject message) {
    SlackNotation.Names known = names.get();
    return new RichTextReader(known)
        .read(SlackJson.objects(message, "blocks"))
        .orElseGet(() -> SlackNotation.read(SlackJson.text(message, "text"), known));
  }

  /** Text in which signs stand for themselves. */
  String plain(String raw) {
    return SlackNotation.readPlain(raw, names.get());
  }

  private static FileRef file(JsonObject file) {
    String size = SlackJson.text(file, "size");
    String name = SlackNotation.clean(SlackJson.text(file, "name")).replace('\n', ' ');
    return new FileRef(
        name.isBlank() ? "file" : name,
        Optional.of(SlackJson.text(file, "mimetype")).filter(type -> !type.isEmpty()),
        size.matches("[0-9]{1,15}") ? OptionalLong.of(Long.parseLong(size)) : OptionalLong.empty(),
        Optional.empty(),
        SlackNotation.address(SlackJson.text(file, "permalink")));
  }
}
