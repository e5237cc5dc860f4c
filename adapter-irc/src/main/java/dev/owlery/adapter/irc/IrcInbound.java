package dev.owlery.adapter.irc;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin.Delivery;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes events of what people say. Our own lines, echoed or replayed, become confirmations instead;
 * requests between clients (CTCP) are answered here and become no events. A NOTICE is never
 * answered by anything in this class. For the thread that reads the connection.
 */
final class IrcInbound {
  /** Our own tag on what we say: how a line is found again in a room's history. */
  static final String TOKEN_TAG = "+owlery/token";

  /** Our own tag on what nobody has asked for: other bots do not answer it. */
  static final String AUTOMATIC_TAG = "+owlery/automatic";

  private static final String CTCP = "\u0001";
  private static final String ACTION = "ACTION ";
  private static final String FILES = "DCC ";

  private final AccountId account;
  private final SessionFacts facts;
  private final IrcRooms rooms;
  private final IrcIdentity identity;
  private final Origins origins;
  private final Batches batches;
  private final CatchUp catchUp;
  private final OwnHistory history;
  private final Confirmations confirmations;
  private final CtcpAnswers answers;
  private final Dcc dcc;
  private final Consumer<OutboundLine> replies;

  /** What one connection is made of, as far as messages need it. */
  record InboundParts(
      AccountId account,
      SessionFacts facts,
      IrcRooms rooms,
      IrcIdentity identity,
      Origins origins,
      Batches batches,
      CatchUp catchUp,
      OwnHistory history,
      Confirmations confirmations,
      CtcpAnswers answers,
      Dcc dcc) {}

  IrcInbound(InboundParts parts, Consumer<OutboundLine> replies) {
    this.account = parts.account();
    this.facts = parts.facts();
    this.rooms = parts.rooms();
    this.identity = parts.identity();
    this.origins = parts.origins();
    this.batches = parts.batches();
    this.catchUp = parts.catchUp();
    this.history = parts.history();
    this.confirmations = parts.confirmations();
    this.answers = parts.answers();
    this.dcc = parts.dcc();
    this.replies = replies;
  }

  /**
   * A PRIVMSG or NOTICE.
   *
   * @param line the line
   */
  void message(IrcLine line) {
    IrcPrefix sender = line.sender();
    String addressed = line.param(0);
    String target = facts.features().withoutStatus(addressed);
    boolean replayed = batches.isHistory(line) || facts.isFromBefore(line);
    if (facts.isOurs(sender.nick())) {
      own(line, rooms.fold(target), replayed);
      return;
    }
    boolean isRoom = facts.features().isRoom(target);
    if (facts.isServer(sender) || !(isRoom || facts.isOurs(target))) {
      return;
    }
    String text = line.param(1);
    boolean isNotice = line.verb().equals("NOTICE");
    Tone tone = isNotice ? Tone.NOTICE : Tone.NORMAL;
    if (text.startsWith(CTCP)) {
      String request = unwrap(text);
      if (!request.startsWith(ACTION)) {
        if (!isRoom && !replayed) {
          request(line, request, isNotice);
        }
        return;
      }
      text = request.substring(ACTION.length());
      tone = isNotice ? Tone.NOTICE : Tone.DEED;
    }
    boolean isAutomatic = line.tag(AUTOMATIC_TAG).isPresent();
    publish(
        line,
        where(isRoom ? addressed : sender.nick(), isRoom),
        text,
        isAutomatic ? Tone.AUTOMATIC : tone,
        replayed);
  }

  /** What is said to some members of a room only, as in {@code @#owls}, is answered to those. */
  private Conversation where(String name, boolean isRoom) {
    String written = IrcMarkup.name(name);
    String canonical = rooms.fold(written);
    if (!isRoom) {
      rooms.spelt(written);
    }
    return isRoom ? Conversation.room(account, canonical) : Conversation.direct(account, canonical);
  }

  private void publish(IrcLine line, Conversation where, String text, Tone tone, boolean replayed) {
    Delivery delivery = replayed ? Delivery.CATCH_UP : Delivery.LIVE;
    MessagePosted posted =
        new MessagePosted(
            origins.of(line, delivery, ""),
            where,
            identity.sender(line),
            Content.of(IrcMarkup.plain(text)),
            tone,
            messageId(line),
            line.tag("+draft/reply").filter(id -> !id.isEmpty()).map(MessageId::new));
    if (replayed) {
      history.replayed(where.room(), posted.origin().at());
      catchUp.publishMissed(posted);
    } else {
      catchUp.publish(posted);
    }
  }

  private void own(IrcLine line, String target, boolean replayed) {
    String text = line.param(1);
    if (replayed) {
      Origins.time(line)
          .ifPresent(at -> {
            String token = line.tag(TOKEN_TAG).orElse("");
            history.replayed(target, at);
            history.own(target, text, at, token, messageId(line));
          });
      return;
    }
    String label = batches.label(line);
    if (!label.isEmpty()) {
      confirmations.confirmed(label, messageId(line));
    } else if (facts.capabilities().has("echo-message")) {
      confirmations.echoed(target, text, messageId(line));
    }
  }

  private void request(IrcLine line, String request, boolean isNotice) {
    IrcPrefix sender = line.sender();
    if (request.startsWith(FILES)) {
      String nick = where(sender.nick(), false).room();
      dcc.heard(identity.sender(line), nick, request.substring(FILES.length()));
    } else if (!isNotice) {
      answer(sender, request);
    }
  }

  private void answer(IrcPrefix sender, String request) {
    answers
        .answer(sender, request)
        .map(text -> OutboundLine.of("NOTICE", OutboundLine.checkTarget(sender.nick()), text))
        .ifPresent(replies);
  }

  private static String unwrap(String text) {
    boolean closed = text.length() > 1 && text.endsWith(CTCP);
    return text.substring(1, closed ? text.length() - 1 : text.length());
  }

  private static Optional<MessageId> messageId(IrcLine line) {
    return line.tag("msgid").filter(id -> !id.isEmpty()).map(MessageId::new);
  }
}
