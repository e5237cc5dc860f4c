package dev.owlery.plugins.greeter;

import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.FakeNetwork;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GreeterPluginTest {

  @Test
  void other_bots_and_automatic_answers_get_no_reply() {
    try (BotScenario bot = BotScenario.of(GreeterPlugin.class)) {
      bot.user("hal").asBot().joins("#dev").in("#dev").says("hello owl");
      bot.user("ann").in("#dev").notices("owl: I am away");
      bot.expect("#dev").nothing();
    }
  }

  @Test
  void the_texts_are_the_configurations_and_an_empty_one_is_not_said() {
    GreeterSettings settings =
        new GreeterSettings("Welcome to the owlery, {name}.", "", "{name}? Hoo.", List.of());
    try (BotScenario bot = BotScenario.with(GreeterPlugin.class).settings(settings).start()) {
      bot.network().takesBotInto("#dev");
      bot.user("ann").joins("#dev").in("#dev").says("thanks, owl!");
      bot.expect("#dev").says("Welcome to the owlery, ann.", "ann? Hoo.").nothing();
    }
  }

  @Test
  void only_the_rooms_of_the_configuration_are_greeted() {
    GreeterSettings settings =
        new GreeterSettings("Hi {name}!", "Hi!", "Yes?", List.of("here/#dev"));
    try (BotScenario bot = BotScenario.with(GreeterPlugin.class).settings(settings).start()) {
      bot.user("ann").joins("#dev").joins("#ops");
      bot.expect("#dev").says("Hi ann!");
      bot.expect("#ops").nothing();
    }
  }

  @Test
  void what_was_said_while_it_was_away_is_not_answered() {
    try (BotScenario bot =
        BotScenario.with(GreeterPlugin.class).network(FakeNetwork::keepsHistory).start()) {
      bot.network().goesOffline();
      bot.user("ann").in("#dev").says("owl?");
      bot.network().comesBack();
      bot.expect("#dev").nothing();
    }
  }

  @Test
  void who_comes_back_from_a_netsplit_is_not_new() {
    try (BotScenario bot = BotScenario.of(GreeterPlugin.class)) {
      for (String reason :
          List.of("irc.example hub.example", "*.net *.split", "a.b.org x-1.y.net")) {
        bot.user("ann").joins("#dev").joins("#ops");
        bot.expect("#dev").says("Hi ann!");
        bot.expect("#ops").says("Hi ann!");
        bot.user("ann").quits(reason);
        bot.clock().turn(Duration.ofMinutes(29));
        bot.user("ann").joins("#dev").joins("#ops");
        bot.expect("#dev").nothing();
        bot.expect("#ops").nothing();
        bot.user("ann").leaves("#dev").leaves("#ops");
      }
    }
  }

  @Test
  void who_comes_back_later_or_left_by_themselves_is_greeted() {
    try (BotScenario bot = BotScenario.of(GreeterPlugin.class)) {
      bot.user("ann").joins("#dev");
      bot.expect("#dev").says("Hi ann!");
      bot.user("ann").quits("irc.example hub.example");
      bot.clock().turn(Duration.ofMinutes(31));
      bot.user("ann").joins("#dev");
      bot.expect("#dev").says("Hi ann!");
      for (String reason : List.of("Quit: see you", "bye", "irc.example", "Ping timeout: 240 s")) {
        bot.user("ann").quits(reason).joins("#dev");
        bot.expect("#dev").says("Hi ann!");
      }
    }
  }

  @Test
  void a_name_is_text_and_no_pattern() {
    try (BotScenario bot = BotScenario.of(GreeterPlugin.class)) {
      bot.user("$1{name}\\").joins("#dev");
      bot.expect("#dev").says("Hi $1{name}\\!");
    }
  }
}
