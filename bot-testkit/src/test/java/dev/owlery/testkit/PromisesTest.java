package dev.owlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.adapter.Capability;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the engine promises to plugins and to those who talk to them. */
class PromisesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void answers_of_one_room_come_in_the_order_of_the_questions() {
    try (BotScenario bot = BotScenario.of(ParrotPlugin.class)) {
      IntStream.range(0, 200).forEach(i -> bot.user("ann").in("#dev").says("!echo " + i));
      Expectation dev = bot.expect("#dev");
      IntStream.range(0, 200).forEach(i -> dev.says("" + i));
      dev.nothing();
    }
  }

  @Test
  void handlers_are_called_by_priority_and_each_sees_the_event() {
    try (BotScenario bot = BotScenario.of(TroublePlugin.class)) {
      bot.user("ann").in("#dev").says("first of all");
      bot.expect("#dev").says("first heard it", "second heard it").nothing();
    }
  }

  @Test
  void a_handler_that_stops_an_event_keeps_it_from_handlers_and_commands() {
    try (BotScenario bot = BotScenario.of(TroublePlugin.class)) {
      bot.user("ann").in("#dev").says("first stop");
      bot.expect("#dev").says("first heard it").nothing();
      bot.user("ann").in("#dev").says("!wait stop");
      bot.expect("#dev").nothing();
    }
  }

  @Test
  void a_handler_that_throws_has_done_nothing() {
    try (BotScenario bot = BotScenario.of(TroublePlugin.class)) {
      bot.user("ann").in("#dev").says("throw something");
      bot.expect("#dev").nothing();
      bot.user("ann").in("#dev").says("!thrown");
      bot.expect("#dev").says("stored: nothing");
      assertThat(bot.administration().health().incidents()).isEqualTo(1);
    }
  }

  @Test
  void a_room_goes_on_without_a_handler_that_outlasts_its_patience() {
    String block = "block " + UUID.randomUUID();
    try (BotScenario bot = BotScenario.with(TroublePlugin.class).patience(PATIENCE).start()) {
      bot.user("ann").in("#dev").says(block);
      bot.user("bob").in("#dev").says("first");
      bot.user("bob").in("#ops").says("first");
      bot.expect("#ops").says("first heard it", "second heard it");
      bot.expect("#dev").nothing();
      bot.turn(PATIENCE.multipliedBy(2));
      bot.expect("#dev").says("first heard it", "second heard it").nothing();
      TroublePlugin.latch(block).countDown();
      bot.expect("#dev").says("late for " + block).nothing();
    }
  }

  @Test
  void a_slow_command_answers_late_and_holds_nobody_up() {
    String name = UUID.randomUUID().toString();
    try (BotScenario bot = BotScenario.with(TroublePlugin.class).patience(PATIENCE).start()) {
      bot.user("ann").in("#dev").says("!wait " + name);
      bot.user("bob").in("#dev").says("!thrown");
      bot.turn(PATIENCE.multipliedBy(2));
      bot.expect("#dev").says("stored: nothing").nothing();
      TroublePlugin.latch(name).countDown();
      bot.expect("#dev").says("waited for " + name).nothing();
    }
  }

  @Test
  void a_slow_command_is_run_again_after_a_crash() {
    String name = UUID.randomUUID().toString();
    try (BotScenario bot = BotScenario.with(TroublePlugin.class).patience(PATIENCE).start()) {
      bot.user("ann").in("#dev").says("!wait " + name);
      bot.turn(PATIENCE.multipliedBy(2));
      bot.crash();
      TroublePlugin.latch(name).countDown();
      bot.expect("#dev").says("waited for " + name).nothing();
    }
  }

  @Test
  void a_plugin_that_keeps_failing_is_paused_and_somebody_is_told() {
    try (BotScenario bot =
        BotScenario.with(TroublePlugin.class).pauseAfter(3, "here/#ops").start()) {
      IntStream.range(0, 3).forEach(i -> bot.user("ann").in("#dev").says("throw " + i));
      bot.expect("#ops").saysWith("rouble", "paused");
      bot.user("ann").in("#dev").says("first");
      bot.expect("#dev").nothing();
    }
  }

  @Test
  void a_question_is_asked_at_once_and_ends_when_nobody_answers() {
    try (BotScenario bot = BotScenario.of(TroublePlugin.class)) {
      bot.user("ann").in("#dev").says("!name");
      bot.expect("#dev").says("let me ask").saysWith("Who are you?");
      bot.turn(Duration.ofHours(1));
      bot.expect("#dev").saysSomething();
      bot.user("ann").in("#dev").says("Ann");
      bot.expect("#dev").nothing();
    }
  }

  @Test
  void a_dialogue_is_not_run_again_after_a_crash() {
    try (BotScenario bot = BotScenario.of(TroublePlugin.class)) {
      bot.user("ann").in("#dev").says("!name");
      bot.expect("#dev").says("let me ask").saysWith("Who are you?");
      bot.crash();
      bot.user("ann").in("#dev").says("Ann");
      bot.expect("#dev").nothing();
    }
  }

  @Test
  void an_event_that_is_delivered_again_is_not_handled_again() {
    try (BotScenario bot = BotScenario.of(ParrotPlugin.class)) {
      MessagePosted message =
          new MessagePosted(
              Origin.live("the-same", bot.clock().clock().instant()),
              bot.network().room("#dev"),
              Member.unverified("ann"),
              Content.of("!echo once"),
              Tone.NORMAL,
              Optional.empty(),
              Optional.empty());
      IntStream.range(0, 3).forEach(i -> bot.network().publish(message));
      bot.expect("#dev").says("once").nothing();
      bot.restart();
      bot.network().publish(message);
      bot.expect("#dev").nothing();
      assertThat(bot.administration().health().duplicates()).isEqualTo(1);
    }
  }

  @Test
  void who_asks_too_much_is_told_once_and_heard_again_a_minute_later() {
    try (BotScenario bot = BotScenario.with(ParrotPlugin.class).commandsPerMinute(3).start()) {
      IntStream.range(0, 10).forEach(i -> bot.user("ann").in("#dev").says("!echo " + i));
      bot.expect("#dev").says("0", "1", "2").saysWith("ann", "minute").nothing();
      bot.user("bob").in("#dev").says("!echo bob");
      bot.expect("#dev").says("bob");
      bot.turn(Duration.ofMinutes(1));
      bot.user("ann").in("#dev").says("!echo again");
      bot.expect("#dev").says("again").nothing();
    }
  }

  @Test
  void who_repeats_what_the_bot_says_is_not_heard_for_a_while() {
    try (BotScenario bot = BotScenario.of(ParrotPlugin.class)) {
      IntStream.range(0, 10)
          .forEach(i -> {
            bot.user("parrot").tells("!echo !echo x");
            bot.settle();
            bot.user("parrot").tells("!echo x");
            bot.settle();
          });
      long answers = bot.network().heard().size();
      assertThat(answers).isLessThan(10);
      bot.user("ann").in("#dev").says("!echo I am heard");
      bot.settle();
      assertThat(bot.network().heard()).hasSize((int) answers + 1);
    }
  }

  @Test
  void a_network_that_cannot_edit_says_the_correction() {
    try (BotScenario bot =
        BotScenario.with(TroublePlugin.class).network(n -> n.cannot(Capability.EDIT)).start()) {
      bot.user("ann").in("#dev").says("!correct");
      bot.expect("#dev").saysWith("corrected", "better").nothing();
    }
  }

  @Test
  void what_the_network_said_of_an_action_reaches_the_plugin() {
    try (BotScenario bot = BotScenario.of(TroublePlugin.class)) {
      bot.user("ann").in("#dev").says("!receipt");
      bot.expect("#dev").says("original", "it was Delivered").nothing();
    }
  }

  @Test
  void a_plugin_can_be_unloaded_while_it_waits_for_an_answer() {
    try (BotScenario bot = BotScenario.of(TroublePlugin.class)) {
      bot.user("ann").in("#dev").says("!name");
      bot.expect("#dev").says("let me ask").saysWith("Who are you?");
      bot.administration().unload(bot.administration().plugins().getFirst().id());
      assertThat(bot.administration().plugins()).isEmpty();
      bot.user("ann").in("#dev").says("Ann");
      bot.user("ann").in("#dev").says("!thrown");
      bot.settle();
      assertThat(bot.conversation()).doesNotContain("hello Ann", "stored");
    }
  }

  @Test
  void a_plugin_can_unload_itself_without_waiting_for_itself() {
    try (BotScenario bot = BotScenario.of(TroublePlugin.class)) {
      bot.user("ann").in("#dev").says("!leave");
      bot.expect("#dev").says("gone").nothing();
      assertThat(bot.administration().plugins()).isEmpty();
    }
  }
}
