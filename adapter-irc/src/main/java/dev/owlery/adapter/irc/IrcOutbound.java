package dev.owlery.adapter.irc;

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
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.chat.Presence;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Text;
import dev.owlery.api.content.Tone;
import dev.owlery.api.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes lines of actions. Any thread; nothing here waits. */
final class IrcOutbound {
  /** What the server puts before our text when it passes it on, at most: user and host. */
  private static final int LONGEST_MASK = ":!@ ".length() + 11 + 63;

  private static final int ACTION_SIGNS = "\u0001ACTION \u0001".length();

  private final IrcRooms rooms;
  private final int longestNick;

  IrcOutbound(IrcSettings settings, IrcRooms rooms) {
    this.rooms = rooms;
    longestNick =
        settings.alternativeNicks().stream()
            .mapToInt(String::length)
            .reduce(settings.nick().length() + 4, Math::max);
  }

  /**
   * Cuts what is said into lines.
   *
   * @param action any action
   * @return one action for each line
   */
  List<Action> divide(Action action) {
    if (!(action instanceof Say say)) {
      return List.of(action);
    }
    List<String> lines =
        TextSplitter.split(IrcMarkup.render(say.content()), room(say)).stream()
            .filter(line -> !line.isBlank())
            .toList();
    boolean isOneAlready =
        lines.size() == 1
            && say.content().cards().isEmpty()
            && say.content().files().isEmpty()
            && say.content().text().equals(Text.plain(lines.getFirst()));
    if (lines.isEmpty() || isOneAlready) {
      return List.of(action);
    }
    return lines.stream()
        .<Action>map(
            line -> new Say(say.where(), Content.of(Text.plain(line)), say.tone(), say.replyTo()))
        .toList();
  }

