package dev.owlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FakeNetworkTest {

  private final ManualClock clock = new ManualClock();
  private final AccountId account = new AccountId("here");
  private final FakeNetwork network = new FakeNetwork(account, clock.clock());
  private final RecordingContext core = new RecordingContext(account, clock.clock());
  private final Adapter adapter = network.connect(core);

  @Test
  void what_users_do_reaches_the_core_in_order() {
    adapter.start();
    network.user("ann").joins("#dev").in("#dev").says("one");
    network.user("bob").tells("two");
    network.user("ann").renames("anna").leaves("#dev");
    assertThat(core.events())
        .extracting(event -> event.getClass().getSimpleName() + " " + event.where())
        .containsExactly(
            "MemberJoined here/#dev",
            "MessagePosted here/#dev",
            "MessagePosted here/bob",
            "MemberRenamed here/#dev",
            "MemberLeft here/#dev");
  }

  @Test
  void what_the_bot_does_is_heard_and_confirmed() {
    adapter.start();
    assertThat(perform("a", "hi")).isInstanceOf(Outcome.Settled.class);
    assertThat(said()).containsExactly("hi");
  }

  @Test
  void each_fault_spoils_one_action_in_its_own_way() {
    adapter.start();
    network.failNext(
        new NetworkFailure.Refused("no"),
        new NetworkFailure.NotSent(Duration.ofSeconds(3)),
        new NetworkFailure.Lost(),
        new NetworkFailure.Unconfirmed());
    assertThat(perform("a", "refused")).isEqualTo(Outcome.refused("no"));
    assertThat(perform("b", "not sent")).isInstanceOf(Outcome.NotSent.class);
    assertThat(perform("c", "lost")).isInstanceOf(Outcome.Doubtful.class);
    assertThat(perform("d", "unconfirmed")).isInstanceOf(Outcome.Doubtful.class);
    assertThat(perform("e", "fine")).isInstanceOf(Outcome.Settled.class);
    assertThat(said()).containsExactly("unconfirmed", "fine");
    assertThat(lookUp("c")).isInstanceOf(Outcome.NotSent.class);
    assertThat(lookUp("d")).isInstanceOf(Outcome.Settled.class);
    network.cannot(Capability.LOOK_UP);
    assertThat(lookUp("d")).isInstanceOf(Outcome.Doubtful.class);
  }

  @Test
  void a_held_confirmation_comes_when_it_is_released_and_is_doubtful_when_the_line_is_cut() {
    adapter.start();
    network.failNext(new NetworkFailure.HeldConfirmation(), new NetworkFailure.HeldConfirmation());
    CompletableFuture<Outcome> first = attempt("a", "first");
    assertThat(first).isNotDone();
    network.release();
    assertThat(first).isCompletedWithValueMatching(Outcome.Settled.class::isInstance);
    CompletableFuture<Outcome> second = attempt("b", "second");
    network.goesOffline();
    assertThat(second).isCompletedWithValueMatching(Outcome.Doubtful.class::isInstance);
    assertThat(perform("c", "third")).isInstanceOf(Outcome.NotSent.class);
    network.comesBack();
    assertThat(core.states())
        .extracting(state -> state.phase())
        .containsExactly(Phase.ONLINE, Phase.CONNECTING, Phase.ONLINE);
  }

  @Test
  void a_network_with_a_history_shows_what_was_missed() {
    network.keepsHistory();
    adapter.start();
    network.user("ann").in("#dev").says("seen");
    clock.turn(Duration.ofSeconds(1));
    network.goesOffline();
    network.user("ann").in("#dev").says("missed");
    assertThat(core.events()).hasSize(1);
    network.comesBack();
    assertThat(core.events()).hasSize(2);
    ChatEvent last = core.events().getLast();
    assertThat(last.origin().delivery()).isEqualTo(Delivery.CATCH_UP);
    assertThat(((MessagePosted) last).text()).isEqualTo("missed");
  }

  @Test
  void long_messages_are_divided_at_the_limit() {
    network.longestMessage(4);
    Say say = new Say(network.room("#dev"), Content.of("abcdefghij"));
    assertThat(adapter.divide(say))
        .extracting(part -> ((Say) part).content().plain())
        .containsExactly("abcd", "efgh", "ij");
  }

  private Outcome perform(String token, String text) {
    return attempt(token, text).join();
  }

  private CompletableFuture<Outcome> attempt(String token, String text) {
    return adapter.perform(outgoing(token, text)).toCompletableFuture();
  }

  private Outcome lookUp(String token) {
    return adapter.lookUp(outgoing(token, "")).toCompletableFuture().join();
  }

  private Outgoing outgoing(String token, String text) {
    return new Outgoing(token, new Say(network.room("#dev"), Content.of(text)), 1, clock.now());
  }

  private List<String> said() {
    return network.heard().stream().map(heard -> ((Say) heard.action()).content().plain()).toList();
  }
}
