package dev.owlery.core.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.AccountOnline;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.Origin;
import dev.owlery.api.plugin.Handled;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What one life of a plugin leaves to the next. */
class HandlersTest {

  private static final ChatEvent EVENT =
      new AccountOnline(
          Origin.live("key", Instant.EPOCH), Conversation.ofAccount(new AccountId("net")));

  private final Handlers handlers = new Handlers(1);

  @Test
  void aPauseThatComesBetweenTwoLivesDoesNotConcernTheNext() {
    PluginGate before = loaded();
    handlers.remove("owl");
    handlers.pause("owl");
    assertThat(before.enter()).isFalse();
    assertThat(loaded().enter()).isTrue();
  }

  @Test
  void aPluginWhoseCommandsNobodyHasCalledYetIsPausedToo() {
    handlers.open("owl");
    handlers.pause("owl");
    assertThat(handlers.gate("owl").enter()).isFalse();
  }

  @Test
  void aFailureOfALifeThatHasEndedPausesNobody() {
    PluginGate before = loaded();
    handlers.remove("owl");
    assertThat(before.failed(new AtomicInteger())).isFalse();
    assertThat(loaded().failed(new AtomicInteger())).isTrue();
  }

  private PluginGate loaded() {
    handlers.add("owl", AccountOnline.class, 0, event -> Handled.CONTINUE);
    return handlers.of(EVENT).getFirst().gate();
  }
}
