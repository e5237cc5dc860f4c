package dev.owlery.benchmarks.journal;

import com.sun.management.OperatingSystemMXBean;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import dev.owlery.core.journal.Durability;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.Journal.InboxEntry;
import dev.owlery.core.journal.Journal.JournalWork;
import dev.owlery.core.journal.Journal.NewAction;
import dev.owlery.core.journal.Journal.OutboxEntry;
import dev.owlery.core.journal.MemoryJournal;
import dev.owlery.core.journal.SqliteJournal;
import dev.owlery.core.outbox.Outbox;
import dev.owlery.core.outbox.OutboxListener;
import dev.owlery.core.outbox.OutboxSettings;
import dev.owlery.core.schedule.SystemTimers;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One answered command as the journal and the outbox see it: an event is recorded; on a virtual
 * thread its work is committed, with one reply; the reply departs to an adapter that settles it at
 * once. Prints commands per second, and processor time per command, for each durability.
 *
 * <p>Arguments: how many commands (200,000), how many may be under way at once (64), which
 * durability (all).
 */
public final class CommandsThroughJournal {

  private static final AccountId ACCOUNT = new AccountId("here");
  private static final Conversation ROOM = Conversation.room(ACCOUNT, "#owls");
  private static final int ROUNDS = 4;

  private final Journal journal;
  private final Outbox outbox;
  private final int count;
  private final Semaphore underway;
  private final int width;
  private final ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor();

  private CommandsThroughJournal(Journal journal, Outbox outbox, int count, int width) {
    this.journal = journal;
    this.outbox = outbox;
    this.count = count;
    this.width = width;
    this.underway = new Semaphore(width);
  }

  /**
   * Runs the measurement.
   *
   * @param arguments see the class
   * @throws Exception if a journal cannot be made
   */
  public static void main(String[] arguments) throws Exception {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
    int width = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 64;
    List<Durability> which =
        arguments.length > 2
            ? List.of(Durability.valueOf(arguments[2].toUpperCase(Locale.ROOT)))
            : List.of(Durability.values());
    for (Durability durability : which) {
      Path directory = Files.createTempDirectory("owlery-bench");
      try (Journal journal = open(directory, durability);
          SystemTimers timers = new SystemTimers();
          Outbox outbox = outbox(journal, timers)) {
        journal.recover();
        var race = new CommandsThroughJournal(journal, outbox, count, width);
        for (int round = 1; round <= ROUNDS; round++) {
          race.run(durability, round);
        }
        race.lanes.close();
      }
    }
  }

  private static Journal open(Path directory, Durability durability) {
    return durability == Durability.OFF
        ? new MemoryJournal(Clock.systemUTC())
        : SqliteJournal.open(directory, durability, Clock.systemUTC());
  }

  private static Outbox outbox(Journal journal, SystemTimers timers) {
    OutboxListener nobody =
        new OutboxListener() {
          @Override
          public void dead(OutboxEntry entry, String reason) {
            throw new IllegalStateException(reason);
          }

          @Override
          public void refused(OutboxEntry entry, Receipt receipt) {
            throw new IllegalStateException(receipt.toString());
          }
        };
    OutboxSettings settings = new OutboxSettings(100_000, 10, Duration.ofHours(1), true);
    Outbox outbox = new Outbox(journal, timers, settings, nobody);
    outbox.attach(
        ACCOUNT,
        new EchoingAdapter(ROOM, outgoing -> CompletableFuture.completedFuture(Outcome.DELIVERED)));
    outbox.online(ACCOUNT);
    return outbox;
  }

  private void run(Durability durability, int round) throws InterruptedException {
    var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long begun = System.nanoTime();
    long used = machine.getProcessCpuTime();
    for (int i = 0; i < count; i++) {
      underway.acquire();
      var recorded = journal.record(event(i), this::answer);
      recorded.whenComplete((isNew, failure) -> check(failure));
    }
    underway.acquire(width);
    underway.release(width);
    long took = System.nanoTime() - begun;
    System.out.printf(
        Locale.ROOT,
        "durability %-5s round %d: %,8.0f commands/s, %.1f us of processor each%n",
        durability,
        round,
        count * 1e9 / took,
        (machine.getProcessCpuTime() - used) / 1e3 / count);
  }

  private void answer(InboxEntry entry) {
    lanes.execute(() -> {
      Say reply = new Say(ROOM, Content.of("hoo hoo"));
      boolean handed = outbox.open(ACCOUNT);
      JournalWork work =
          new JournalWork(
              Optional.of(entry.number()), List.of(), List.of(new NewAction(reply, handed)));
      journal.commit(work, this::depart).whenComplete((done, failure) -> check(failure));
    });
  }

  private void depart(List<OutboxEntry> entries) {
    outbox.enqueue(entries.getFirst(), receipt -> underway.release());
  }

  private static void check(@Nullable Throwable failure) {
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  private static ChatEvent event(int number) {
    return new MessagePosted(
        Origin.live(UUID.randomUUID().toString(), Instant.now()),
        ROOM,
        Member.unverified("alice"),
        Content.of("!echo hoo hoo " + number),
        Tone.NORMAL,
        Optional.empty(),
        Optional.empty());
  }
}
