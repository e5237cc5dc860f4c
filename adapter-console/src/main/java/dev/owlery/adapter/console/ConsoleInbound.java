package dev.owlery.adapter.console;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.MemberLeft;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Lines become events, and lines that begin with {@code /} become deeds of the person at the
 * keyboard. What is said, where and by whom, belongs to the reading thread; {@link #join} and
 * {@link #leave} may be called from any.
 */
final class ConsoleInbound {

  static final List<String> COMMANDS = List.of("/as", "/dm", "/help", "/quit", "/room");

  private static final String HELP =
      """
      A line is said to the bot: here, in the direct chat, commands need no prefix.
        /room #dev   go into a room, or back into it
        /dm [ann]    go to the direct chat, or to ann's
        /as ann      be ann, whom nobody vouches for; /as alone: be yourself again
        /quit        stop the bot (also: end of input)
        /help        this
        //text       say a line that begins with /\
      """;

  private final ConsoleIdentity identity;
  private final ConsoleRooms rooms;
  private final Clock clock;
  private final Consumer<ChatEvent> inbox;
  // A console has no ids of its own: these never come again, not even after a restart.
  private final String session = UUID.randomUUID().toString();
  private final AtomicLong keys = new AtomicLong();
  private Member speaker;
  private Conversation where;

  ConsoleInbound(
      ConsoleIdentity identity, ConsoleRooms rooms, Clock clock, Consumer<ChatEvent> inbox) {
    this.identity = identity;
    this.rooms = rooms;
    this.clock = clock;
    this.inbox = inbox;
    this.speaker = identity.local();
    this.where = identity.home();
  }

  Member speaker() {
    return speaker;
  }

  Conversation where() {
    return where;
  }

  String prompt() {
    return where.isDirect()
        ? speaker.handle() + "> "
        : where.room() + " " + speaker.handle() + "> ";
  }

  /**
   * Takes a line.
   *
   * @return false if it says to stop
   */
  boolean read(String line, Screen screen) {
    if (line.startsWith("/") && !line.startsWith("//")) {
      String[] words = line.strip().split("\\s+", 2);
      try {
        return obey(words[0], words.length > 1 ? words[1] : "", screen);
      } catch (IllegalArgumentException wrong) {
        screen.note(String.valueOf(wrong.getMessage()));
        return true;
      }
    }
    String text = line.startsWith("//") ? line.substring(1) : line;
    if (!where.isDirect() && !rooms.isOpen(where)) {
      screen.note("the bot has left; /room " + where.room() + " brings it back");
    } else if (!text.isBlank()) {
      say(text);
    }
    return true;
  }

  private boolean obey(String command, String rest, Screen screen) {
    switch (command) {
      case "/as" -> speakAs(rest.isEmpty() ? identity.local() : identity.person(rest));
      case "/dm" -> where = identity.directWith(rest.isEmpty() ? speaker : person(rest));
      case "/room" -> goTo(identity.locate(rest));
      case "/help" -> screen.note(HELP);
      case "/quit" -> {
        return false;
      }
      default -> screen.note("no such command: " + command + "; /help tells what there is");
    }
    return true;
  }

  /** Somebody else's direct chat can only be spoken in as that person. */
  private Member person(String name) {
    speaker = identity.person(name);
    return speaker;
  }

  private void speakAs(Member member) {
    speaker = member;
    if (where.isDirect()) {
      where = identity.directWith(member);
    } else {
      enter(where, member);
    }
  }

  private void goTo(Conversation room) {
    if (room.isDirect()) {
      throw new IllegalArgumentException("a room is written #name; /dm " + room.room() + "?");
    }
    join(room);
    enter(room, speaker);
    where = room;
  }

  /** Takes the bot into a room. */
  boolean join(Conversation room) {
    if (room.isDirect()) {
      throw new IllegalArgumentException("a room is written #name");
    }
    return enter(room, identity.self());
  }

  /** Takes the bot out of a room. */
  boolean leave(Conversation room, String reason) {
    boolean left = rooms.close(room);
    if (left) {
      inbox.accept(new MemberLeft(next(), room, identity.self(), MemberLeft.How.LEFT, reason));
    }
    return left;
  }

  private boolean enter(Conversation room, Member member) {
    boolean fresh = rooms.enter(room, member);
    if (fresh) {
      inbox.accept(new MemberJoined(next(), room, member));
    }
    return fresh;
  }

  private void say(String text) {
    inbox.accept(
        new MessagePosted(
            next(),
            where,
            speaker,
            Content.of(text),
            Tone.NORMAL,
            Optional.empty(),
            Optional.empty()));
  }

  private Origin next() {
    return Origin.live(session + "-" + keys.incrementAndGet(), clock.instant());
  }
}
