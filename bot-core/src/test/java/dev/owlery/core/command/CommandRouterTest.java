package dev.owlery.core.command;

import static dev.owlery.core.command.Talk.ALICE;
import static dev.owlery.core.command.Talk.ANN;
import static dev.owlery.core.command.Talk.DIRECT;
import static dev.owlery.core.command.Talk.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.chat.Member;
import dev.owlery.api.command.CommandInfo;
import dev.owlery.api.content.Tone;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Permission;
import org.junit.jupiter.api.Test;

class CommandRouterTest {

  private final Talk talk = Talk.with(new Parrot(), new Works());

  // ---- who is spoken to

  @Test
  void aCommandIsCalledByItsPrefixInAnyConversation() {
    assertThat(talk.answers(ROOM, ANN, "!echo hi")).containsExactly("hi");
    assertThat(talk.answers(DIRECT, ANN, "!echo hi")).containsExactly("hi");
  }

  @Test
  void aCommandIsCalledByTheBotsNameHoweverItIsWritten() {
    assertThat(
            Stream.of(
                    "owl: echo hi", "owl, echo hi", "OWL:echo hi", "@owl echo hi", "@Owl: !echo hi")
                .map(talk::answers))
        .containsOnly(List.of("hi"));
  }

  @Test
  void aCommandNeedsNoPrefixInADirectChat() {
    assertThat(talk.answers(DIRECT, ANN, "echo hi")).containsExactly("hi");
    assertThat(talk.answers(DIRECT, ANN, "  Echo  hi ")).containsExactly("hi");
  }

  @Test
  void talkIsNoCommand() {
    assertThat(
            Stream.of(
                "",
                " ",
                "!",
                "!!",
                "! echo hi",
                "!\u00a0echo hi",
                "!\u200becho hi",
                "echo hi",
                "owl echo hi",
                "owls: echo hi",
                "owl:",
                "@owl",
                "@owlecho hi",
                "hi!echo hi",
                "!nothing",
                "!échó hi",
                "hi\r!echo hi",
                "\u0001!echo hi",
                "!\u0001echo hi"))
        .allSatisfy(text -> assertThat(talk.match(ROOM, ANN, text)).as(text).isEmpty());
  }

  @Test
  void automaticAnswersAndDeedsAndBotsCallNothing() {
    Member bot = new Member("bot", "bot", Optional.empty(), true, false);
    assertThat(talk.router.match(Talk.message(ROOM, ANN, Tone.NOTICE, "!echo hi"), "owl", Set.of()))
        .isEmpty();
    assertThat(talk.router.match(Talk.message(DIRECT, ANN, Tone.DEED, "!echo hi"), "owl", Set.of()))
        .isEmpty();
    assertThat(talk.match(ROOM, bot, "!echo hi")).isEmpty();
    assertThat(talk.match(ROOM, Member.self("owl"), "!echo hi")).isEmpty();
  }

  @Test
  void anInvocationTellsWhoseItIs() {
    assertThat(talk.match(ROOM, ANN, "owl: ECHO  hi"))
        .hasValueSatisfying(invocation -> {
          assertThat(invocation.kind()).isEqualTo(RoutedCall.CallKind.COMMAND);
          assertThat(invocation.plugin()).isEqualTo("parrot");
          assertThat(invocation.input()).isEqualTo("ECHO  hi");
        });
  }

  @Test
  void anUnknownCommandGetsSilenceInARoomAndAHintInADirectChat() {
    assertThat(talk.answers(ROOM, ANN, "!ehco hi")).isEmpty();
    assertThat(talk.answers(ROOM, ANN, "owl: thanks a lot")).isEmpty();
    assertThat(talk.answers(ROOM, ANN, "owl: ehco hi"))
        .containsExactly("I know no command \"ehco\". Did you mean !echo?");
    assertThat(talk.answers(DIRECT, ANN, "ehco hi"))
        .containsExactly("I know no command \"ehco\". Did you mean !echo?");
    assertThat(talk.answers(DIRECT, ANN, "good morning"))
        .containsExactly("I know no command \"good\".");
  }

