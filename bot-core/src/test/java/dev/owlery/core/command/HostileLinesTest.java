package dev.owlery.core.command;

import static dev.owlery.core.command.Talk.ANN;
import static dev.owlery.core.command.Talk.DIRECT;
import static dev.owlery.core.command.Talk.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.content.Tone;
import java.util.List;
import java.util.Random;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotation.specifier.Quoted;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Flag;
import org.incendo.cloud.annotations.Permission;
import org.junit.jupiter.api.Test;

/** Whatever is written, the router neither throws nor answers with more than a line. */
class HostileLinesTest {

  private static final List<String> PIECES =
      List.of(
          " ",
          "  ",
          "\"",
          "'",
          "\\",
          "\\\"",
          "--",
          "-",
          "--loud",
          "-l",
          "--times",
          "--times=",
          "\n",
          "\r",
          "\t",
          "\0",
          "\u001b[2J",
          "\u202e",
          "\u200b",
          "\ufeff",
          "\ud800",
          "\udc00",
          "👩‍👩‍👧‍👦",
          "Z͑ͫ̓ͪ̂ͫ̽a̴l̷g̷o",
          "{}",
          "%s%n",
          "%x",
          "${jndi:ldap://127.0.0.1/a}",
          "<script>",
          "'; drop table",
          "../../etc/passwd",
          "null",
          "NaN",
          "-1",
          "99999999999999999999",
          "1e9",
          "0x7f",
          "true",
          "<message>",
          "[x]",
          "$1",
          "\\1",
          "(?=",
          "*",
          "a",
          "word",
          "!",
          "echo");

  private final Talk talk = Talk.with(new Target());

  @Test
  void anyMixtureOfNastyPiecesIsAnsweredWithOneLineAtMost() {
    Random random = new Random(11);
    List<String> commands = List.of("echo ", "quoted ", "many ", "sub ", "sub a ", "more ", "");
    for (int i = 0; i < 30_000; i++) {
      StringBuilder line = new StringBuilder("!");
      line.append(commands.get(random.nextInt(commands.size())));
      for (int length = random.nextInt(8); length > 0; length--) {
        line.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      List<String> answers = answers(random, line.toString());
      assertThat(answers).as(line.toString()).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void whatTheRouterSaysItselfHoldsNoControlCharacters() {
    for (String piece : PIECES) {
      for (String line : List.of("!many " + piece, "!sub " + piece, "zz" + piece)) {
        assertThat(talk.answers(DIRECT, ANN, line))
            .as(line)
            .allSatisfy(answer ->
                assertThat(answer.chars())
                    .noneMatch(c -> Character.isISOControl(c) || c == 0x202e));
      }
    }
  }

  @Test
  void longLinesAreRefusedOrRunButBreakNothing() {
    for (int length : List.of(1_000, 20_000, 200_000)) {
      for (String piece : List.of("a", "\"", "\\\"", " ", "--", "\" ", "é")) {
        String text = piece.repeat(length / piece.length());
        for (String line : List.of("!echo ", "!quoted \"", "!many ", "!sub ", "!", "owl: ")) {
          assertThat(talk.answers(ROOM, ANN, line + text)).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(talk.answers(DIRECT, ANN, text)).allMatch(answer -> answer.length() < 1_000);
      }
    }
  }

  @Test
  void aLineIsRunUpToThirtyTwoThousandCharacters() {
    assertThat(talk.answers("!echo " + "x".repeat(32_000))).containsExactly("x".repeat(32_000));
    assertThat(talk.answers("!echo " + "x".repeat(33_000)))
        .containsExactly("That line is too long for me.");
  }

  @Test
  void completionBearsThemToo() {
    Random random = new Random(12);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder line = new StringBuilder("!many ");
      for (int length = random.nextInt(6); length > 0; length--) {
        line.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      assertThat(talk.router.suggestions(ANN, ROOM, line.toString())).hasSizeLessThanOrEqualTo(100);
    }
  }

  private List<String> answers(Random random, String line) {
    FakeLane lane = new FakeLane();
    talk.run(lane, Talk.message(random.nextBoolean() ? ROOM : DIRECT, ANN, Tone.NORMAL, line));
    return lane.lines();
  }

  @Permission("view")
  static final class Target {

    @Command("echo <message>")
    String echo(@Argument("message") @Greedy String message) {
      return message;
    }

    @Command("quoted <message>")
    String quoted(@Argument("message") @Quoted String message) {
      return message;
    }

    @Command("many <a> <b> [c]")
    String many(
        @Argument("a") int a,
        @Argument("b") boolean b,
        @Argument("c") @org.incendo.cloud.annotations.Default("x") String c,
        @Flag(value = "loud", aliases = "l") boolean loud,
        @Flag("times") Integer times) {
      return a + " " + b + " " + c.length() + loud + times;
    }

    @Command("sub a <x>")
    String subA(@Argument("x") double x) {
      return "" + x;
    }

    @Command("sub b")
    String subB() {
      return "b";
    }
  }
}
