package dev.owlery.adapter.xmpp;

import dev.owlery.adapter.xmpp.chat.Confirmations;
import dev.owlery.adapter.xmpp.chat.MessageIds;
import dev.owlery.adapter.xmpp.chat.MessageWriter;
import dev.owlery.adapter.xmpp.chat.OwnMessages;
import dev.owlery.adapter.xmpp.chat.Presences;
import dev.owlery.adapter.xmpp.chat.RoomReflections;
import dev.owlery.adapter.xmpp.chat.XmppRooms;
import dev.owlery.adapter.xmpp.chat.XmppSession;
import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.adapter.xmpp.link.XmppSettings;
import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.adapter.xmpp.text.TextSplitter;
import dev.owlery.adapter.xmpp.text.XmppErrorText;
import dev.owlery.api.action.Action;
import dev.owlery.api.action.Ask;
import dev.owlery.api.action.Delete;
import dev.owlery.api.action.Edit;
import dev.owlery.api.action.EndCall;
import dev.owlery.api.action.Join;
import dev.owlery.api.action.Leave;
import dev.owlery.api.action.OpenDirect;
import dev.owlery.api.action.PublishItem;
import dev.owlery.api.action.React;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.action.SendFile;
import dev.owlery.api.action.SetPresence;
import dev.owlery.api.action.SetSubject;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Conversation.Kind;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Text;
import dev.owlery.api.content.Tone;
import dev.owlery.api.settings.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jivesoftware.smack.packet.Message;
import org.jxmpp.jid.Jid;

/** Makes stanzas of actions. Any thread; nothing here waits. */
final class XmppOutbound {
  /** Well below what servers take, also when every character needs five in XML. */
  private static final int LONGEST = 8_000;

  private final XmppSettings settings;
  private final XmppRooms rooms;
  private final MessageWriter writer;

  XmppOutbound(XmppSettings settings, XmppRooms rooms, MessageIds references) {
    this.settings = settings;
    this.rooms = rooms;
    this.writer = new MessageWriter(rooms, references);
  }

  /**
   * Cuts what is said into messages.
   *
   * @param action any action
   * @return the action itself, if it fits into one
   */
  List<Action> divide(Action action) {
    if (!(action instanceof Say say)) {
      return List.of(action);
    }
    String body = Markup.render(say.content()).body();
    if (body.length() <= LONGEST) {
      return List.of(action);
    }
    return TextSplitter.split(body, LONGEST).stream()
        .<Action>map(
            piece -> new Say(say.where(), Content.of(Text.plain(piece)), say.tone(), say.replyTo()))
        .toList();
  }

  /**
   * Does one part.
   *
   * @param outgoing the part
   * @param session the connection
   * @return what becomes of it
   */
  CompletionStage<Outcome> perform(Outgoing outgoing, XmppSession session) {
    String token = outgoing.token();
    try {
      return switch (outgoing.action()) {
        case Say say -> say(say, token, session);
        case Edit edit -> speak(edit, writer.correction(edit, token), session);
        case Delete delete -> speak(delete, writer.retraction(delete, token), session);
        case React react -> speak(react, writer.reaction(react, token), session);
        case Join join -> join(join, session);
        case Leave leave -> leave(leave, session);
        case SetSubject subject -> subject(subject, token, session);
        case SetPresence presence ->
            session.send(
                Presences.write(presence.presence(), presence.status(), token).build(),
                Confirmations.By.SERVER,
                "");
        case OpenDirect direct -> openDirect(direct);
        case SendFile _ -> unsupported("files cannot be sent over XMPP yet");
        case PublishItem _ -> unsupported("the account carries no such topic");
        case Ask _ -> unsupported("a chat over XMPP shows no forms");
        case EndCall _ -> done(Outcome.DELIVERED);
      };
    } catch (IllegalArgumentException cannotBeSaid) {
      return done(Outcome.refused(XmppErrorText.trouble(cannotBeSaid)));
    }
  }

