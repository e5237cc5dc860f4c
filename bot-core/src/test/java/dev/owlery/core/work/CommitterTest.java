package dev.owlery.core.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.core.account.Accounts;
import dev.owlery.core.journal.Durability;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.SqliteJournal;
import dev.owlery.core.outbox.Nobody;
import dev.owlery.core.outbox.Outbox;
import dev.owlery.core.outbox.OutboxSettings;
import dev.owlery.core.schedule.SystemTimers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommitterTest {

  @TempDir private Path folder;

  @Test
  void whatIsOnItsWayIntoTheJournalIsNotAtRest() throws InterruptedException {
    try (SystemTimers timers = new SystemTimers();
        Journal journal = SqliteJournal.open(folder, Durability.CRASH, Clock.systemUTC())) {
      journal.recover();
      Committer committer = committer(journal, timers);
      CountDownLatch writing = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      committer.commit(
          Optional.empty(),
          List.of(note("one")),
          () -> {
            writing.countDown();
            await(goOn);
          });
      writing.await();
      committer.commit(Optional.empty(), List.of(note("two")));
      assertThat(committer.idle()).isFalse();

      goOn.countDown();
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (!committer.idle() && System.nanoTime() < deadline) {
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(committer.idle()).isTrue();
      assertThat(journal.value("test", "two")).contains("done");
    }
  }

  private static Committer committer(Journal journal, SystemTimers timers) {
    OutboxSettings limits = new OutboxSettings(1_000, 5, Duration.ofHours(24), true);
    Outbox outbox = new Outbox(journal, timers, limits, new Nobody());
    return new Committer(journal, outbox, new Accounts(), timers, say -> true);
  }

  private static UnitOfWork note(String key) {
    UnitOfWork unit = new UnitOfWork();
    unit.write("test", key, Optional.of("done"));
    return unit;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
