package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.file.LegacyFileNames;
import dev.owlery.adapter.xmpp.link.InboundMessage;
import dev.owlery.adapter.xmpp.link.XmppFileSettings;
import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.FileRef;
import dev.owlery.api.content.Text;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.MessageDeleted;
import dev.owlery.api.event.MessageEdited;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import dev.owlery.api.event.ReactionAdded;
import dev.owlery.api.event.ReactionRemoved;
import dev.owlery.api.http.WebAddress;
import dev.owlery.spi.BoundedMap;
import dev.owlery.spi.ReaderGuard;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smackx.message_correct.element.MessageCorrectExtension;

/**
 * Makes events of a message, whichever way it came: posted, corrected (XEP-0308), retracted
 * (XEP-0424), reacted to (XEP-0444). Safe for use by several threads.
 */
final class MessageReader {
  private static final int MOST_REACTIONS = 2_000;
  private static final int MOST_AT_ONCE = 20;

  private final MessageIds references;
  private final XmppFileSettings files;
  private final ReaderGuard guard;

  /** What each sender's reactions to a message were last: a message tells them all anew. */
  private final Map<String, Set<String>> reactions = BoundedMap.firstInFirstOut(MOST_REACTIONS);

  /**
   * Makes one.
   *
   * @param references which message is which
   * @param files whose lines are meant for programs
   * @param guard is around all reading: what cannot be read is taken as plain text
   */
  MessageReader(MessageIds references, XmppFileSettings files, ReaderGuard guard) {
    this.guard = guard;
    this.references = references;
    this.files = files;
  }

  /**
   * Reads a message.
   *
   * @param heard the message
   * @return what has happened, in order; empty if nothing that matters to people
   */
  synchronized List<ChatEvent> read(InboundMessage heard) {
    return guard.read("a message", () -> events(heard), () -> plain(heard));
  }

  /** The body as it stands: of a message that is otherwise unreadable. */
  private static List<ChatEvent> plain(InboundMessage heard) {
    String body = Markup.clean(Stanzas.orEmpty(heard.message().getBody()));
    return body.isBlank()
        ? List.of()
        : List.of(
            new MessagePosted(
                heard.origin(),
                heard.where(),
                heard.sender(),
                new Content(Markup.plain(body), List.of(), List.of()),
                Tone.NORMAL,
                heard.id(),
                Optional.empty()));
  }

  private List<ChatEvent> events(InboundMessage heard) {
    Message message = heard.message();
    Optional<String> retracted = retracted(message);
    if (retracted.isPresent()) {
      MessageId target = new MessageId(byAnyId(heard, retracted.get()));
      return isByAuthor(heard, target)
          ? List.of(new MessageDeleted(heard.origin(), heard.where(), heard.sender(), target))
          : List.of();
    }
    Optional<StandardExtensionElement> reacted =
        Stanzas.element(message, "reactions", Stanzas.REACTIONS);
    if (reacted.isPresent()) {
      return reactions(heard, reacted.get());
    }
    Optional<Content> content = content(message);
    if (content.isEmpty()) {
      return List.of();
    }
    MessageCorrectExtension correction = MessageCorrectExtension.from(message);
    if (correction != null && !Stanzas.orEmpty(correction.getIdInitialMessage()).isEmpty()) {
      MessageId target = new MessageId(byAuthorsId(heard, correction.getIdInitialMessage()));
      return isByAuthor(heard, target)
          ? List.of(
              new MessageEdited(
                  heard.origin(), heard.where(), heard.sender(), target, content.get()))
          : List.of();
    }
    remember(heard);
    return List.of(posted(heard, content.get()));
  }

  private void remember(InboundMessage heard) {
    String place = heard.where().room();
    heard
        .id()
        .ifPresent(
            id -> heard.author().ifPresent(who -> references.saidBy(place, id.value(), who)));
  }

  /**
   * Only who has said a message may change it or take it back (XEP-0308 section 6, XEP-0424 section
   * 7). To us alone it is enough that nobody else is known to have said it: who speaks there is
   * vouched for. In rooms, where nicks change hands, the message must be known.
   */
  private boolean isByAuthor(InboundMessage heard, MessageId target) {
    Optional<String> author = references.author(heard.where().room(), target.value());
    boolean isVouchedFor = !heard.isRoom() && heard.sender().identity().isPresent();
    return author.isEmpty() ? isVouchedFor : author.equals(heard.author());
  }

  private MessagePosted posted(InboundMessage heard, Content content) {
    String body = content.text().source();
    Tone tone = automaticTone(heard).orElse(body.startsWith("/me ") ? Tone.DEED : Tone.NORMAL);
    boolean isDeed = tone == Tone.DEED;
    Content said =
        isDeed
            ? new Content(
                Markup.plain(body.substring("/me ".length())), content.cards(), content.files())
            : content;
    Optional<MessageId> replyTo =
        Stanzas.element(heard.message(), "reply", Stanzas.REPLY)
            .flatMap(reply -> Stanzas.attribute(reply, "id"))
            .map(id -> new MessageId(byAnyId(heard, id)));
    return new MessagePosted(
        heard.origin(), heard.where(), heard.sender(), said, tone, heard.id(), replyTo);
  }

  /** What programs say, and no program answers. */
  private Optional<Tone> automaticTone(InboundMessage heard) {
    Message message = heard.message();
    if (Stanzas.has(message, "automatic", Stanzas.AUTOMATIC)) {
      return Optional.of(Tone.AUTOMATIC);
    }
    boolean isNotice =
        message.getType() == Message.Type.headline
            || Stanzas.has(message, "captcha", Stanzas.CAPTCHA)
            || isFileLine(heard);
    return isNotice ? Optional.of(Tone.NOTICE) : Optional.empty();
  }