  /** How many bytes of text fit into a line. */
  private int room(Say say) {
    int target = say.where().room().length() * 3;
    int verb = "PRIVMSG  :".length();
    int signs = say.tone() == Tone.DEED ? ACTION_SIGNS : 0;
    int left = OutboundLine.LIMIT - LONGEST_MASK - longestNick - verb - signs;
    return Math.max(40, left - Math.min(target, utf8Length(say.where().room())));
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * Does one part.
   *
   * @param outgoing the part
   * @param session the connection
   * @return what becomes of it
   */
  CompletionStage<Outcome> perform(Outgoing outgoing, IrcSession session) {
    try {
      return switch (outgoing.action()) {
        case Say say -> say(say, outgoing.token(), session);
        case Join join -> join(join, session);
        case Leave leave -> leave(leave, session);
        case SetSubject subject -> subject(subject, session);
        case SetPresence presence -> presence(presence, session);
        case OpenDirect direct -> openDirect(direct);
        case Edit _ -> unsupported("IRC messages cannot be changed");
        case Delete _ -> unsupported("IRC messages cannot be taken back");
        case React _ -> unsupported("IRC has no reactions");
        case SendFile _ -> unsupported("IRC has no files");
        case PublishItem _ -> unsupported("IRC has no topics to publish on");
        case Ask _ -> unsupported("IRC has no forms");
        case EndCall _ -> done(Outcome.DELIVERED);
      };
    } catch (IllegalArgumentException cannotBeSaid) {
      return done(Outcome.refused(IrcErrorText.trouble(cannotBeSaid)));
    }
  }

  private CompletionStage<Outcome> say(Say say, String token, IrcSession session) {
    String target = target(say.where(), session);
    String text = wireText(say);
    if (text.isBlank()) {
      return done(Outcome.refused("nothing to say"));
    }
    String verb = say.tone().isFinal() ? "NOTICE" : "PRIVMSG";
    String spoken = say.tone() == Tone.DEED ? "\u0001ACTION " + text + "\u0001" : text;
    OutboundLine line = OutboundLine.of(verb, target, spoken);
    boolean isMarked =
        say.tone() == Tone.AUTOMATIC && session.facts().capabilities().has("message-tags");
    String key = key(say.where(), session);
    return session.perform(isMarked ? line.automatic() : line, key, spoken, token);
  }

  /** A conversation on the wire: perhaps some members of a room only. */
  private String target(Conversation where, IrcSession session) {
    String name = where.room();
    String room = session.facts().features().withoutStatus(name);
    String signs = name.substring(0, name.length() - room.length());
    return OutboundLine.checkTarget(signs + rooms.wire(room));
  }

  private String room(Conversation where, IrcSession session) {
    return OutboundLine.checkTarget(
        rooms.wire(session.facts().features().withoutStatus(where.room())));
  }

  /** By what answers and echoes are known to be about a conversation. */
  private String key(Conversation where, IrcSession session) {
    return rooms.fold(session.facts().features().withoutStatus(where.room()));
  }

  /**
   * The text of a part as {@link #divide} has made it. The sign that makes CTCP requests is taken
   * out here once more, whoever made the part.
   */
  private static String wireText(Say say) {
    Content content = say.content();
    boolean isDivided =
        content.cards().isEmpty()
            && content.files().isEmpty()
            && content.text().syntax() == Text.Syntax.PLAIN;
    String text = isDivided ? content.text().source() : IrcMarkup.render(content);
    return text.indexOf('\u0001') < 0 ? text : text.replace("\u0001", "");
  }

  private CompletionStage<Outcome> join(Join join, IrcSession session) {
    String room = room(join.where(), session);
    Optional<String> key = join.password().map(Secret::reveal);
    if (!session.facts().features().isRoom(room)) {
      return done(Outcome.refused(room + " is not a room"));
    }
    rooms.want(room, key);
    return session.join(new IrcRooms.Wanted(room, key));
  }

  private CompletionStage<Outcome> leave(Leave leave, IrcSession session) {
    String room = room(leave.where(), session);
    boolean wasIn = rooms.isJoined(room);
    rooms.unwant(room);
    if (!wasIn) {
      return done(Outcome.DELIVERED);
    }
    String reason = oneLine(leave.reason());
    OutboundLine line =
        reason.isEmpty() ? OutboundLine.of("PART", room) : OutboundLine.of("PART", room, reason);
    return session.perform(line, rooms.fold(room), "", "");
  }

  private CompletionStage<Outcome> subject(SetSubject subject, IrcSession session) {
    String room = room(subject.where(), session);
    return session.perform(
        OutboundLine.of("TOPIC", room, oneLine(subject.subject())), rooms.fold(room), "", "");
  }

  private CompletionStage<Outcome> presence(SetPresence presence, IrcSession session) {
    boolean isThere = presence.presence() == Presence.AVAILABLE;
    String status = oneLine(presence.status());
    OutboundLine line =
        isThere
            ? OutboundLine.of("AWAY")
            : OutboundLine.of("AWAY", status.isEmpty() ? "away" : status);
    return session.perform(line, "", "", "");
  }

  private CompletionStage<Outcome> openDirect(OpenDirect direct) {
    if (direct.members().size() != 1) {
      return unsupported("IRC has direct chats with one member only");
    }
    String written = OutboundLine.checkTarget(direct.members().getFirst());
    rooms.spelt(written);
    String nick = rooms.fold(written);
    return done(new Outcome.Settled(Receipt.delivered(new MessageId(nick))));
  }

  private static String oneLine(String text) {
    String clean = IrcMarkup.clean(text.replace('\n', ' ').replace('\r', ' ')).strip();
    List<String> pieces = TextSplitter.split(clean, 250);
    return pieces.isEmpty() ? "" : pieces.getFirst();
  }

  /**
   * Looks up whether a part was said before.
   *
   * @param outgoing the part
   * @param session the connection
   * @return what is known
   */
  Outcome lookUp(Outgoing outgoing, IrcSession session) {
    return switch (outgoing.action()) {
      case Say say when say.where().kind() == Conversation.Kind.ROOM -> {
        String text = wireText(say);
        String spoken = say.tone() == Tone.DEED ? "\u0001ACTION " + text + "\u0001" : text;
        yield session
            .history()
            .find(key(say.where(), session), spoken, outgoing.token(), outgoing.madeAt());
      }
      case Say _ -> new Outcome.Doubtful("IRC keeps no history of direct chats");
      // Doing these twice does no harm.
      case Join _, Leave _, SetSubject _, SetPresence _, OpenDirect _ ->
          new Outcome.NotSent(Duration.ZERO, "can be done again");
      case Edit _, Delete _, React _, SendFile _, PublishItem _, Ask _, EndCall _ ->
          new Outcome.NotSent(Duration.ZERO, "was never possible");
    };
  }

  private static CompletionStage<Outcome> unsupported(String what) {
    return done(new Outcome.Settled(new Receipt.Unsupported(what)));
  }

  private static CompletionStage<Outcome> done(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }
}
