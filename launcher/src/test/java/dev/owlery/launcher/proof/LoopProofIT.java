package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.launcher.proof.LiveBots.Counted;
import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcServer;
import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.irc.Ngircd;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two programs of which each answers the other do not go on for ever: on real servers, to each
 * other alone and in a room, each says at most five lines that nobody has asked for.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class LoopProofIT {

  private static final Duration TIME = Duration.ofSeconds(Form.of(6, 60));
  private static final int MOST = 5;
  private static final String ROOM = "#loop";
  private static final String XMPP_ROOM = "loop@rooms.localhost";

  @TempDir private Path folder;

  /** What a program answers to everything. */
  enum Habit {
    /** Always the same. */
    SAME {
      @Override
      String answer(String said) {
        return "Sorry, I did not understand that. Type help";
      }
    },
    /** What it has heard. */
    ECHO {
      @Override
      String answer(String said) {
        return said;
      }
    },
    /** A command of ours. */
    COMMAND {
      @Override
      String answer(String said) {
        return "!echo hello";
      }
    },
    /** What Limnoria says to what it does not know; it repeats the word. */
    LIMNORIA {
      @Override
      String answer(String said) {
        return "Error: \"" + said.split(" ", 2)[0] + "\" is not a valid command.";
      }
    },
    /** Something new each time. */
    COUNTER {
      @Override
      String answer(String said) {
        return "That is the answer number " + said.length() + " of " + System.nanoTime();
      }
    };

    abstract String answer(String said);
  }

  @ParameterizedTest
  @EnumSource
  void aProgramOnIrcThatAnswersEverything(Habit habit) throws Exception {
    try (Ngircd server = Ngircd.start();
        Counted owl = LiveBots.start(folder, "owl", irc(server, "owl"), 12, true);
        IrcWitness program = IrcWitness.connect(server, "program");
        IrcWitness witness = IrcWitness.connect(server, "witness")) {
      witness.join(ROOM);
      program.join(ROOM);
      int before = settled(owl);
      program.say("owl", habit.answer("hello there"));
      answer(habit, () -> heardOnIrc(program, "program"), text -> program.say("owl", text));
      assertThat(owl.said().get() - before).as("alone").isLessThanOrEqualTo(MOST);
      before = settled(owl);
      program.say(ROOM, habit.answer("hello owl"));
      program.say(ROOM, "owl: " + habit.answer("hello owl"));
      answer(habit, () -> heardOnIrc(program, ROOM), text -> program.say(ROOM, inRoom(text)));
      assertThat(owl.said().get() - before).as("in the room").isLessThanOrEqualTo(MOST);
      Form.figures("loop, IRC, " + habit, owl.said().get() + " lines in all");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aProgramOnXmppThatAnswersEverything(Habit habit) throws Exception {
    try (Prosody server = Prosody.start()) {
      server.register("owl", "secret");
      try (RawXmppClient program = RawXmppClient.join(server, "program");
          Counted owl = LiveBots.start(folder, "owl", xmpp(server, "owl"), 12, true)) {
        program.enter(XMPP_ROOM, "program");
        int before = settled(owl);
        program.say("owl@localhost", habit.answer("hello there"));
        answer(
            habit,
            () -> program.textsFrom("owl@localhost"),
            text -> program.say("owl@localhost", text));
        assertThat(owl.said().get() - before).as("alone").isLessThanOrEqualTo(MOST);
        before = settled(owl);
        program.sayIn(XMPP_ROOM, habit.answer("hello owl"));
        program.sayIn(XMPP_ROOM, "owl: " + habit.answer("hello owl"));
        answer(
            habit,
            () -> program.textsFrom(XMPP_ROOM + "/owl"),
            text -> program.sayIn(XMPP_ROOM, inRoom(text)));
        assertThat(owl.said().get() - before).as("in the room").isLessThanOrEqualTo(MOST);
        Form.figures("loop, XMPP, " + habit, owl.said().get() + " lines in all");
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
    try (Counted owl = LiveBots.start(folder, "owl", irc(server, "owl"), 12, true);
        Counted kea = LiveBots.start(folder, "kea", irc(server, "kea"), 12, true);
        IrcWitness ann = IrcWitness.connect(server, "ann")) {
      ann.join(ROOM);
      int owls = settled(owl);
      int keas = settled(kea);
      say(owl, "kea", "Good morning, what can you do?");
      say(kea, "owl", "Good morning, what can you do?");
      ann.say(ROOM, "owl and kea are here");
      ann.say(ROOM, "owl: kea is there, too");
      pause(TIME);
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
          Counted owl = LiveBots.start(folder, "owl", xmpp(server, "owl"), 12, true);
          Counted kea = LiveBots.start(folder, "kea", xmpp(server, "kea"), 12, true)) {
        ann.enter(XMPP_ROOM, "ann");
        int owls = settled(owl);
        int keas = settled(kea);
        say(owl, "kea@localhost", "Good morning, what can you do?");
        say(kea, "owl@localhost", "Good morning, what can you do?");
        ann.sayIn(XMPP_ROOM, "owl and kea are here");
        ann.sayIn(XMPP_ROOM, "owl: kea is there, too");
        pause(TIME);
        assertThat(owl.said().get() - owls).isLessThanOrEqualTo(MOST);
        assertThat(kea.said().get() - keas).isLessThanOrEqualTo(MOST);
        assertThat(owl.said().get() - owls).isPositive();
      }
    }
  }

  /** Answers all that is heard, for as long as the proof takes. */
  private static void answer(Habit habit, Supplier<List<String>> heard, Consumer<String> say) {
    long deadline = System.nanoTime() + TIME.toNanos() / 2;
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
  private static String inRoom(String text) {
    return text.startsWith("!") ? text : "owl: " + text;
  }

  private static List<String> heardOnIrc(IrcWitness program, String target) {
    Pattern line =
        Pattern.compile("^(?:@\\S+ )?:owl!\\S* (?:PRIVMSG|NOTICE) " + target + " :?(.*)$");
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
      pause(Duration.ofMillis(500));
    } while (bot.said().get() > before || !bot.bot().engine().quiet());
    return before;
  }

  private static void pause(Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < deadline) {
      LockSupport.parkNanos(deadline - System.nanoTime());
    }
  }

  private static String irc(IrcServer server, String nick) {
    return "protocol = irc, host = \"%s\", port = %d, tls = off, nick = %s, rooms = [\"%s\"]"
        .formatted(server.host(), server.port(), nick, ROOM);
  }

  private static String xmpp(Prosody server, String user) {
    return """
    protocol = xmpp, jid = "%s@localhost", password = secret
    host = "127.0.0.1", port = %d, tls = off, rooms = ["%s"], nick = %s\
    """
        .formatted(user, server.port(), XMPP_ROOM, user);
  }
}
