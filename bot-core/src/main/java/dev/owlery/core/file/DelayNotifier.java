package dev.owlery.core.file;

import dev.owlery.api.file.Transfer;
import dev.owlery.api.file.Transfer.State;
import dev.owlery.core.schedule.Timers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which transfers do not get on, and says so: once for each, in the log and as an event.
 * Every method may be called from any thread; none waits.
 */
final class DelayNotifier {

  private static final Logger log = LoggerFactory.getLogger(DelayNotifier.class);
  private static final int SAME_FAILURES = 2;

  /** How long the other side may take to offer a file again. */
  private static final Duration PARKED = Duration.ofSeconds(20);

  /** What a server lets through at once before it slows down does not count. */
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  private static final Duration MEASURED = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final double MILLIS = 1_000;

  private final TransferTable book;
  private final Timers timers;
  private final EndNotifier news;
  private final Predicate<TransferAttempt> runs;
  private final Map<String, Failures> failures = new ConcurrentHashMap<>();
  private final Set<String> notified = ConcurrentHashMap.newKeySet();

  /** How often in a row a transfer failed for one reason. */
  private record Failures(String reason, int count) {
    Failures and(Failures next) {
      return new Failures(next.reason, next.reason.equals(reason) ? count + 1 : 1);
    }
  }

  /**
   * Makes it.
   *
   * @param runs whether an attempt still goes on
   */
  DelayNotifier(
      TransferTable book, Timers timers, EndNotifier news, Predicate<TransferAttempt> runs) {
    this.book = book;
    this.timers = timers;
    this.news = news;
    this.runs = runs;
  }

  /** An attempt has failed, and there will be another. */
  void failed(TransferRow waiting) {
    Failures now = new Failures(waiting.transfer().detail(), 1);
    if (failures.merge(waiting.id(), now, Failures::and).count() >= SAME_FAILURES) {
      notice(waiting);
    }
  }

  /** An attempt has failed, and only the other side can begin another. */
  void parked(TransferRow parked) {
    failed(parked);
    timers.schedule(
        PARKED, () -> book.find(parked.id()).filter(parked::equals).ifPresent(this::notice));
  }

  /** An attempt begins: after a while it is known how fast it is. */
  void begun(TransferAttempt attempt) {
    timers.schedule(
        WARM_UP,
        () -> {
          long before = attempt.moved();
          if (before > 0 && runs.test(attempt)) {
            timers.schedule(MEASURED, () -> measured(attempt, attempt.moved() - before));
          }
        });
  }

  private void measured(TransferAttempt attempt, long bytes) {
    Optional<TransferRow> row = book.find(attempt.id());
    if (bytes > 0 && row.isPresent() && runs.test(attempt)) {
      long left = row.get().transfer().file().size().orElse(0) - attempt.moved();
      Duration estimate = MEASURED.multipliedBy(Math.max(0, left)).dividedBy(bytes);
      if (estimate.compareTo(LONG) > 0) {
        String pace =
            "slow: %.1f kB/s, about %d more minutes"
                .formatted(
                    bytes / MILLIS / MEASURED.toSeconds(),
                    Math.max(1, estimate.plusSeconds(30).toMinutes()));
        notice(row.get().with(State.RUNNING, pace));
      }
    }
  }

  /** It moves again, or is over. */
  void forget(String id) {
    failures.remove(id);
  }

  /** It is over. */
  void ended(TransferRow row) {
    failures.remove(row.id());
    notified.remove(row.id());
    Transfer transfer = row.transfer();
    if (transfer.state() == State.FAILED) {
      log.info("{} is given up: {}", title(transfer), transfer.detail());
    }
  }

  private void notice(TransferRow row) {
    if (notified.add(row.id())) {
      Transfer transfer = row.transfer();
      log.info(
          "{} {}: {} (transfer {})",
          title(transfer),
          transfer.state() == State.RUNNING ? "is under way" : "waits",
          transfer.detail(),
          transfer.id());
      news.delayed(row, timers.clock().instant());
    }
  }

  private static String title(Transfer transfer) {
    boolean out = transfer.direction() == Transfer.Direction.OUT;
    return "the file "
        + transfer.file().name()
        + (out ? " to " : " from ")
        + transfer.where().address();
  }
}
