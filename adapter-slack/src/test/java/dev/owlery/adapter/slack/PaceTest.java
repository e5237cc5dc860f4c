package dev.owlery.adapter.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Content;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand posts while Slack asks to wait again and again. */
@Tag("soak")
final class PaceTest {

  private static final int CHANNELS = 20;
  private static final int EACH = 50;

  @Test
  @Timeout(600)
  void the_limits_are_kept_nothing_is_lost_and_the_order_stays() throws Exception {
    try (SlackDouble slack = SlackDouble.start()) {
      IntStream.range(0, CHANNELS).forEach(i -> slack.channel("c" + i).invitesBot());
      slack.channel("owls");
      slack.judge().tolerate(1, 10);
      slack
          .faults()
          .every(5, "chat.postMessage", new SlackFault.RateLimited(Duration.ofSeconds(1)));
      SlackSettings settings = TestSettings.socket(slack, new SlackSettings.Flood(1, 1));
      try (TestAccount account = TestAccount.online(settings)) {
        List<CompletionStage<Outcome>> all = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
          for (int c = 0; c < CHANNELS; c++) {
            Conversation where = account.adapter().locate("#c" + c);
            all.add(account.begin(new Say(where, Content.of("m" + i))));
          }
        }
        for (CompletionStage<Outcome> each : all) {
          assertThat(each.toCompletableFuture().get(500, TimeUnit.SECONDS))
              .isInstanceOf(Outcome.Settled.class);
        }
      }
      String[] expected = IntStream.range(0, EACH).mapToObj(i -> "m" + i).toArray(String[]::new);
      IntStream.range(0, CHANNELS)
          .forEach(c -> assertThat(slack.channel("c" + c).textsOfBot()).containsExactly(expected));
      // What was on its way already when Slack asked to wait comes a moment after that.
      assertThat(slack.judge().violations())
          .filteredOn(each -> each.by().compareTo(Duration.ofMillis(700)) < 0)
          .allSatisfy(each -> assertThat(each.by()).isLessThan(Duration.ofMillis(100)));
    }
  }
}