  @Test
  void aHintTellsNothingOfCommandsThatOneMayNotCall() {
    assertThat(talk.answers(DIRECT, ANN, "delpoy")).noneMatch(line -> line.contains("deploy"));
    assertThat(talk.answers(DIRECT, ALICE, "delpoy"))
        .containsExactly("I know no command \"delpoy\". Did you mean !deploy?");
  }

  @Test
  void whatWasMissedForTooLongIsReportedAndNotRun() {
    FakeLane lane = new FakeLane();
    talk.run(lane, Talk.caughtUp(Duration.ofMinutes(9), "!echo hi"));
    talk.run(lane, Talk.caughtUp(Duration.ofMinutes(11), "!echo ho"));
    talk.run(lane, Talk.caughtUp(Duration.ofMinutes(1), "owl: ehco"));
    assertThat(lane.lines()).containsExactly("hi", "missed while away: echo ho (ann)");
  }

  // ---- what is read

  @Test
  void argumentsAreTypedOptionalQuotedAndFlagged() {
    assertThat(talk.answers("!twice 21")).containsExactly("42");
    assertThat(talk.answers("!roll")).containsExactly("1d6");
    assertThat(talk.answers("!roll 3")).containsExactly("3d6");
    assertThat(talk.answers("!join \"two words\" end")).containsExactly("two words|end");
    assertThat(talk.answers("!build web --clean --times 3")).containsExactly("web true 3");
    assertThat(talk.answers("!build web")).containsExactly("web false 1");
  }

  @Test
  void wrongArgumentsGetOneLineWithTheUsage() {
    assertThat(talk.answers("!echo")).containsExactly("Usage: !echo <message>");
    assertThat(talk.answers("!twice")).containsExactly("Usage: !twice <number>");
    assertThat(talk.answers("!twice 1 2")).containsExactly("Usage: !twice <number>");
    assertThat(talk.answers("!twice x"))
        .hasSize(1)
        .first()
        .asString()
        .contains("'x' is not a valid number")
        .endsWith("Usage: !twice <number>");
    assertThat(talk.answers("!twice 500")).hasSize(1).first().asString().contains("Usage:");
    assertThat(talk.answers("!build web --nonsense"))
        .hasSize(1)
        .first()
        .asString()
        .isEqualTo("Unknown flag '--nonsense'. Usage: !build <what> [--clean | --times [times]]");
  }

  @Test
  void anUnknownSubcommandGetsTheUsagesThatOneMayCall() {
    assertThat(talk.answers(ROOM, ANN, "!plugin")).containsExactly("Usage: !plugin list");
    assertThat(talk.answers(ROOM, ALICE, "!plugin lod x"))
        .containsExactly("Usage: !plugin list | !plugin load <id>");
    assertThat(talk.answers(ROOM, ALICE, "!plugin load"))
        .containsExactly("Usage: !plugin load <id>");
  }

  @Test
  void aCommandHasOtherNames() {
    assertThat(talk.answers("!say hi")).containsExactly("hi");
  }

  // ---- what is answered

  @Test
  void aCommandAnswersWithTextContentCardsOrSeveral() {
    assertThat(talk.answers("!nothing-at-all")).isEmpty();
    assertThat(talk.answers("!blank")).isEmpty();
    assertThat(talk.answers("!marked")).containsExactly("strong");
    assertThat(talk.answers("!card")).containsExactly("built");
    assertThat(talk.answers("!content")).containsExactly("content");
    assertThat(talk.answers("!maybe")).containsExactly("perhaps");
    assertThat(talk.answers("!later")).containsExactly("done");
    assertThat(talk.answers("!list")).containsExactly("a", "b");
    assertThat(talk.answers("!both")).containsExactly("first", "second");
  }

  @Test
  void eachElementOfAStreamIsAUnitOfItsOwn() {
    FakeLane lane = new FakeLane();
    talk.run(lane, Talk.message(ROOM, ANN, Tone.NORMAL, "!count"));
    assertThat(lane.lines()).containsExactly("1", "2", "3");
    assertThat(lane.commits).isEqualTo(3);
  }

  @Test
  void whatACommandExceptionSaysIsForTheUserEvenIfItIsWrapped() {
    assertThat(talk.answers("!fail plain")).containsExactly("no such owl");
    assertThat(talk.answers("!fail wrapped")).containsExactly("no such owl");
    assertThat(talk.answers("!fail later")).containsExactly("no such owl");
    assertThat(talk.answers("!fail streamed")).containsExactly("one", "no such owl");
  }