  private CompletionStage<Outcome> say(Say say, String token, XmppSession session) {
    if (Markup.render(say.content()).body().isBlank()) {
      return done(Outcome.refused("nothing to say"));
    }
    return speak(say, writer.message(say, token), session);
  }

  private CompletionStage<Outcome> speak(Action action, Message message, XmppSession session) {
    Conversation where = action.where();
    if (where.kind() != Kind.ROOM) {
      return session.send(message, Confirmations.By.SERVER, "");
    }
    if (!rooms.isJoined(where.room())) {
      return done(
          rooms.isWanted(where.room())
              ? new Outcome.NotSent(settings.retry().rejoin(), "not in the room at the moment")
              : Outcome.refused("not in the room"));
    }
    return session.send(message, Confirmations.By.ROOM, where.room());
  }

  private CompletionStage<Outcome> join(Join join, XmppSession session) {
    String room = XmppIdentity.account(join.where().room()).toString();
    Optional<String> password = join.password().map(Secret::reveal);
    rooms.want(room, password, true);
    return rooms.isJoined(room)
        ? done(Outcome.DELIVERED)
        : session.conversations().lobby().enter(new XmppRooms.Wanted(room, password));
  }

  private CompletionStage<Outcome> leave(Leave leave, XmppSession session) {
    String room = XmppIdentity.account(leave.where().room()).toString();
    session.conversations().door().leave(room, leave.reason());
    return done(Outcome.DELIVERED);
  }

  private CompletionStage<Outcome> subject(SetSubject subject, String token, XmppSession session) {
    Message message = writer.subject(subject, token);
    session.conversations().talk().subjectSent(subject.where().room(), token);
    return speak(subject, message, session);
  }

  private static CompletionStage<Outcome> openDirect(OpenDirect direct) {
    if (direct.members().size() != 1) {
      return unsupported("XMPP has direct chats with one member only");
    }
    Jid address = XmppIdentity.address(direct.members().getFirst());
    return done(new Outcome.Settled(Receipt.delivered(new MessageId(address.toString()))));
  }

  /**
   * Looks up whether a part was sent before.
   *
   * @param outgoing the part
   * @param session the connection
   * @return what is known
   */
  CompletionStage<Outcome> lookUp(Outgoing outgoing, XmppSession session) {
    Optional<CompletableFuture<Outcome>> resumed =
        session.confirmations().resumed(outgoing.token());
    if (resumed.isPresent()) {
      return resumed.get();
    }
    return switch (outgoing.action()) {
      case Say say when say.tone() == Tone.NOTICE && say.where().kind() != Kind.ROOM ->
          done(new Outcome.Doubtful("archives do not keep notices"));
      case Say say -> inArchive(say, outgoing, session);
      case Edit edit -> inArchive(edit, outgoing, session);
      // Doing these twice does no harm.
      case Delete _, React _, Join _, Leave _, SetSubject _, SetPresence _, OpenDirect _ ->
          done(new Outcome.NotSent(Duration.ZERO, "can be done again"));
      case SendFile _, PublishItem _, Ask _, EndCall _ ->
          done(new Outcome.NotSent(Duration.ZERO, "was never possible"));
    };
  }

  private CompletionStage<Outcome> inArchive(
      Action action, Outgoing outgoing, XmppSession session) {
    OwnMessages own = session.conversations().ownMessages();
    String token = outgoing.token();
    if (action.where().kind() == Kind.ROOM) {
      Jid room = XmppIdentity.account(action.where().room());
      RoomReflections shown = session.conversations().talk().reflections();
      return own.find(room, token, outgoing.handedAt())
          .thenCompose(found ->
              found instanceof Outcome.Doubtful
                  ? shown.lookUp(room.toString(), outgoing, MessageWriter.body(action))
                  : done(found));
    }
    if (!session.features().hasArchive()) {
      return done(new Outcome.Doubtful("the server keeps no archive"));
    }
    return own.find(session.identity().own(), token, outgoing.handedAt());
  }

  private static CompletionStage<Outcome> unsupported(String what) {
    return done(new Outcome.Settled(new Receipt.Unsupported(what)));
  }

  private static CompletionStage<Outcome> done(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }
}
