package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.launcher.proof.LiveBots.Counted;
import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcServer;
import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.irc.Limnoria;
import dev.owlery.testkit.irc.Ngircd;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two programs of which each answers the other do not go on for ever: on real servers, to each
 * other alone and in a room, each says at most five lines that nobody has asked for.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class LoopProofIT {

  private static final Duration TIME = Duration.ofSeconds(Form.of(4, 60));
  private static final int MOST = 5;
  private static final String ROOM = "#loop";
  private static final String XMPP_ROOM = "loop@rooms.localhost";

  @TempDir private Path folder;

  /** What a program answers to everything. */
  enum Habit {
    /** Always the same. */
    SAME('s') {
      @Override
      String answer(String said) {
        return "Sorry, I did not understand that. Type help";
      }
    },
    /** What it has heard. */
    ECHO('e') {
      @Override
      String answer(String said) {
        return said;
      }
    },
    /** A command of ours. */
    COMMAND('c') {
      @Override
      String answer(String said) {
        return "!echo hello";
      }
    },
    /** What Limnoria says to what it does not know; it repeats the word. */
    LIMNORIA('l') {
      @Override
      String answer(String said) {
        return "Error: \"" + said.split(" ", 2)[0] + "\" is not a valid command.";
      }
    },
    /** Something new each time. */
    COUNTER('n') {
      @Override
      String answer(String said) {
        return "That is the answer number " + said.length() + " of " + System.nanoTime();
      }
    };

    /** Tells its room and its bot from those of the others; short, for the sake of nicks. */
    final char mark;

    Habit(char mark) {
      this.mark = mark;
    }

    abstract String answer(String said);
  }

  @Test
  void programsOnIrcThatAnswerEverything() throws Exception {
    try (Ngircd server = Ngircd.start()) {
      allAtOnce(habit -> onIrc(server, habit));
    }
  }

  private void onIrc(Ngircd server, Habit habit) throws Exception {
    String nick = "owl" + habit.mark;
    String room = ROOM + habit.mark;
    String name = "program" + habit.mark;
    try (Counted owl = LiveBots.start(folder, nick, irc(server, nick, room), 12, true);
        IrcWitness program = IrcWitness.connect(server, name);
        IrcWitness witness = IrcWitness.connect(server, "witness" + habit.mark)) {
      witness.join(room);
      program.join(room);
      int before = settled(owl);
      program.say(nick, habit.answer("hello there"));
      answer(habit, () -> heardOnIrc(program, nick, name), text -> program.say(nick, text));
      int alone = owl.said().get() - before;
      before = settled(owl);
      program.say(room, habit.answer("hello owl"));
      program.say(room, nick + ": " + habit.answer("hello owl"));
      answer(
          habit,
          () -> heardOnIrc(program, nick, room),
          text -> program.say(room, inRoom(nick, text)));
      judge("IRC, " + habit, alone, owl.said().get() - before);
    }
  }

  @Test
  void programsOnXmppThatAnswerEverything() throws Exception {
    try (Prosody server = Prosody.start()) {
      for (Habit habit : Habit.values()) {
        server.register("owl" + habit.mark, "secret");
      }
      allAtOnce(habit -> onXmpp(server, habit));
    }
  }

  private void onXmpp(Prosody server, Habit habit) throws Exception {
    String nick = "owl" + habit.mark;
    String address = nick + "@localhost";
    String room = habit.mark + XMPP_ROOM;
    try (RawXmppClient program = RawXmppClient.join(server, "program" + habit.mark);
        Counted owl = LiveBots.start(folder, nick, xmpp(server, nick, room), 12, true)) {
      program.enter(room, "program");
      int before = settled(owl);
      program.say(address, habit.answer("hello there"));
      answer(habit, () -> program.textsFrom(address), text -> program.say(address, text));
      int alone = owl.said().get() - before;
      before = settled(owl);
      program.sayIn(room, habit.answer("hello owl"));
      program.sayIn(room, nick + ": " + habit.answer("hello owl"));
      answer(
          habit,
          () -> program.textsFrom(room + "/" + nick),
          text -> program.sayIn(room, inRoom(nick, text)));
      judge("XMPP, " + habit, alone, owl.said().get() - before);
    }
  }

  private static void judge(String what, int alone, int inRoom) {
    Form.figures("loop, " + what, alone + " lines alone, " + inRoom + " in the room");
    assertThat(alone).as(what + ", alone").isLessThanOrEqualTo(MOST);
    assertThat(inRoom).as(what + ", in the room").isLessThanOrEqualTo(MOST);
  }

  /** A conversation of two. */
  private interface Conversation {
    void with(Habit habit) throws Exception;
  }

  /** Each has a bot and a room of its own, so that all of them take no longer than one. */
  private static void allAtOnce(Conversation conversation) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(Habit.values().length)) {
      List<Future<?>> running = new ArrayList<>();
      for (Habit habit : Habit.values()) {
        running.add(
            threads.submit(() -> {
              conversation.with(habit);
              return null;
            }));
      }
      for (Future<?> each : running) {
        each.get(TIME.multipliedBy(2).plusMinutes(2).toSeconds(), TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void anOwleryAndALimnoria() throws Exception {
    try (Ngircd server = Ngircd.start();
        Counted owl = LiveBots.start(folder, "owl", irc(server, "owl", ROOM), 12, true);
        IrcWitness ann = IrcWitness.connect(server, "ann")) {
      ann.join(ROOM);
      try (Limnoria limnoria = Limnoria.start(server, "limnoria", ROOM)) {
        ann.expect(":limnoria!\\S* JOIN :?" + ROOM, Duration.ofSeconds(40));
        int owls = settled(owl);
        say(owl, "limnoria", "Good morning, what can you do?");
        ann.say("limnoria", "echo hello");
        ann.expect(":limnoria!\\S* (PRIVMSG|NOTICE) ann :hello", Duration.ofSeconds(40));
        Form.pause(TIME);
        // What the proof has said in their names is no answer.
        int alone = owl.said().get() - owls - 1;
        int limnorias = limnoria.said() - 1;
        Form.figures("loop, Limnoria alone", alone + " lines, and " + limnorias + " of it");
        assertThat(alone).isLessThanOrEqualTo(MOST);
        assertThat(limnorias).isBetween(1, MOST);

        owls = settled(owl);
        limnorias = limnoria.said();
        say(owl, ROOM, "limnoria: what can you do?");
        ann.say(ROOM, "limnoria: echo owl: good morning");
        ann.say(ROOM, "limnoria: echo !echo limnoria: good evening");
        Form.pause(TIME);
        int inRoom = owl.said().get() - owls - 2;
        int itsInRoom = limnoria.said() - limnorias - 2;
        Form.figures("loop, Limnoria in a room", inRoom + " lines, and " + itsInRoom + " of it");
        assertThat(inRoom).isLessThanOrEqualTo(MOST);
        assertThat(itsInRoom).isBetween(1, MOST);
      }
    }
  }

  @Test
  void twoOwlerysOnIrc() throws Exception {
    try (InspIrcd server = InspIrcd.start()) {
      twoOnIrc(server);
    }
  }

  @Test
  void twoOwlerysOnAnIrcServerThatPassesNoMark() throws Exception {
    try (Ngircd server = Ngircd.start()) {
      twoOnIrc(server);
    }
  }

  private void twoOnIrc(IrcServer server) throws Exception {
    try (Counted owl = LiveBots.start(folder, "owl", irc(server, "owl", ROOM), 12, true);
        Counted kea = LiveBots.start(folder, "kea", irc(server, "kea", ROOM), 12, true);
        IrcWitness ann = IrcWitness.connect(server, "ann")) {
      ann.join(ROOM);
      int owls = settled(owl);
      int keas = settled(kea);
      say(owl, "kea", "Good morning, what can you do?");
      say(kea, "owl", "Good morning, what can you do?");
      ann.say(ROOM, "owl and kea are here");
      ann.say(ROOM, "owl: kea is there, too");
      Form.pause(TIME);
      assertThat(owl.said().get() - owls).isLessThanOrEqualTo(MOST);
      assertThat(kea.said().get() - keas).isLessThanOrEqualTo(MOST);
    }
  }

  @Test
  void twoOwlerysOnXmpp() throws Exception {
    try (Prosody server = Prosody.start()) {
      server.register("owl", "secret");
      server.register("kea", "secret");
      try (RawXmppClient ann = RawXmppClient.join(server, "ann");
          Counted owl = LiveBots.start(folder, "owl", xmpp(server, "owl", XMPP_ROOM), 12, true);
          Counted kea = LiveBots.start(folder, "kea", xmpp(server, "kea", XMPP_ROOM), 12, true)) {
        ann.enter(XMPP_ROOM, "ann");
        int owls = settled(owl);
        int keas = settled(kea);
        say(owl, "kea@localhost", "Good morning, what can you do?");
        say(kea, "owl@localhost", "Good morning, what can you do?");
        ann.sayIn(XMPP_ROOM, "owl and kea are here");
        ann.sayIn(XMPP_ROOM, "owl: kea is there, too");
        Form.pause(TIME);
        assertThat(owl.said().get() - owls).isLessThanOrEqualTo(MOST);
        assertThat(kea.said().get() - keas).isLessThanOrEqualTo(MOST);
        assertThat(owl.said().get() - owls).isPositive();
      }
    }
  }

  /** Answers all that is heard, for as long as the proof takes. */
  private static void answer(Habit habit, Supplier<List<String>> heard, Consumer<String> say) {
    long deadline = System.nanoTime() + TIME.toNanos();
    int answered = 0;
    while (System.nanoTime() < deadline) {
      List<String> texts = heard.get();
      while (answered < texts.size()) {
        say.accept(habit.answer(texts.get(answered++)));
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  /** A program in a room calls the bot by its name, or else it would not be heard. */
  private static String inRoom(String nick, String text) {
    return text.startsWith("!") ? text : nick + ": " + text;
  }

  private static List<String> heardOnIrc(IrcWitness program, String nick, String target) {
    Pattern line =
        Pattern.compile("^(?:@\\S+ )?:" + nick + "!\\S* (?:PRIVMSG|NOTICE) " + target + " :?(.*)$");
    return program.lines().stream()
        .map(line::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1))
        .toList();
  }

  private static void say(Counted from, String to, String text) {
    var bot = from.bot().engine().bot();
    bot.say(bot.locate(from.bot().account() + "/" + to), text);
  }

  /** How much was said when nothing more is about to be. */
  private static int settled(Counted bot) {
    int before;
    do {
      before = bot.said().get();
      Form.pause(Duration.ofMillis(500));
    } while (bot.said().get() > before || !bot.bot().engine().quiet());
    return before;
  }

  private static String irc(IrcServer server, String nick, String room) {
    return "protocol = irc, host = \"%s\", port = %d, tls = off, nick = %s, rooms = [\"%s\"]"
        .formatted(server.host(), server.port(), nick, room);
  }

  private static String xmpp(Prosody server, String user, String room) {
    return """
    protocol = xmpp, jid = "%s@localhost", password = secret
    host = "127.0.0.1", port = %d, tls = off, rooms = ["%s"], nick = %s\
    """
        .formatted(user, server.port(), room, user);
  }
}
