package dev.owlery.adapter.slack.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.slack.TestAccount;
import dev.owlery.adapter.slack.TestSettings;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.testkit.RecordingContext;
import dev.owlery.testkit.slack.SlackDouble;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token that may do too little says so, all of it at once and with the next step. */
class ScopesTest {

  private static String reached(SlackDouble slack, Phase phase) throws Exception {
    TestAccount account =
        TestAccount.started(
            TestSettings.socket(slack), new RecordingContext(TestAccount.WORK, Clock.systemUTC()));
    try {
      return account.reaches(phase);
    } finally {
      account.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chat:write",
        "channels:history",
        "channels:read",
        "groups:read",
        "im:read",
        "mpim:read",
        "users:read"
      })
  void aScopeWithoutWhichThereIsNoLoginIsNamedWithAdvice(String scope) throws Exception {
    try (SlackDouble slack = SlackDouble.builder().without(scope).start()) {
      assertThat(reached(slack, Phase.FAILED))
          .startsWith(
              "the bot token lacks the scopes "
                  + scope
                  + ": add them to the app and install it again");
    }
  }

  @Test
  void allThatAreMissingAreNamedAtOnce() throws Exception {
    try (SlackDouble slack =
        SlackDouble.builder().without("groups:read", "mpim:read", "im:read").start()) {
      assertThat(reached(slack, Phase.FAILED)).contains("groups:read, im:read, mpim:read");
    }
  }

  @Test
  void whatTheTokenDoesNotAllowIsSaidWhileTheAccountIsOnline() throws Exception {
    try (SlackDouble slack =
        SlackDouble.builder().without("groups:history", "files:read").start()) {
      assertThat(reached(slack, Phase.ONLINE))
          .contains(
              "the token does not let the bot hear what is said in private channels"
                  + " (groups:history), receive files (files:read): add what is wanted");
    }
    try (SlackDouble slack = SlackDouble.start()) {
      assertThat(reached(slack, Phase.ONLINE)).doesNotContain("the token does not let");
    }
  }
}
