package dev.owlery.plugins.poll;

import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.FakeUser;
import org.junit.jupiter.api.Test;

class PollPluginTest {

  private static void open(BotScenario bot, FakeUser owner) {
    FakeUser.Speech in = owner.in("#dev");
    for (String line : new String[] {"!poll new Lunch?", "Pizza", "Soup", "done", "yes"}) {
      in.says(line);
    }
    bot.expect("#dev")
        .saysLike("Option 1.*")
        .saysLike("Option 2.*")
        .saysLike("Option 3.*")
        .saysLike("Open the poll.*")
        .says("Lunch?\n1. Pizza: 0\n2. Soup: 0");
  }

  @Test
  void aVoteFollowsWhoGetsAnotherNick() {
    try (BotScenario bot = BotScenario.of(PollPlugin.class)) {
      open(bot, bot.user("ann"));
      FakeUser bob = bot.user("bob");
      bob.in("#dev").says("!poll vote 1");
      bot.expect("#dev").says("vote of bob: Pizza");
      bob.renames("bobby").in("#dev").says("!poll vote 2");
      bot.expect("#dev").says("vote of bobby: Soup");
      bob.renames("rob").in("#dev").says("!poll show");
      bot.expect("#dev").says("Lunch?\n1. Pizza: 0\n2. Soup: 1");
      bot.user("bobby").in("#dev").says("!poll vote 1");
      bot.expect("#dev").says("vote of bobby: Pizza");
      bob.in("#dev").says("!poll show");
      bot.expect("#dev").says("Lunch?\n1. Pizza: 1\n2. Soup: 1");
    }
  }

  @Test
  void whoTakesTheNickOfSomebodyWhoHasVotedAndLeftHasAVoteOfTheirOwn() {
    try (BotScenario bot = BotScenario.of(PollPlugin.class)) {
      FakeUser ann = bot.user("ann");
      open(bot, ann);
      bot.user("bob").in("#dev").says("!poll vote 1");
      bot.user("bob").in("#dev").says("bye");
      bot.expect("#dev").says("vote of bob: Pizza");
      bot.user("bob").leaves("#dev");
      FakeUser cat = bot.user("cat");
      cat.in("#dev").says("!poll vote 2");
      bot.expect("#dev").says("vote of cat: Soup");
      cat.renames("bob").in("#dev").says("!poll show");
      bot.expect("#dev").says("Lunch?\n1. Pizza: 1\n2. Soup: 1");
    }
  }

  @Test
  void aPollStaysItsOwnersUnderAnotherNick() {
    try (BotScenario bot = BotScenario.of(PollPlugin.class)) {
      FakeUser ann = bot.user("ann");
      open(bot, ann);
      ann.renames("anna").in("#dev").says("!poll close");
      bot.expect("#dev").says("The poll is closed.", "Lunch?\n1. Pizza: 0\n2. Soup: 0");
    }
  }

  @Test
  void aCommandOfWhoIsAskedIsACommandAndNoAnswer() {
    try (BotScenario bot = BotScenario.of(PollPlugin.class)) {
      open(bot, bot.user("ann"));
      FakeUser.Speech bob = bot.user("bob").in("#ops");
      bob.says("!poll new Where?");
      bot.expect("#ops").saysLike("Option 1.*");
      bob.says("!poll show");
      bot.expect("#ops").says("there is no poll here; poll new opens one");
      bob.says("owl: !poll show");
      bot.expect("#ops").says("there is no poll here; poll new opens one");
      bob.says("!wow");
      bot.expect("#ops").saysLike("Option 2.*");
      bob.says("poll");
      bot.expect("#ops").saysLike("Option 3.*");
      bob.says("done");
      bob.says("yes");
      bot.expect("#ops").saysLike("Open the poll.*").says("Where?\n1. !wow: 0\n2. poll: 0");
    }
  }
}
