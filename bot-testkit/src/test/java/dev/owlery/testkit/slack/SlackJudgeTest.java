package dev.owlery.testkit.slack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SlackJudgeTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String POST = "chat.postMessage";

  private final SlackJudge judge = new SlackJudge().tolerate(2, 0);

  @Test
  void one_message_a_second_is_right_and_a_burst_is_once() {
    judge.ask(POST, "C1", 0);
    for (int i = 0; i < 20; i++) {
      assertThat(judge.ask(POST, "C1", i * SECOND)).isEmpty();
    }
    assertThat(judge.violations()).isEmpty();
    judge.ask(POST, "C1", 19 * SECOND + SECOND / 2);
    judge.ask(POST, "C2", 19 * SECOND + SECOND / 2);
    assertThat(judge.violations()).extracting(SlackViolation::channel).containsExactly("C1");
  }

  @Test
  void who_was_told_to_wait_waits() {
    judge.told(POST, 3, 10 * SECOND);
    judge.ask(POST, "C1", 10 * SECOND + SECOND / 20);
    judge.ask(POST, "C1", 13 * SECOND);
    assertThat(judge.violations()).as("under way, and in time").isEmpty();
    judge.told(POST, 3, 20 * SECOND);
    judge.ask(POST, "C1", 22 * SECOND);
    assertThat(judge.violations())
        .singleElement()
        .satisfies(early -> assertThat(early.by()).hasSeconds(1));
  }

  @Test
  void a_tier_is_so_many_calls_a_minute() {
    for (int i = 0; i < 20; i++) {
      judge.ask("users.list", "", i);
    }
    judge.ask("users.list", "", 61 * SECOND);
    assertThat(judge.violations()).isEmpty();
    for (int i = 0; i < 20; i++) {
      judge.ask("users.list", "", 61 * SECOND + i);
    }
    assertThat(judge.violations()).hasSize(1);
  }

  @Test
  void a_workspace_takes_so_many_messages_a_minute_in_all_its_channels() {
    judge.workspace(30);
    for (int i = 0; i < 30; i++) {
      judge.ask(POST, "C" + i, i);
    }
    assertThat(judge.violations()).isEmpty();
    judge.ask(POST, "C30", SECOND);
    assertThat(judge.violations())
        .singleElement()
        .satisfies(one -> assertThat(one.what()).contains("30 are allowed"));
    judge.ask(POST, "C31", 61 * SECOND);
    assertThat(judge.violations()).hasSize(1);
  }

  @Test
  void an_enforcing_judge_refuses() {
    judge.enforce();
    judge.ask(POST, "C1", 0);
    judge.ask(POST, "C1", 0);
    assertThat(judge.ask(POST, "C1", 0)).hasValue(1L);
  }
}
