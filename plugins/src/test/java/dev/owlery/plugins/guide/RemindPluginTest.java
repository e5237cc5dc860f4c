package dev.owlery.plugins.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.plugins.guide.RemindPlugin.RemindSettings;
import dev.owlery.testkit.BotScenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The plugin that the guide for authors shows, and its test, do what the guide says. */
final class RemindPluginTest {

  private final BotScenario bot =
      BotScenario.with(RemindPlugin.class)
          .settings(new RemindSettings(Duration.ofDays(365)))
          .start();

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void itRemindsWhenTheTimeHasCome() {
    bot.user("ann").in("#dev").says("!remind 2h tea is ready");
    bot.expect("#dev").says("I will remind you.");

    bot.turn(Duration.ofMinutes(119));
    bot.expect("#dev").nothing();
    bot.turn(Duration.ofMinutes(2));
    bot.expect("#dev").says("ann: tea is ready");
  }

  @Test
  void whatFellDueWhileTheBotWasAwayIsSaidAtTheStartAndOnce() {
    bot.user("ann").in("#dev").says("!remind 2h tea is ready");
    bot.expect("#dev").says("I will remind you.");

    bot.crash();
    bot.turn(Duration.ofHours(3));
    bot.expect("#dev").says("ann: tea is ready");
    bot.restart();
    bot.turn(Duration.ofHours(3));
    bot.expect("#dev").nothing();
  }

  @Test
  void theGuideShowsThisVeryPlugin() throws IOException {
    Path root = Path.of(System.getProperty("owlery.root", ".."));
    String guide = Files.readString(root.resolve("docs/guides/write-a-plugin.md"));
    String source =
        Files.readString(
            root.resolve("plugins/src/test/java/dev/owlery/plugins/guide/RemindPlugin.java"));
    assertThat(guide).contains(source.substring(source.indexOf("/** Reminds")).strip());
  }
}
