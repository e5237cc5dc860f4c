package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.FileRef;
import dev.owlery.api.file.Transfer;
import dev.owlery.api.file.Transfer.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** When a transfer is taken for one that gets nowhere. */
final class FileSendingTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final FileSending.Stall stall = new FileSending.Stall();

  @Test
  void oneThatGetsFurtherBetweenTheCutsIsNotCancelledHoweverManyThereAre() {
    for (long cut = 1; cut <= 10; cut++) {
      assertThat(stall.hasLasted(at(State.RUNNING, cut * 1_000), SECOND)).isFalse();
      assertThat(stall.hasLasted(at(State.WAITING, cut * 1_000), SECOND)).isFalse();
      assertThat(stall.hasLasted(at(State.WAITING, cut * 1_000), SECOND)).isFalse();
    }
  }

  @Test
  void oneThatGetsNoFurtherIsCancelledThoughItIsTriedAgain() {
    assertThat(stall.hasLasted(at(State.RUNNING, 1_000), SECOND)).isFalse();
    assertThat(stall.hasLasted(at(State.WAITING, 1_000), SECOND)).isFalse();
    assertThat(stall.hasLasted(at(State.RUNNING, 500), SECOND)).isFalse();
    assertThat(stall.hasLasted(at(State.WAITING, 500), SECOND)).isFalse();
    assertThat(stall.hasLasted(at(State.RUNNING, 1_000), SECOND)).isFalse();
    assertThat(stall.hasLasted(at(State.WAITING, 1_000), SECOND)).isTrue();
  }

  private static Transfer at(State state, long moved) {
    return new Transfer(
        "1",
        Transfer.Direction.OUT,
        Conversation.direct(new AccountId("net"), "ann"),
        "the command line",
        new FileRef(
            "owl.jpg",
            Optional.empty(),
            OptionalLong.of(10_000),
            Optional.empty(),
            Optional.empty()),
        state,
        moved,
        "",
        "the connection broke",
        Instant.EPOCH);
  }
}
