package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcWitness;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Naughty strings and random bytes from people, malformed lines from the server: the bot stays up,
 * stays connected, sends nothing malformed itself, and its log holds no control characters.
 */
class HostileProofIT {
  private static final Duration DURATION = Duration.ofSeconds(Form.of(10, 60));
  private static final Pattern TAGS = Pattern.compile("^@\\S+ +");

  private final Random random = Form.random();

  @Test
  @Timeout(240)
  void nothingThatComesInDoesHarm() {
    List<String> naughty = NaughtyStrings.all();
    try (InspIrcd server = InspIrcd.start();
        Relay relay = new Relay(server.port());
        IrcWitness eve = IrcWitness.connect(server, "eve");
        IrcWitness ann = IrcWitness.connect(server, "ann");
        BotHome home =
            new BotHome(
                BotHome.loadTest(
                    BotHome.irc("net", relay.port(), "owl", "", "#a", "#b"),
                    "echo, help, greeter, admin, uptime, poll"))) {
      eve.join("#a");
      ann.join("#b");
      BotProcess bot = home.run().awaitReady();
      long end = System.nanoTime() + DURATION.toNanos();
      int said = 0;
      int injected = 0;
      int rounds = 0;
      do {
        for (String line : naughty) {
          said += say(eve, line);
          byte[] noise = noise();
          eve.bytes(concat("PRIVMSG #a :".getBytes(StandardCharsets.UTF_8), noise, CRLF));
          eve.bytes(concat("PRIVMSG #a :!echo ".getBytes(StandardCharsets.UTF_8), noise, CRLF));
          eve.bytes(concat("PRIVMSG owl :".getBytes(StandardCharsets.UTF_8), noise, CRLF));
          said += 3;
          relay.inject(Malformed.line(random));
          relay.inject(line.replaceAll("[\r\n]", " "));
          injected += 2;
          if (said % 100 < 7) {
            check(ann, "alive-" + said);
          }
        }
        rounds++;
      } while (System.nanoTime() < end);
      check(ann, "still-alive");
      judge(home, bot, relay, said, injected, rounds);
    }
  }

  private static final byte[] CRLF = {'\r', '\n'};

  private static int say(IrcWitness eve, String line) {
    String one = cut(line.replaceAll("[\r\n\u0000]", " "));
    eve.say("#a", one);
    eve.say("#a", "!echo " + one);
    eve.say("#a", "!" + one);
    eve.say("owl", one);
    return 4;
  }

  private static String cut(String text) {
    String cut = text;
    while (cut.getBytes(StandardCharsets.UTF_8).length > 400) {
      cut = cut.substring(0, cut.length() - 1);
    }
    return cut;
  }

  /** Up to 300 random bytes without a line end. */
  private byte[] noise() {
    byte[] bytes = new byte[1 + random.nextInt(300)];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0 || bytes[i] == '\r' || bytes[i] == '\n') {
        bytes[i] = '?';
      }
    }
    return bytes;
  }

  private static byte[] concat(byte[]... parts) {
    java.io.ByteArrayOutputStream whole = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }

  private static void check(IrcWitness ann, String text) {
    ann.say("#b", "!echo " + text);
    ann.expect(":owl!\\S+ PRIVMSG #b :" + text + "$", Duration.ofSeconds(20));
  }

  private void judge(
      BotHome home, BotProcess bot, Relay relay, int said, int injected, int rounds) {
    List<String> unfit = new ArrayList<>();
    for (Relay.Line line : relay.lines()) {
      if (line.fromBot()) {
        judgeLine(line, unfit);
      }
    }
    List<String> controls = controls(bot.logBytes());
    long incidents = bot.log().lines().filter(line -> line.contains("\tat ")).count();
    Form.figures(
        "hostile input",
        "%d hostile messages, %d malformed server lines (%d rounds): %d connections, %d unfit lines"
                .formatted(said, injected, rounds, relay.connections(), unfit.size())
            + " sent, %d control characters in %d bytes of log, %d lines of stack traces"
                .formatted(controls.size(), bot.logBytes().length, incidents));
    if (!unfit.isEmpty() || !controls.isEmpty() || incidents > 0) {
      home.keep("hostile");
    }
    assertThat(bot.isRunning()).isTrue();
    assertThat(relay.connections()).as("connections made").isEqualTo(1);
    assertThat(unfit).isEmpty();
    assertThat(controls).isEmpty();
    assertThat(incidents).as("stack traces").isZero();
  }

  /** RFC 2812 section 2.3: 512 bytes with the line end; CTCP's delimiter is the only control. */
  private static void judgeLine(Relay.Line line, List<String> unfit) {
    String text = TAGS.matcher(line.text()).replaceFirst("");
    if (text.getBytes(StandardCharsets.UTF_8).length > 510) {
      unfit.add("too long: " + text);
    }
    if (text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0) {
      unfit.add("a line end inside: " + text);
    }
  }

  /** Every byte or character that a terminal or a reader of the log could be fooled with. */
  private static List<String> controls(byte[] log) {
    List<String> found = new ArrayList<>();
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(log)).toString();
    } catch (CharacterCodingException notUtf8) {
      found.add("the log is not UTF-8: " + notUtf8.getMessage());
      text = new String(log, StandardCharsets.UTF_8);
    }
    String all = text;
    all.codePoints()
        .filter(point -> point != '\n' && isControl(point))
        .mapToObj("U+%04X"::formatted)
        .forEach(found::add);
    return found;
  }

  private static boolean isControl(int point) {
    return point < 0x20
        || (point >= 0x7f && point < 0xa0)
        || point == 0x061c
        || point == 0x200e
        || point == 0x200f
        || (point >= 0x2028 && point <= 0x202e)
        || (point >= 0x2066 && point <= 0x2069);
  }
}
