package dev.owlery.core.command;

import static dev.owlery.core.command.Talk.ANN;
import static dev.owlery.core.command.Talk.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.Member;
import dev.owlery.api.command.Answers;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.Form;
import dev.owlery.api.command.FormField;
import dev.owlery.api.content.Tone;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Permission;
import org.junit.jupiter.api.Test;

class DialogueTest {

  private final Talk talk = Talk.with(new Asker());
  private final FakeLane lane = new FakeLane();

  @Test
  void aChoiceIsAnsweredByNumberTextOrBeginning() {
    for (String answer :
        List.of("2", "2)", "production", "PRODUCTION", "prod", " production ", "owl: production")) {
      assertThat(ask("!deploy", answer))
          .as(answer)
          .containsExactly("Where to? 1) staging 2) production", "deploying to production");
    }
  }

  @Test
  void whoTakesOverANickAnswersNoQuestion() {
    Member asked = Member.unverified("ann").from("home.example").continued("0 ann@home.example");
    for (Member other :
        List.of(
            Member.unverified("ann").from("evil.example").continued("0 ann@home.example"),
            Member.unverified("ann").from("home.example").continued("1 ann@home.example"),
            Member.unverified("ann").from("evil.example"),
            Member.unverified("ann").continued("1 x"))) {
      FakeLane lane = new FakeLane();
      lane.answers.add(Talk.message(ROOM, other, Tone.NORMAL, "staging"));
      lane.answers.add(Talk.message(ROOM, asked, Tone.NORMAL, "production"));
      talk.run(lane, Talk.message(ROOM, asked, Tone.NORMAL, "!deploy"));
      assertThat(lane.lines()).last().isEqualTo("deploying to production");
    }
  }

  @Test
  void whatCouldBeTwoOptionsIsAskedAgain() {
    assertThat(ask("!pick", "re", "red"))
        .containsExactly(
            "Which? 1) red 2) reed 3) 1",
            "Please choose one, or cancel: 1) red 2) reed 3) 1",
            "red");
    assertThat(ask("!pick", "1")).endsWith("1");
    assertThat(ask("!pick", "3")).endsWith("1");
    assertThat(ask("!pick", "0", "4", "-1")).endsWith("Cancelled: that was no answer either.");
  }

  @Test
  void yesAndNoComeInManyForms() {
    for (String yes : List.of("yes", "Y", "YES", "yep", "ok", "true", "1")) {
      assertThat(ask("!sure", yes)).as(yes).containsExactly("Sure? (yes/no)", "true");
    }
    for (String no : List.of("no", "N", "nope", "false", "0")) {
      assertThat(ask("!sure", no)).as(no).containsExactly("Sure? (yes/no)", "false");
    }
    assertThat(ask("!sure", "yes no", "no"))
        .containsExactly("Sure? (yes/no)", "Please answer yes or no, or cancel.", "false");
  }

  @Test
  void fieldsAreAskedOneAfterTheOther() {
    assertThat(ask("!order", "owl food", "x", "007", "-", "y"))
        .containsExactly(
            "Order",
            "What?",
            "How many?",
            "Please answer with a whole number, or cancel.",
            "Colour? [- for brown]",
            "Really? (yes/no)",
            "7 brown owl food true");
  }

  @Test
  void aThirdWrongAnswerEndsIt() {
    assertThat(ask("!sure", "a", "b", "c", "yes"))
        .containsExactly(
            "Sure? (yes/no)",
            "Please answer yes or no, or cancel.",
            "Please answer yes or no, or cancel.",
            "Cancelled: that was no answer either.");
  }

  @Test
  void cancelEndsIt() {
    assertThat(ask("!order", "Cancel")).containsExactly("Order", "What?", "Cancelled.");
  }

  @Test
  void noAnswerEndsItWhenTimeIsUp() {
    assertThat(ask("!sure"))
        .containsExactly("Sure? (yes/no)", "Cancelled: there was no answer within 2m.");
    assertThat(lane.waits).containsExactly(Duration.ofMinutes(2));
  }

  @Test
  void aBotThatStopsSaysSoAndLeavesTheThreadInterrupted() {
    lane.isStopping = true;
    assertThat(ask("!sure")).containsExactly("Sure? (yes/no)", "Cancelled: I have to stop now.");
    assertThat(Thread.interrupted()).isTrue();
  }

  private List<String> ask(String command, String... answers) {
    lane.said.clear();
    lane.answers.clear();
    for (String answer : answers) {
      lane.answers.add(Talk.message(ROOM, ANN, Tone.NORMAL, answer));
    }
    talk.run(lane, Talk.message(ROOM, ANN, Tone.NORMAL, command));
    return lane.lines();
  }

  @Permission("view")
  static final class Asker {

    @Command("deploy")
    String deploy(CommandCall call) {
      return "deploying to " + call.ask("Where to?", List.of("staging", "production"));
    }

    @Command("pick")
    String pick(CommandCall call) {
      return call.ask("Which?", List.of("red", "reed", "1"));
    }

    @Command("sure")
    String sure(CommandCall call) {
      return "" + call.confirm("Sure?");
    }

    @Command("order")
    String order(CommandCall call) {
      Answers answers =
          call.ask(
              new Form(
                  "Order",
                  List.of(
                      FormField.text("what", "What?"),
                      FormField.number("many", "How many?"),
                      new FormField(
                          "colour",
                          "Colour?",
                          FormField.Kind.TEXT,
                          List.of(),
                          Optional.of("brown")),
                      FormField.confirm("really", "Really?"))));
      return answers.number("many")
          + " "
          + answers.text("colour")
          + " "
          + answers.text("what")
          + " "
          + answers.yes("really");
    }
  }
}
