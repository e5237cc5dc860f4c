package com.example.starter;

import com.example.starter.StarterPlugin.StarterSettings;
import dev.owlery.testkit.BotScenario;
import org.junit.jupiter.api.Test;

final class StarterPluginTest {

  @Test
  void theCommandGreetsAndCountsInEachConversation() {
    try (BotScenario bot = BotScenario.of(StarterPlugin.class)) {
      bot.user("ann").in("#dev").says("!starter bob");
      bot.user("carl").in("#dev").says("!starter ann");
      bot.expect("#dev").says("Hello, bob! Greetings here: 1", "Hello, ann! Greetings here: 2");

      bot.user("ann").tells("starter carl");
      bot.expect("ann").says("Hello, carl! Greetings here: 1");
    }
  }

  @Test
  void theGreetingIsASetting() {
    try (BotScenario bot =
        BotScenario.with(StarterPlugin.class).settings(new StarterSettings("Welcome")).start()) {
      bot.user("ann").in("#dev").says("!starter bob");
      bot.expect("#dev").says("Welcome, bob! Greetings here: 1");
    }
  }

  @Test
  void theCountSurvivesACrash() {
    try (BotScenario bot = BotScenario.of(StarterPlugin.class)) {
      bot.user("ann").in("#dev").says("!starter bob");
      bot.expect("#dev").says("Hello, bob! Greetings here: 1");
      bot.crash();

      bot.user("ann").in("#dev").says("!starter bob");
      bot.expect("#dev").says("Hello, bob! Greetings here: 2");
    }
  }
}
