package dev.owlery.core.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.AccountOnline;
import dev.owlery.api.event.Origin;
import dev.owlery.core.journal.EventAttempts;
import dev.owlery.core.journal.Journal.InboxEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** For what handlers of pending events wait. */
class AttemptMarksTest {

  /** Marks what is durable when somebody asks for it, which it notes. */
  private static final class Disk implements EventAttempts {
    private final List<String> marks = new ArrayList<>();
    private int waits;

    @Override
    public CompletionStage<Void> mark(long number, int count, String handler) {
      marks.add(number + " " + count + " " + handler);
      return new CompletableFuture<>() {
        @Override
        public Void get(long timeout, TimeUnit unit) {
          waits++;
          return null;
        }
      };
    }

    @Override
    public void takeBack(long number, int count) {
      marks.add(number + " back to " + count);
    }

    @Override
    public List<SetAsideEvent> dead(int limit) {
      return List.of();
    }

    @Override
    public Optional<SetAsideEvent> find(long number) {
      return Optional.empty();
    }

    @Override
    public void told(long number) {}

    @Override
    public CompletionStage<Optional<InboxEntry>> revive(long number) {
      return CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public CompletionStage<Boolean> forget(long number) {
      return CompletableFuture.completedStage(false);
    }
  }

  private final Disk disk = new Disk();

  @Test
  void anEventThatOnlyWaitedCostsOneWaitHoweverManyHandlersItHas() {
    handled(new AttemptMarks(disk, 9, Map.of()), 7);
    assertThat(disk.marks)
        .containsExactly("7 1 plugin a, x()", "7 1 plugin b, y()", "7 1 plugin c, z()");
    assertThat(disk.waits).isEqualTo(1);
  }

  @Test
  void ofASuspectEachHandlerIsDurableBeforeItRuns() {
    handled(new AttemptMarks(disk, 9, Map.of(7L, 1)), 7);
    assertThat(disk.marks)
        .containsExactly("7 2 plugin a, x()", "7 2 plugin b, y()", "7 2 plugin c, z()");
    assertThat(disk.waits).isEqualTo(3);
  }

  @Test
  void whatComesInNowIsNotMarked() {
    handled(new AttemptMarks(disk, 9, Map.of()), 10);
    assertThat(disk.marks).isEmpty();
  }

  private static void handled(AttemptMarks marks, long number) {
    InboxEntry entry =
        new InboxEntry(
            number,
            new AccountOnline(
                Origin.live("key", Instant.EPOCH), Conversation.ofAccount(new AccountId("net"))));
    marks.before(entry, "a", "x()");
    marks.before(entry, "b", "y()");
    marks.before(entry, "c", "z()");
    marks.finished(number);
  }
}
