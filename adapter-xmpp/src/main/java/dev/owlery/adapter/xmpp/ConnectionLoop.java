package dev.owlery.adapter.xmpp;

import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.spi.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that connects, and connects again: after a pause that grows from half a second to
 * half a minute, with jitter, and begins anew once a connection has held for a minute. An
 * interrupted stream is resumed if the server lets us. Where it will not have us until a person
 * changes something, it stops and says so.
 *
 * <p>A server that is started again should have us back within seconds: in the first minutes after
 * a good connection the pauses stay short.
 */
final class ConnectionLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLoop.class);
  private static final Duration STABLE = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(1_500);
  private static final Duration RESTART = Duration.ofMinutes(2);
  private static final Duration WRITE = Duration.ofSeconds(10);

  private final SessionParts parts;
  private final BiConsumer<Phase, String> report;
  private final Backoff backoff;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ScheduledExecutorService timer;
  private volatile @Nullable XmppSession session;
  private volatile boolean wasOnline;

  /** Belongs to the timer. */
  private int skippedReported;

  /** Belongs to the loop's thread. */
  private long lostAt = System.nanoTime() - RESTART.toNanos();

  ConnectionLoop(SessionParts parts, BiConsumer<Phase, String> report) {
    this.parts = parts;
    this.report = report;
    XmppSettings.Retry retry = parts.settings().retry();
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    this.backoff = new Backoff(retry.first(), retry.longest(), random);
    String name = "xmpp-" + parts.context().account();
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name(name + "-timer").factory());
  }

  void start() {
    thread.start();
    long patience = parts.settings().ping().patience().toMillis();
    repeat(Math.clamp(patience / 4, 10, 250), this::watch);
    repeat(WRITE.toMillis(), parts.marks()::write);
  }

  private void watch() {
    XmppSession current = session;
    if (current != null) {
      current.watch();
      if (current.skipped() != skippedReported) {
        skippedReported = current.skipped();
        changed();
      }
    }
  }

  /** The boundary for what is done by the clock: it is logged, and done again the next time. */
  private void repeat(long millis, Runnable task) {
    Runnable guarded =
        () -> {
          try {
            task.run();
          } catch (RuntimeException fault) {
            LOG.warn("looking after the connection failed", fault);
          }
        };
    var _ = timer.scheduleWithFixedDelay(guarded, millis, millis, TimeUnit.MILLISECONDS);
  }

  Optional<XmppSession> session() {
    return Optional.ofNullable(session);
  }

  /** Rooms have been entered or left. */
  void changed() {
    session().filter(XmppSession::isOnline).ifPresent(this::reportOnline);
  }

  private void reportOnline(XmppSession current) {
    StringBuilder line = new StringBuilder();
    line.append(current.connection().getUser()).append("; ").append(current.features().summary());
    parts
        .extensions()
        .forEach(
            extension -> extension.details().forEach(detail -> line.append("; ").append(detail)));
    if (current.skipped() > 0) {
      line.append("; ").append(current.skipped()).append(" malformed stanzas skipped");
    }
    report.accept(Phase.ONLINE, Shown.line(line.toString()));
  }

  /** The boundary for whatever ends a connection. */
  private void run() {
    while (closed.getCount() > 0) {
      report.accept(Phase.CONNECTING, "connecting to " + place());
      long begun = System.nanoTime();
      String trouble;
      try {
        trouble = connectOnce();
      } catch (LoginRefused refused) {
        parts.rooms().disconnected();
        report.accept(Phase.FAILED, Shown.trouble(refused) + "; not trying again");
        return;
      } catch (IOException broken) {
        trouble = Shown.trouble(broken);
      } catch (InterruptedException stopped) {
        break;
      } catch (RuntimeException fault) {
        LOG.warn("the connection was given up for a fault of ours", fault);
        trouble = Shown.trouble(fault);
      }
      if (System.nanoTime() - begun > STABLE.toNanos()) {
        backoff.reset();
      }
      if (pause(trouble)) {
        break;
      }
    }
    report.accept(Phase.CLOSED, "closed");
  }

  private String connectOnce() throws IOException, InterruptedException {
    XmppSession current = session;
    if (current == null || !current.canBeResumed()) {
      parts.rooms().disconnected();
      session().ifPresent(XmppSession::giveUp);
      current = new XmppSession(parts);
      session = current;
    } else {
      current.settle();
    }
    XmppSession running = current;
    return running.run(() -> {
      wasOnline = true;
      reportOnline(running);
    });
  }

  /** Waits; true if the account is closed. */
  private boolean pause(String trouble) {
    if (wasOnline) {
      wasOnline = false;
      lostAt = System.nanoTime();
      backoff.reset();
    }
    boolean mayBeRestarting = System.nanoTime() - lostAt < RESTART.toNanos();
    Duration pause = backoff.next(mayBeRestarting ? SHORT : parts.settings().retry().longest());
    if (closed.getCount() > 0) {
      report.accept(Phase.CONNECTING, trouble + "; next attempt in " + Shown.seconds(pause));
    }
    try {
      return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private String place() {
    XmppSettings settings = parts.settings();
    return settings
        .host()
        .map(host -> host + ":" + settings.port())
        .orElseGet(() -> parts.identity().own().getDomain().toString());
  }

  /** Says goodbye and stops; waits up to two seconds. */
  @Override
  public void close() {
    closed.countDown();
    timer.shutdownNow();
    session().ifPresent(XmppSession::quit);
    try {
      if (!thread.join(Duration.ofMillis(500))) {
        thread.interrupt();
        boolean _ = thread.join(Duration.ofMillis(500));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    parts.marks().write();
  }
}
