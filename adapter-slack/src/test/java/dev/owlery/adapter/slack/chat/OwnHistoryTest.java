package dev.owlery.adapter.slack.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.slack.TestAccount;
import dev.owlery.adapter.slack.TestSettings;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.content.Content;
import dev.owlery.testkit.slack.SlackCall;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackFault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What may or may not have been said is looked up, whatever that takes. */
final class OwnHistoryTest {

  @Test
  void a_history_that_fails_for_a_while_is_asked_again() throws Exception {
    try (SlackDouble slack = SlackDouble.start()) {
      slack.channel("owls");
      try (TestAccount account = TestAccount.online(TestSettings.socket(slack))) {
        Outgoing said =
            TestAccount.outgoing(new Say(account.adapter().locate("#owls"), Content.of("once")));
        slack
            .faults()
            .next("chat.postMessage", new SlackFault.LostResponse())
            .next(3, "conversations.history", new SlackFault.ServerError(500));
        account.adapter().perform(said).toCompletableFuture().get(20, TimeUnit.SECONDS);
        Outcome found =
            account.adapter().lookUp(said).toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(found).isInstanceOf(Outcome.Settled.class);
        assertThat(slack.channel("owls").textsOfBot()).containsExactly("once");
        assertThat(slack.calls("conversations.history"))
            .filteredOn(call -> call.status() == 500)
            .hasSize(3);
      }
    }
  }

  @Test
  void after_a_restart_one_reading_serves_all_even_if_it_fails_at_first() throws Exception {
    try (SlackDouble slack = SlackDouble.start()) {
      slack.channel("owls");
      List<Outgoing> all = new ArrayList<>();
      try (TestAccount before = TestAccount.online(TestSettings.socket(slack))) {
        for (int i = 0; i < 5; i++) {
          Say say = new Say(before.adapter().locate("#owls"), Content.of("m" + i));
          all.add(TestAccount.outgoing(say));
          // The last was never sent.
          if (i < 4) {
            before.adapter().perform(all.getLast()).toCompletableFuture().get(20, TimeUnit.SECONDS);
          }
        }
      }
      try (TestAccount after = TestAccount.online(TestSettings.socket(slack))) {
        int readAtLogin = slack.calls("conversations.history").size();
        slack.faults().next(2, "conversations.history", new SlackFault.ServerError(503));
        List<Outcome> found = new ArrayList<>();
        for (Outgoing each : all) {
          found.add(after.adapter().lookUp(each).toCompletableFuture().get(20, TimeUnit.SECONDS));
        }
        assertThat(found.subList(0, 4)).hasOnlyElementsOfType(Outcome.Settled.class);
        assertThat(found.getLast()).isInstanceOf(Outcome.NotSent.class);
        assertThat(slack.calls("conversations.history").stream().skip(readAtLogin))
            .extracting(SlackCall::status)
            .containsExactly(503, 503, 200);
      }
    }
  }
}