  @Test
  void whatACommandSaidBeforeItFailedIsForgotten() {
    assertThat(talk.answers("!regret")).containsExactly("not after all");
  }

  @Test
  void whatElseAPluginThrowsGoesToTheLaneAsItIs() {
    FakeLane lane = new FakeLane();
    RoutedCall invocation = talk.match(ROOM, ANN, "!fail badly").orElseThrow();
    assertThatThrownBy(() -> invocation.run(lane))
        .isInstanceOf(java.io.IOException.class)
        .hasMessage("disk on fire");
    assertThat(lane.said).isEmpty();
  }

  // ---- what is declared

  @Test
  void helpSeesEveryDeclaration() {
    assertThat(talk.router.all())
        .contains(
            new CommandInfo("echo", "echo <message>", "Repeats the message", "view", "parrot"),
            new CommandInfo("plugin load", "plugin load <id>", "", "admin.plugins", "works"),
            new CommandInfo("deploy", "deploy <service>", "", "works.deploy", "works"),
            new CommandInfo("more", "more", "Shows the rest of a long answer", "", "core"));
  }

  @Test
  void namesLikeAMisspeltOneAreFound() {
    assertThat(talk.router.like("plgin")).containsExactly("plugin");
    assertThat(talk.router.like("plugin laod x")).first().isEqualTo("plugin load");
    assertThat(talk.router.like("xyzzy")).isEmpty();
  }

  @Test
  void twoPluginsCannotHaveOneWordAndNothingOfTheSecondIsLeft() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> talk.router.register("mockingbird", new Mockingbird()))
        .withMessageContaining("mockingbird")
        .withMessageContaining("parrot");
    assertThat(talk.answers("!sing")).isEmpty();
    assertThat(talk.answers("!echo hi")).containsExactly("hi");
  }

  @Test
  void aPluginThatGoesTakesItsCommandsWithIt() {
    talk.router.unregister("parrot");
    assertThat(talk.answers("!echo hi")).isEmpty();
    assertThat(talk.answers("!twice 2")).containsExactly("4");
    talk.router.register("mockingbird", new Mockingbird());
    assertThat(talk.answers("!echo hi")).containsExactly("hi hi");
  }

  @Test
  void aCommandThatReturnsSomethingElseIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> talk.router.register("odd", new Odd()))
        .withMessageContaining("number returns int");
  }

  @Test
  void anEmptyPermissionIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> talk.router.register("open", new Open()))
        .withMessageContaining("@Permission");
  }

  @Test
  void commandsThatCannotBeToldApartAreRefusedWithTheMethod() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> talk.router.register("double", new Ambiguous()))
        .withMessageContaining("@Command(\"owl\") of ")
        .withMessageContaining("Ambiguous");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> talk.router.register("twice", new Twice()))
        .withMessageContaining("@Command(\"owl\") of ");
    assertThat(talk.router.all()).extracting(CommandInfo::name).doesNotContain("owl");
  }

  // ---- plugins

  static final class Ambiguous {
    @Command("owl <name>")
    @Permission("view")
    void name(@Argument("name") String name) {}

    @Command("owl <place>")
    @Permission("view")
    void place(@Argument("place") String place) {}
  }

  static final class Twice {
    @Command("owl")
    @Permission("view")
    void first() {}

    @Command("owl")
    @Permission("view")
    void second() {}
  }

  static final class Parrot {
    @Command("echo|say <message>")
    @Permission("view")
    @CommandDescription("Repeats the message")
    String echo(@Argument("message") @Greedy String message) {
      return message;
    }
  }

  static final class Mockingbird {
    @Command("echo <message>")
    @Permission("view")
    String echo(@Argument("message") @Greedy String message) {
      return message + " " + message;
    }

    @Command("sing")
    @Permission("view")
    String sing() {
      return "la";
    }
  }

  static final class Odd {
    @Command("number")
    int number() {
      return 1;
    }
  }

  static final class Open {
    @Command("open")
    @Permission("")
    String open() {
      return "open";
    }
  }
}
