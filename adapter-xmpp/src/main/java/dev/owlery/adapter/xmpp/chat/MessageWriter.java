package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.api.action.Action;
import dev.owlery.api.action.Delete;
import dev.owlery.api.action.Edit;
import dev.owlery.api.action.React;
import dev.owlery.api.action.Say;
import dev.owlery.api.action.SetSubject;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Conversation.Kind;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.spi.BoundedMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.MessageBuilder;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smackx.message_correct.element.MessageCorrectExtension;
import org.jivesoftware.smackx.sid.element.OriginIdElement;
import org.jivesoftware.smackx.xhtmlim.packet.XHTMLExtension;

/** Writes messages. Safe for use by several threads. */
public final class MessageWriter {
  private static final int MOST_REACTIONS = 2_000;
  private static final String MUC_USER = "http://jabber.org/protocol/muc#user";
  private static final String HINTS = "urn:xmpp:hints";

  private final XmppRooms rooms;
  private final MessageIds references;

  /** Our own reactions: each message tells all of them. */
  private final Map<String, Set<String>> reactions = BoundedMap.firstInFirstOut(MOST_REACTIONS);

  public MessageWriter(XmppRooms rooms, MessageIds references) {
    this.rooms = rooms;
    this.references = references;
  }

  /** The id is ours twice: rooms and servers may change the first, archives keep the second. */
  private MessageBuilder start(Conversation where, String token) {
    MessageBuilder builder =
        StanzaBuilder.buildMessage(token)
            .to(XmppIdentity.address(where.room()))
            .ofType(where.kind() == Kind.ROOM ? Message.Type.groupchat : Message.Type.chat)
            .addExtension(new OriginIdElement(token));
    where.thread().ifPresent(builder::setThread);
    boolean isOccupant = where.kind() == Kind.DIRECT && rooms.isKnown(bare(where.room()));
    if (isOccupant) {
      builder.addExtension(new StandardExtensionElement("x", MUC_USER));
    }
    return builder;
  }

  private static String bare(String address) {
    int slash = address.indexOf('/');
    return slash < 0 ? address : address.substring(0, slash);
  }

  public Message message(Say say, String token) {
    MessageBuilder builder = start(say.where(), token);
    if (say.tone() == Tone.NOTICE && say.where().kind() != Kind.ROOM) {
      builder.ofType(Message.Type.headline);
    }
    if (say.tone() == Tone.AUTOMATIC) {
      builder.addExtension(new StandardExtensionElement("automatic", Stanzas.AUTOMATIC));
    }
    references.saidBy(say.where().room(), token, MessageIds.OURSELVES);
    fill(builder, say.content(), body(say));
    say.replyTo().ifPresent(id -> builder.addExtension(reply(say.where(), id)));
    return builder.build();
  }

  /** What the others see of an action as text; empty if nothing. */
  public static String body(Action action) {
    return switch (action) {
      case Say say -> (say.tone() == Tone.DEED ? "/me " : "") + Markup.render(say.content()).body();
      case Edit edit -> Markup.render(edit.content()).body();
      default -> "";
    };
  }

  private void fill(MessageBuilder builder, Content content, String body) {
    Markup.RenderedBody rendered = Markup.render(content);
    builder.setBody(body);
    rendered
        .xhtml()
        .ifPresent(html -> {
          XHTMLExtension extension = new XHTMLExtension();
          extension.addBody(html);
          builder.addExtension(extension);
        });
    if (rendered.isLiteral()) {
      builder.addExtension(new StandardExtensionElement("unstyled", "urn:xmpp:styling:0"));
    }
    if (Markup.isOnlyFile(content)) {
      builder.addExtension(
          StandardExtensionElement.builder("x", Stanzas.OUT_OF_BAND)
              .addElement("url", rendered.body())
              .build());
    }
  }

  private StandardExtensionElement reply(Conversation where, MessageId target) {
    return StandardExtensionElement.builder("reply", Stanzas.REPLY)
        .addAttribute("to", where.room())
        .addAttribute("id", wireId(where, target))
        .build();
  }

  /** What a room calls a message; for our own ones we have a name of our own. */
  private String wireId(Conversation where, MessageId id) {
    return where.kind() == Kind.ROOM
        ? references.roomsIdOfOwn(where.room(), id.value()).orElse(id.value())
        : id.value();
  }

  public Message correction(Edit edit, String token) {
    MessageBuilder builder = start(edit.where(), token);
    fill(builder, edit.content(), body(edit));
    return builder.addExtension(new MessageCorrectExtension(edit.target().value())).build();
  }

  public Message retraction(Delete delete, String token) {
    return start(delete.where(), token)
        .setBody("(a message was retracted)")
        .addExtension(
            StandardExtensionElement.builder("retract", Stanzas.RETRACT)
                .addAttribute("id", wireId(delete.where(), delete.target()))
                .build())
        .addExtension(
            StandardExtensionElement.builder("fallback", Stanzas.FALLBACK)
                .addAttribute("for", Stanzas.RETRACT)
                .build())
        .addExtension(new StandardExtensionElement("store", HINTS))
        .build();
  }

  public Message reaction(React react, String token) {
    String emoji = Markup.clean(react.emoji()).strip();
    if (emoji.isEmpty()) {
      throw new IllegalArgumentException("a reaction is an emoji");
    }
    String target = wireId(react.where(), react.target());
    StandardExtensionElement.Builder all =
        StandardExtensionElement.builder("reactions", Stanzas.REACTIONS).addAttribute("id", target);
    synchronized (reactions) {
      Set<String> ours =
          reactions.computeIfAbsent(
              react.where().address() + "\n" + target, any -> new LinkedHashSet<>());
      if (react.add()) {
        ours.add(emoji);
      } else {
        ours.remove(emoji);
      }
      ours.forEach(each -> all.addElement("reaction", each));
    }
    return start(react.where(), token)
        .addExtension(all.build())
        .addExtension(new StandardExtensionElement("store", HINTS))
        .build();
  }

  public Message subject(SetSubject subject, String token) {
    if (subject.where().kind() != Kind.ROOM) {
      throw new IllegalArgumentException("only rooms have a subject");
    }
    return StanzaBuilder.buildMessage(token)
        .to(XmppIdentity.address(subject.where().room()))
        .ofType(Message.Type.groupchat)
        .setSubject(Markup.clean(subject.subject()).replace('\n', ' '))
        .build();
  }
}
