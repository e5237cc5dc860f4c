package dev.owlery.adapter.slack.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.adapter.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ConversationTasksTest {

  private static Outcome outcome(CompletableFuture<Outcome> of) throws Exception {
    return of.get(30, TimeUnit.SECONDS);
  }

  @Test
  void manyConversationsShareAFewThreads() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    List<CompletableFuture<Outcome>> all = new ArrayList<>();
    try (ConversationTasks lines = new ConversationTasks("slack-test")) {
      for (int i = 0; i < 300; i++) {
        all.add(
            lines
                .submit(
                    "C" + i,
                    () -> {
                      threads.add(Thread.currentThread());
                      try {
                        return go.await(30, TimeUnit.SECONDS)
                            ? Outcome.DELIVERED
                            : new Outcome.Doubtful("late");
                      } catch (InterruptedException stopped) {
                        return new Outcome.Doubtful("stopped");
                      }
                    })
                .toCompletableFuture());
      }
      go.countDown();
      for (CompletableFuture<Outcome> each : all) {
        assertThat(outcome(each)).isEqualTo(Outcome.DELIVERED);
      }
    }
    assertThat(threads).hasSizeLessThanOrEqualTo(64);
  }

  @Test
  void whatIsSaidInAConversationKeepsItsOrder() throws Exception {
    List<Integer> said = new ArrayList<>();
    List<CompletableFuture<Outcome>> all = new ArrayList<>();
    try (ConversationTasks lines = new ConversationTasks("slack-test")) {
      for (int i = 0; i < 500; i++) {
        int number = i;
        all.add(
            lines
                .submit(
                    "C1",
                    () -> {
                      said.add(number);
                      return Outcome.DELIVERED;
                    })
                .toCompletableFuture());
      }
      for (CompletableFuture<Outcome> each : all) {
        assertThat(outcome(each)).isEqualTo(Outcome.DELIVERED);
      }
      assertThat(said).hasSize(500).isSorted();
    }
  }

  @Test
  void aThreadThatCannotBeStartedDoesNotSilenceTheConversation() throws Exception {
    List<Runnable> started = new ArrayList<>();
    Executor exhaustedOnce =
        task -> {
          started.add(task);
          if (started.size() == 1) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          task.run();
        };
    try (ConversationTasks lines = new ConversationTasks(exhaustedOnce)) {
      assertThat(outcome(lines.submit("C1", () -> Outcome.DELIVERED).toCompletableFuture()))
          .isInstanceOf(Outcome.NotSent.class);
      assertThat(outcome(lines.submit("C1", () -> Outcome.DELIVERED).toCompletableFuture()))
          .isEqualTo(Outcome.DELIVERED);
    }
  }
}
