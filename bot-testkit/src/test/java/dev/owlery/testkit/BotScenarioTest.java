package dev.owlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.action.Join;
import dev.owlery.api.adapter.Capability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BotScenarioTest {

  @Test
  void a_conversation_reads_like_one() {
    try (BotScenario bot = BotScenario.of(ParrotPlugin.class)) {
      bot.user("ann").joins("#dev").in("#dev").says("!echo hello");
      bot.expect("#dev").says("Hi ann!", "hello").nothing();
      bot.user("bob").tells("echo just us");
      bot.expect("bob").says("just us");
    }
  }

  @Test
  void a_failed_expectation_tells_the_whole_conversation() {
    try (BotScenario bot = BotScenario.of(ParrotPlugin.class)) {
      bot.user("ann").in("#dev").says("!echo hello");
      assertThatThrownBy(() -> bot.expect("#dev").says("goodbye"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContainingAll("expected: goodbye", "but was:  hello", "ann: !echo hello");
    }
  }

  @Test
  void a_dialogue_waits_for_the_answer_of_the_one_who_asked() {
    try (BotScenario bot = BotScenario.of(ParrotPlugin.class)) {
      bot.user("ann").in("#dev").says("!deploy shop");
      bot.expect("#dev").saysWith("Where to?", "staging", "production");
      bot.user("bob").in("#dev").says("!echo meanwhile");
      bot.expect("#dev").says("meanwhile");
      bot.user("ann").in("#dev").says("2");
      bot.expect("#dev").says("deploying shop to production", "done").nothing();
    }
  }

  @Test
  void permissions_are_given_to_whom_the_network_vouches_for() {
    try (BotScenario bot = BotScenario.with(ParrotPlugin.class).grant("carol", "deploy").start()) {
      bot.user("carol").tells("secret");
      bot.expect("carol").saysWith("deploy");
      bot.user("carol").verifiedAs("carol").tells("secret");
      bot.expect("carol").says("the secret");
      bot.user("eve").verifiedAs("admin").tells("secret");
      bot.expect("eve").says("the secret");
    }
  }

  @Test
  void several_accounts_do_not_hear_each_other() {
    try (BotScenario bot = BotScenario.with(ParrotPlugin.class).accounts("here", "work").start()) {
      bot.network("work").user("bob").in("#dev").says("!echo at work");
      bot.expect("work/#dev").says("at work");
      bot.expect("#dev").nothing();
    }
  }

  @Test
  void what_is_planned_happens_when_the_clock_is_turned() {
    try (BotScenario bot = BotScenario.of(ParrotPlugin.class)) {
      bot.turn(Duration.ofMinutes(4));
      bot.expect("#clock").nothing();
      bot.turn(Duration.ofMinutes(11));
      bot.expect("#clock").says("five minutes", "five minutes", "five minutes").nothing();
    }
  }

  @Test
  void what_a_plugin_stored_survives_restart_and_crash() {
    try (BotScenario bot = BotScenario.of(ParrotPlugin.class)) {
      bot.user("ann").tells("count");
      bot.expect("ann").says("number 1");
      bot.settle();
      bot.restart();
      bot.user("ann").tells("count");
      bot.expect("ann").says("number 2");
      bot.settle();
      bot.crash();
      bot.user("ann").tells("count");
      bot.expect("ann").says("number 3").nothing();
    }
  }

  @Test
  void the_journal_can_be_the_one_of_production(@TempDir Path directory) {
    try (BotScenario bot = BotScenario.with(ParrotPlugin.class).sqlite(directory).start()) {
      bot.network().failNext(new NetworkFailure.HeldConfirmation());
      bot.user("ann").tells("count");
      bot.expect("ann").says("number 1");
      bot.crash();
      bot.user("ann").tells("count");
      bot.expect("ann").says("number 2").nothing();
      bot.restart();
      bot.user("ann").tells("count");
      bot.expect("ann").says("number 3").nothing();
    }
  }

  @Test
  void an_answer_whose_confirmation_died_with_the_bot_is_not_said_twice() {
    try (BotScenario bot = BotScenario.of(ParrotPlugin.class)) {
      bot.network().failNext(new NetworkFailure.HeldConfirmation());
      bot.user("ann").tells("echo once");
      bot.expect("ann").says("once");
      bot.crash();
      bot.expect("ann").nothing();
    }
  }

  @Test
  void an_answer_that_never_left_is_said_after_the_crash() {
    try (BotScenario bot = BotScenario.of(ParrotPlugin.class)) {
      bot.network().failNext(new NetworkFailure.Lost());
      bot.user("ann").tells("echo at last");
      bot.settle();
      bot.crash();
      bot.expect("ann").says("at last").nothing();
    }
  }

  @Test
  void what_cannot_be_looked_up_is_said_twice_rather_than_never() {
    try (BotScenario bot =
        BotScenario.with(ParrotPlugin.class)
            .network(network -> network.cannot(Capability.LOOK_UP))
            .start()) {
      bot.network().failNext(new NetworkFailure.HeldConfirmation());
      bot.user("ann").tells("echo perhaps twice");
      bot.expect("ann").says("perhaps twice");
      bot.crash();
      bot.expect("ann").says("perhaps twice").nothing();
      assertThat(bot.administration().health().doubtful()).isOne();
    }
  }

  @Test
  void a_network_that_goes_away_gets_its_answers_when_it_is_back() {
    try (BotScenario bot =
        BotScenario.with(ParrotPlugin.class).network(FakeNetwork::keepsHistory).start()) {
      bot.user("ann").tells("echo before");
      bot.expect("ann").says("before");
      bot.settle();
      bot.network().goesOffline();
      bot.user("ann").tells("echo meanwhile");
      bot.expect("ann").nothing();
      bot.network().comesBack();
      bot.expect("ann").says("meanwhile").nothing();
    }
  }

  @Test
  void a_fault_of_a_plugin_is_an_incident_and_nothing_else() {
    try (BotScenario bot = BotScenario.of(ParrotPlugin.class)) {
      bot.user("ann").tells("fail");
      bot.expect("ann").saysSomething();
      bot.user("ann").tells("echo still here");
      bot.expect("ann").says("still here");
      assertThat(bot.administration().health().incidents()).isOne();
    }
  }

  @Test
  void actions_that_are_no_words_can_be_expected_too() {
    try (BotScenario bot = BotScenario.of(ParrotPlugin.class)) {
      bot.bot().perform(new Join(bot.network().room("#ops"), Optional.empty()));
      bot.expect("#ops").does(Join.class);
      bot.settle();
      assertThat(bot.bot().rooms(bot.network().account()))
          .containsExactly(bot.network().room("#ops"));
    }
  }
}
