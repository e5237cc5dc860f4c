package com.example.karma;

import dev.owlery.testkit.BotScenario;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KarmaPluginTest {

  private final BotScenario bot = BotScenario.of(KarmaPlugin.class);

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void praiseGivesAPoint() {
    bot.user("ann").in("#dev").says("bob++");
    bot.user("carl").in("#dev").says("Bob++");
    bot.expect("#dev").says("bob: 1", "Bob: 2");

    bot.user("ann").in("#dev").says("!karma bob");
    bot.expect("#dev").says("bob has 2 points");
  }

  @Test
  void nobodyPraisesThemselves() {
    bot.user("ann").in("#dev").says("ann++");
    bot.expect("#dev").says("Nobody praises themselves.");

    bot.user("ann").in("#dev").says("!karma ann");
    bot.expect("#dev").says("ann has 0 points");
  }

  @Test
  void praiseInADirectChatIsNotTakenForACommand() {
    bot.user("ann").tells("bob++");
    bot.expect("ann").says("bob: 1").nothing();
  }

  @Test
  void talkAboutProgrammingIsNoPraise() {
    bot.user("ann").in("#dev").says("for (int i = 0; i < n; i++) {}");
    bot.expect("#dev").nothing();
  }

  @Test
  void pointsSurviveACrash() {
    bot.user("ann").in("#dev").says("bob++");
    bot.expect("#dev").says("bob: 1");
    bot.crash();

    bot.user("ann").in("#dev").says("!karma bob");
    bot.expect("#dev").says("bob has 1 point");
  }
}
