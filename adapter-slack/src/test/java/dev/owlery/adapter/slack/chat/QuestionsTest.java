package dev.owlery.adapter.slack.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.owlery.adapter.slack.SlackAdapterProvider;
import dev.owlery.adapter.slack.TestSettings;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.command.Answers;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.Form;
import dev.owlery.api.command.FormField;
import dev.owlery.api.content.Content;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.slack.SlackDoor;
import dev.owlery.api.slack.SlackException;
import dev.owlery.testkit.LiveBot;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackMessage;
import dev.owlery.testkit.slack.SlackModal;
import dev.owlery.testkit.slack.SlackRoom;
import dev.owlery.testkit.slack.SlackUser;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Permission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Slash commands, buttons and modals, with a whole bot. */
final class QuestionsTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  private SlackDouble slack;
  private SlackUser ann;
  private SlackRoom room;
  private LiveBot bot;

  /** Asks. */
  public static final class Asker implements Plugin {

    @Command("echo <message>")
    @Permission("view")
    String echo(@Argument("message") @Greedy String message) {
      return message;
    }

    @Command("secret")
    @Permission("admin.secret")
    String secret() {
      return "the secret";
    }

    @Command("drink")
    @Permission("view")
    String drink(CommandCall call) {
      return "you chose " + call.ask("Tea or coffee?", List.of("tea", "coffee"));
    }

    @Command("order")
    @Permission("view")
    String order(CommandCall call) {
      Answers answers =
          call.ask(
              new Form(
                  "Your order",
                  List.of(FormField.text("what", "What?"), FormField.number("many", "How many?"))));
      return answers.number("many") + " x " + answers.text("what");
    }
  }

  @BeforeEach
  void start() {
    slack = SlackDouble.start();
    slack.channel("owls");
    ann = slack.user("ann");
    room = ann.in("owls");
    bot = startBot();
  }

  private LiveBot startBot() {
    return LiveBot.start(
        new AccountId("work"),
        new SlackAdapterProvider(),
        TestSettings.socket(slack),
        LiveBot.BotParts.of(Asker.class));
  }

  @AfterEach
  void stop() {
    bot.close();
    slack.close();
  }

  private SlackMessage heard() {
    return room.hears(SOON).orElseThrow();
  }

  @Test
  void a_slash_command_is_answered_in_the_channel_with_the_same_permissions() {
    assertThat(ann.slash(room, "/owl", "echo *hi* <there>")).isEmpty();
    room.expect("*hi* <there>");
    assertThat(ann.slash(room, "/owl", "secret")).isEmpty();
    assertThat(heard().plain()).contains("permission").doesNotContain("the secret");
  }

  @Test
  void where_the_bot_is_no_member_the_answer_goes_to_the_address_of_the_call() {
    SlackRoom elsewhere = ann.in("elsewhere");
    slack.channel("elsewhere").removesBot();
    assertThat(ann.slash(elsewhere, "/owl", "echo hi")).isEmpty();
    assertThat(elsewhere.hears(SOON).orElseThrow().plain()).isEqualTo("hi");
    assertThat(slack.calls("chat.postMessage")).isEmpty();
  }

  @Test
  void a_choice_is_shown_as_buttons_and_answered_by_a_click() {
    ListAppender<ILoggingEvent> audit = new ListAppender<>();
    audit.start();
    Logger logger = (Logger) LoggerFactory.getLogger("owlery.audit");
    logger.setLevel(Level.INFO);
    logger.addAppender(audit);
    room.says("!drink");
    SlackMessage question = heard();
    assertThat(question.plain()).contains("Tea or coffee?");
    slack.user("bea").clicks(question, "tea");
    ann.clicks(question, "coffee");
    room.expect("you chose coffee");
    logger.detachAppender(audit);
    assertThat(audit.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .as("the click of somebody else")
        .singleElement()
        .asString()
        .startsWith("refused who=\"" + slack.user("bea").id())
        .contains("the question was for");
    slack.await(
        "the buttons to go",
        SOON,
        () -> !room.at(question.ts()).orElseThrow().json().toString().contains("\"button\""));
  }

  @Test
  void a_form_is_a_modal_and_what_is_wrong_in_it_is_said() {
    assertThat(ann.slash(room, "/owl", "order")).isEmpty();
    ann.clicks(heard(), "Answer…");
    SlackModal modal = ann.modal(SOON).orElseThrow();
    assertThat(modal.labels()).containsExactly("What?", "How many?");
    assertThat(modal.fill("What?", "owls & mice").fill("How many?", "3").submit()).isEmpty();
    room.expect("3 x owls & mice");
  }

  @Test
  void a_command_without_its_arguments_opens_a_modal_for_them() {
    assertThat(ann.slash(room, "/owl", "echo")).isEmpty();
    SlackModal modal = ann.modal(SOON).orElseThrow();
    assertThat(modal.title()).isEqualTo("echo");
    modal.fill(modal.labels().getFirst(), "filled in").submit();
    room.expect("filled in");
  }

  @Test
  void whoever_answers_after_a_restart_is_told_that_it_is_too_late() {
    room.says("!drink");
    SlackMessage choice = heard();
    SlackRoom direct = ann.direct();
    direct.says("order");
    ann.clicks(direct.hears(SOON).orElseThrow(), "Answer…");
    SlackModal answer = ann.modal(SOON).orElseThrow();
    bot.close();
    bot = startBot();
    ann.clicks(choice, "tea");
    // Before it, the bot may have said goodbye to the open question.
    SlackMessage late =
        Stream.generate(this::heard).filter(SlackMessage::isEphemeral).findFirst().orElseThrow();
    assertThat(late.plain()).contains("This question is over");
    answer.fill("What?", "owls").fill("How many?", "3");
    assertThat(String.valueOf(answer.submit().orElseThrow())).contains("This question is over");
    assertThat(ann.slash(room, "/owl", "echo")).isEmpty();
    SlackModal arguments = ann.modal(SOON).orElseThrow();
    bot.close();
    bot = startBot();
    assertThat(String.valueOf(arguments.submit().orElseThrow())).contains("once more");
  }

  @Test
  void the_door_to_what_only_slack_can_do() {
    SlackDoor door = bot.engine().bot().door(bot.account(), SlackDoor.class).orElseThrow();
    var owls = bot.adapter().locate("#owls");
    String ts = room.says("root");
    door.broadcast(owls.inThread(ts), Content.of("for all"));
    assertThat(heard().plain()).isEqualTo("for all");
    door.whisper(owls, ann.id(), Content.of("psst"));
    assertThat(heard().isEphemeral()).isTrue();
    door.post(
        owls,
        "[{\"type\":\"section\",\"text\":{\"type\":\"plain_text\",\"text\":\"raw\"}}]",
        "raw");
    assertThat(heard().json().toString()).contains("section");
    assertThat(door.people()).extracting(SlackDoor.Person::name).contains("ann");
    assertThat(door.person(ann.id()).displayName()).isEqualTo("ann");
    assertThat(door.channels()).extracting(SlackDoor.Channel::name).contains("owls", "general");
    assertThat(door.channel(owls).isMember()).isTrue();
    var direct = door.open(List.of(ann.id()));
    assertThat(direct.isDirect()).isTrue();
    door.close(direct);
    assertThatThrownBy(() -> door.announce(owls, Content.of("x"), SlackDoor.Reach.CHANNEL))
        .isInstanceOf(SlackException.class)
        .hasMessageContaining("announce");
  }
}
