package dev.owlery.core.command;

import static dev.owlery.core.command.Talk.ANN;
import static dev.owlery.core.command.Talk.DIRECT;
import static dev.owlery.core.command.Talk.NOW;
import static dev.owlery.core.command.Talk.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.command.Answers;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.Form;
import dev.owlery.api.command.FormField;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.CommandCalled;
import dev.owlery.api.event.Origin;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.incendo.cloud.annotation.specifier.FlagYielding;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotation.specifier.Quoted;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Default;
import org.incendo.cloud.annotations.Flag;
import org.incendo.cloud.annotations.Permission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands as phones and word processors type them. */
class TypedCommandsTest {

  private final Talk talk = Talk.with(new Desk(), new Works());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00a0", "\u202f", "\u2007", "\u2009", "\u3000", "\u200b", "\u2060", "\ufeff", "\t",
        "\u00a0 ", " \u200b", "\u0085"
      })
  void anyBlankSeparatesTheCommandFromItsArguments(String blank) {
    assertThat(
            Stream.of(
                    "!echo" + blank + "hi",
                    "!echo hi" + blank,
                    "owl:" + blank + "echo hi",
                    "@owl" + blank + "echo" + blank + "hi",
                    "owl, !echo" + blank + "hi")
                .map(talk::answers))
        .containsOnly(List.of("hi"));
    assertThat(talk.answers(DIRECT, ANN, blank + "echo" + blank + "hi")).containsExactly("hi");
    assertThat(talk.answers("!desk" + blank + "open" + blank + "a" + blank + "3"))
        .containsExactly("a 3");
    assertThat(talk.answers("!join" + blank + "\"two words\"" + blank + "end"))
        .containsExactly("two words|end");
    assertThat(talk.answers("!build" + blank + "web" + blank + "--times" + blank + "3"))
        .containsExactly("web false 3");
    assertThat(talk.answers("!roll" + blank)).containsExactly("1d6");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00a0", "\u202f", "\u3000", "\u200b", "\u2060\u200b", "\ufeff"})
  void whatNobodyTypesOnPurposeMayStandBeforeACommand(String blank) {
    assertThat(
            Stream.of(blank + "!echo hi", blank + "owl, !echo hi", blank + "@owl echo hi")
                .map(talk::answers))
        .containsOnly(List.of("hi"));
    assertThat(talk.answers(" !echo hi")).isEmpty();
    assertThat(talk.answers(" " + blank + "!echo hi")).isEmpty();
  }

  @Test
  void blanksCountInCommandsThatTheNetworkHasTyped() {
    Conversation where = ROOM;
    CommandCalled called =
        new CommandCalled(Origin.live("key", NOW), where, ANN, "\u00a0echo\u00a0hi\u200b");
    FakeLane lane = new FakeLane();
    assertThat(talk.router.match(called, "owl"))
        .hasValueSatisfying(call -> assertThat(run(call, lane)).containsExactly("hi"));
  }

  private static List<String> run(RoutedCall call, FakeLane lane) {
    try {
      call.run(lane);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    return lane.lines();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "“a b”", "„a b“", "„a b”", "”a b”", "«a b»", "»a b«", "‘a b’", "‚a b‘", "›a b‹", "＂a b＂",
        "\"a b”", "“a b\"", "″a b″", "'a b'"
      })
  void typographicQuotesQuote(String quoted) {
    assertThat(talk.answers("!join " + quoted + " end")).containsExactly("a b|end");
  }

  @Test
  void anApostropheIsNoQuote() {
    assertThat(talk.answers("!join ‘it’s here’ end")).containsExactly("it’s here|end");
    assertThat(talk.answers("!join ’tis end")).containsExactly("’tis|end");
    assertThat(talk.answers("!join don’t end")).containsExactly("don’t|end");
    assertThat(talk.answers("!join “a \\” b” end")).containsExactly("a ” b|end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!build web —times 3 —clean",
        "!build web –times 3 –clean",
        "!build web ――times 3 --clean",
        "!build web ‐‐times 3 −−clean",
        "!build web\u00a0—times\u00a03\u00a0—clean",
      })
  void typographicDashesBeginFlags(String line) {
    assertThat(talk.answers(line)).containsExactly("web true 3");
  }

  @Test
  void aDashBeforeOneLetterOrANumberWasOneHyphen() {
    assertThat(talk.answers("!twice −21")).containsExactly("-42");
    assertThat(talk.answers("!twice –21")).containsExactly("-42");
    assertThat(talk.answers("!desk note x –l")).containsExactly("x true");
    assertThat(talk.answers("!desk note x —loud")).containsExactly("x true");
  }

  @Test
  void textsStayAsTheyWereTyped() {
    assertThat(talk.answers("!echo “a\u00a0b” — c\u200b—times 3"))
        .containsExactly("“a\u00a0b” — c\u200b—times 3");
    assertThat(talk.answers("!desk open —a 3")).containsExactly("—a 3");
    assertThat(talk.answers("!desk note ‘a’\u00a0— b –l")).containsExactly("‘a’ — b true");
    assertThat(talk.answers("!join “a —b” end")).containsExactly("a —b|end");
    assertThat(talk.answers("!desk preset “x”")).containsExactly("“x” 7");
  }

  @Test
  void answersAreReadLikeCommands() {
    FakeLane lane = new FakeLane();
    for (String answer : List.of("don’t\u00a0know", "\u00a0−3\u200b", "\u00a0–", "@owl\u00a0yes")) {
      lane.answers.add(Talk.message(ROOM, ANN, Tone.NORMAL, answer));
    }
    talk.run(lane, Talk.message(ROOM, ANN, Tone.NORMAL, "!desk ask"));
    assertThat(lane.lines()).last().isEqualTo("don't know -3 none true");
    lane.answers.add(Talk.message(ROOM, ANN, Tone.NORMAL, "\u00a0cancel\u00a0"));
    talk.run(lane, Talk.message(ROOM, ANN, Tone.NORMAL, "!desk ask"));
    assertThat(lane.lines()).last().isEqualTo("Cancelled.");
  }

  @Test
  void hintsAndUsagesKnowTheWordsToo() {
    assertThat(talk.answers("owl:\u00a0ehco\u00a0hi"))
        .containsExactly("I know no command \"ehco\". Did you mean !echo?");
    assertThat(talk.answers("!plugin\u00a0load\u00a0x"))
        .singleElement()
        .asString()
        .startsWith("You may not do that: it takes the permission admin.plugins.");
    assertThat(talk.router.like("plugin\u00a0laod x")).first().isEqualTo("plugin load");
  }

  static final class Desk {
    @Command("echo <message>")
    @Permission("view")
    String echo(@Argument("message") @Greedy String message) {
      return message;
    }

    @Command("desk open <name> <number>")
    @Permission("view")
    String open(@Argument("name") String name, @Argument("number") int number) {
      return name + " " + number;
    }

    @Command("desk preset <name> [number]")
    @Permission("view")
    String preset(@Argument("name") String name, @Argument("number") @Default("7") String number) {
      return name + " " + number;
    }

    @Command("desk note <text>")
    @Permission("view")
    String note(
        @Argument("text") @FlagYielding @Greedy String text,
        @Flag(value = "loud", aliases = "l") boolean loud) {
      return text + " " + loud;
    }

    @Command("desk quote <text>")
    @Permission("view")
    String quote(@Argument("text") @Quoted String text) {
      return text;
    }

    @Command("desk ask")
    @Permission("view")
    String ask(CommandCall call) {
      Answers answers =
          call.ask(
              new Form(
                  "desk",
                  List.of(
                      FormField.choice("a", "A?", List.of("know", "don't know")),
                      FormField.number("b", "B?"),
                      new FormField("c", "C?", FormField.Kind.TEXT, List.of(), Optional.of("none")),
                      FormField.confirm("d", "D?"))));
      return answers.text("a")
          + " "
          + answers.number("b")
          + " "
          + answers.text("c")
          + " "
          + answers.yes("d");
    }
  }
}
