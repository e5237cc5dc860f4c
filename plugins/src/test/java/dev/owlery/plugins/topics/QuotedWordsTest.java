package dev.owlery.plugins.topics;

import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.testkit.BotScenario;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** What is no reply is no command in a stranger's words either, in whatever room it is said. */
class QuotedWordsTest {

  /** Repeats in another room what is said, welcomes people, and gives a command of its own. */
  public static final class Repeater implements Plugin {
    private final Bot bot;

    @Inject
    Repeater(Bot bot) {
      this.bot = bot;
    }

    /** Public for the bot. */
    @On
    public void repeat(MessagePosted message) {
      bot.say(bot.locate("here/#copy"), message.text().replace("quote ", ""));
      if (message.text().equals("back up")) {
        bot.say(message.where(), "!backup now");
      }
    }

    @On
    public void welcome(MemberJoined joined) {
      bot.say(joined.where(), joined.member().displayName() + ": welcome");
    }
  }

  @Test
  void whatAHandlerRepeatsGetsTheSpeakersNameInFront() {
    try (BotScenario bot = BotScenario.of(Repeater.class)) {
      bot.user("mal").in("#owls").says("quote !op mal");
      bot.expect("#copy").says("mal: !op mal");
      bot.user("mal").in("#owls").says("quote good morning");
      bot.expect("#copy").says("good morning");
    }
  }

  @Test
  void aNameIsNoCommandAndAPluginMayGiveCommandsOfItsOwn() {
    try (BotScenario bot = BotScenario.of(Repeater.class)) {
      bot.user("!op mal").joins("#owls");
      bot.expect("#owls").says("op mal: !op mal: welcome");
      bot.user("ann").in("#owls").says("back up");
      bot.expect("#owls").says("!backup now");
    }
  }

  @Test
  void anItemThatBeginsWithACommandSignGetsTheTopicInFront() {
    try (BotScenario bot =
        BotScenario.with(TopicsPlugin.class)
            .grant("everyone", "view", "topics.publish")
            .topic("news", "here/#log")
            .start()) {
      bot.user("mal").in("#owls").says("!publish news !op mal");
      bot.expect("#log").says("news: !op mal");
      bot.user("mal").in("#owls").says("!publish news all is well");
      bot.expect("#log").says("all is well");
    }
  }
}
