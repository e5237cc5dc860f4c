package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.slack.SlackDouble;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code ./owlery check --connect} says of an account on Slack: one line each. */
@Timeout(120)
class SlackCheckProofIT {

  /** The lines about the account and its rooms, each as it is printed. */
  private static List<String> said(SlackDouble slack, String account, int exit) {
    try (BotHome home = new BotHome(BotHome.loadTest(account, "echo"))) {
      slack.channel("owls");
      BotProcess check = home.start("check", "--connect", "--config", "bot.conf");
      assertThat(check.awaitExit(Duration.ofSeconds(60))).isEqualTo(exit);
      List<String> lines =
          (check.output() + check.log())
              .lines()
              .map(String::strip)
              .filter(line -> line.startsWith("work"))
              // On a slow machine it is said what is waited for.
              .filter(line -> !line.endsWith(" of 30 s)"))
              .toList();
      assertThat(lines).as("a line about the account, and one about its room").hasSize(2);
      Form.figures("check --connect", String.join(" | ", lines));
      return lines;
    }
  }

  private static String account(SlackDouble slack) {
    return SlackHome.account("work", slack, "burst = 0")
        .replace("rooms = []", "rooms = [ \"#owls\" ]");
  }

  @Test
  void whatIsRightIsOnline() {
    try (SlackDouble slack = SlackDouble.start()) {
      assertThat(said(slack, account(slack), 0))
          .first()
          .asString()
          .startsWith("work: online (owl in ");
    }
  }

  @Test
  void aMissingScopeIsNamed() {
    try (SlackDouble slack = SlackDouble.builder().without("chat:write", "users:read").start()) {
      assertThat(said(slack, account(slack), 1))
          .first()
          .asString()
          .contains("lacks the scopes chat:write, users:read", "install it again");
    }
  }

  @Test
  void aScopeThatOnlySomeNeedIsNamedWhenItIsMissed() {
    try (SlackDouble slack = SlackDouble.builder().without("channels:join").start()) {
      assertThat(said(slack, account(slack), 1))
          .last()
          .asString()
          .startsWith("work/#owls: not joined (the scope channels:join is missing");
    }
  }

  @Test
  void aWrongTokenIsNamed() {
    try (SlackDouble slack = SlackDouble.start()) {
      assertThat(said(slack, account(slack).replace(slack.botToken(), "xoxb-1-2-wrong"), 1))
          .first()
          .asString()
          .contains("bot-token", "the token is not valid");
      assertThat(said(slack, account(slack).replace(slack.appToken(), "xapp-1-A-2-wrong"), 1))
          .first()
          .asString()
          .contains("app-token", "the token is not valid");
    }
  }

  @Test
  void socketModeThatIsSwitchedOffIsNamed() {
    try (SlackDouble slack = SlackDouble.start()) {
      slack.sockets().isSwitchedOff();
      assertThat(said(slack, account(slack), 1))
          .first()
          .asString()
          .contains("Socket Mode is switched off");
    }
  }
}