  /** A line between programs that carry files: to us alone it could pass for a command. */
  private boolean isFileLine(InboundMessage heard) {
    return LegacyFileNames.isLine(Stanzas.orEmpty(heard.message().getBody()))
        && heard.sender().identity().filter(who -> files.tellsNames(who.subject())).isPresent();
  }

  private static Optional<String> retracted(Message message) {
    Optional<String> direct =
        Stanzas.element(message, "retract", Stanzas.RETRACT)
            .flatMap(retract -> Stanzas.attribute(retract, "id"));
    if (direct.isPresent()) {
      return direct;
    }
    return Stanzas.element(message, "apply-to", Stanzas.FASTEN)
        .filter(fastened -> fastened.getFirstElement("retract", Stanzas.RETRACT_OLD) != null)
        .flatMap(fastened -> Stanzas.attribute(fastened, "id"));
  }

  private List<ChatEvent> reactions(InboundMessage heard, StandardExtensionElement element) {
    Optional<String> id = Stanzas.attribute(element, "id");
    if (id.isEmpty()) {
      return List.of();
    }
    MessageId target = new MessageId(byAnyId(heard, id.get()));
    Set<String> now = new LinkedHashSet<>();
    for (StandardExtensionElement each : element.getElements()) {
      String emoji = Stanzas.orEmpty(each.getText()).strip();
      if (each.getElementName().equals("reaction") && !emoji.isEmpty()) {
        now.add(Markup.clean(emoji));
      }
    }
    String whose = heard.where().address() + "\n" + heard.sender().handle() + "\n" + target.value();
    Set<String> before = reactions.getOrDefault(whose, Set.of());
    reactions.put(whose, now);
    List<ChatEvent> events = new ArrayList<>();
    before.stream()
        .filter(emoji -> !now.contains(emoji))
        .limit(MOST_AT_ONCE)
        .forEach(emoji ->
            events.add(
                new ReactionRemoved(
                    part(heard, events), heard.where(), heard.sender(), target, emoji)));
    now.stream()
        .filter(emoji -> !before.contains(emoji))
        .limit(MOST_AT_ONCE)
        .forEach(emoji ->
            events.add(
                new ReactionAdded(
                    part(heard, events), heard.where(), heard.sender(), target, emoji)));
    return events;
  }

  /** Several events of one message need keys of their own. */
  private static Origin part(InboundMessage heard, List<ChatEvent> before) {
    Origin origin = heard.origin();
    return before.isEmpty()
        ? origin
        : new Origin(origin.key() + "/" + before.size(), origin.at(), origin.delivery());
  }

  /**
   * A correction names the id that its author gave; in rooms we call others' messages otherwise.
   */
  private String byAuthorsId(InboundMessage heard, String id) {
    return heard.isRoom()
        ? references
            .roomsId(heard.where().room(), heard.author().orElseGet(heard.sender()::handle), id)
            .orElse(id)
        : id;
  }

  /** Reactions, replies and retractions in rooms name the room's id: ours have their own. */
  private String byAnyId(InboundMessage heard, String id) {
    return heard.isRoom() ? references.ownId(heard.where().room(), id).orElse(id) : id;
  }

  private Optional<Content> content(Message message) {
    List<FileRef> files = files(message);
    String body = Markup.clean(withoutQuotation(message));
    if (files.size() == 1 && files.getFirst().location().equals(WebAddress.of(body))) {
      body = "";
    }
    if (body.isBlank() && files.isEmpty()) {
      return Optional.empty();
    }
    String words = body;
    Text text = guard.read("a text", () -> Markup.read(message, words), () -> Markup.plain(words));
    return Optional.of(new Content(text, List.of(), files));
  }

  /** The body without what it repeats for clients that know no replies (XEP-0428, XEP-0461). */
  private static String withoutQuotation(Message message) {
    String body = Stanzas.orEmpty(message.getBody());
    Optional<StandardExtensionElement> range =
        Stanzas.element(message, "fallback", Stanzas.FALLBACK)
            .filter(each -> Stanzas.REPLY.equals(each.getAttributeValue("for")))
            .map(each -> each.getFirstElement("body", Stanzas.FALLBACK));
    if (range.isEmpty()) {
      return body;
    }
    try {
      int from = Integer.parseInt(Stanzas.attribute(range.get(), "start").orElse("0"));
      int to = Integer.parseInt(Stanzas.attribute(range.get(), "end").orElse("0"));
      int begin = body.offsetByCodePoints(0, from);
      return body.substring(0, begin) + body.substring(body.offsetByCodePoints(0, to));
    } catch (NumberFormatException | IndexOutOfBoundsException nonsense) {
      return body;
    }
  }

  /** Links that are meant as files (XEP-0066). */
  private static List<FileRef> files(Message message) {
    return Stanzas.element(message, "x", Stanzas.OUT_OF_BAND)
        .map(out -> out.getFirstElement("url", Stanzas.OUT_OF_BAND))
        .flatMap(url -> file(Stanzas.orEmpty(url.getText()).strip()))
        .map(List::of)
        .orElse(List.of());
  }

  private static Optional<FileRef> file(String address) {
    return WebAddress.of(address)
        .map(uri -> {
          String path = Stanzas.orEmpty(uri.getPath());
          String name = Markup.clean(path.substring(path.lastIndexOf('/') + 1)).strip();
          return new FileRef(
              name.isEmpty() ? WebAddress.host(uri) : name,
              Optional.empty(),
              OptionalLong.empty(),
              Optional.empty(),
              Optional.of(uri));
        });
  }
}
