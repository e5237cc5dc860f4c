package dev.owlery.adapter.slack;

import dev.owlery.adapter.slack.Carrier.CarrierException;
import dev.owlery.adapter.slack.Carrier.Ended;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.spi.Backoff;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that connects, and connects again: after a pause that grows, with jitter, and
 * begins anew once a connection has held for a minute. Where Slack will not have us until a person
 * changes something, it stops and says so.
 */
final class ConnectionLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLoop.class);
  private static final Duration STABLE = Duration.ofSeconds(60);

  private final Login login;
  private final Carrier carrier;
  private final BiConsumer<Phase, String> report;
  private final Backoff backoff;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean online;
  private volatile boolean failed;

  ConnectionLoop(
      String name,
      SlackSettings.Retry retry,
      Login login,
      Carrier carrier,
      BiConsumer<Phase, String> report) {
    this.login = login;
    this.carrier = carrier;
    this.report = report;
    this.backoff =
        new Backoff(retry.first(), retry.longest(), () -> ThreadLocalRandom.current().nextLong());
    this.thread = Thread.ofPlatform().daemon().name("slack-" + name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  boolean isOnline() {
    return online;
  }

  /** Tells the rooms as they are now. */
  synchronized void tell() {
    if (online) {
      report.accept(Phase.ONLINE, login.whoAndWhere() + " " + carrier.place());
    }
  }

  /** Together with what it means for {@link #tell}: news of the rooms never undo it. */
  private synchronized void offline(Phase phase, String detail) {
    online = false;
    report.accept(phase, detail);
  }

  /** The boundary for whatever ends a connection. */
  private void run() {
    report.accept(Phase.CONNECTING, "connecting to Slack");
    try {
      while (!isClosed()) {
        long begun = System.nanoTime();
        Ended ended = once();
        if (ended.isFinal() && !isClosed()) {
          offline(Phase.FAILED, ended.reason() + "; not trying again");
          return;
        }
        if (System.nanoTime() - begun > STABLE.toNanos()) {
          backoff.reset();
        }
        Duration pause = backoff.next();
        if (!isClosed()) {
          report.accept(Phase.CONNECTING, ended.reason() + "; next attempt in " + seconds(pause));
        }
        if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    if (!failed) {
      offline(Phase.CLOSED, "closed");
    }
  }

  private Ended once() throws InterruptedException {
    try {
      login.logIn();
      login.connectAndCatchUp(carrier);
      online = true;
      tell();
      login.whenOnline();
      return carrier.carry();
    } catch (CarrierException failed) {
      return failed.ended();
    } catch (RuntimeException fault) {
      if (!isClosed()) {
        LOG.warn("the connection was given up for a fault of ours", fault);
      }
      return new Ended("a fault of ours: " + Complaints.line(fault), false);
    }
  }

  private static String seconds(Duration pause) {
    return String.format(java.util.Locale.ROOT, "%.1f s", pause.toMillis() / 1000.0);
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Gives up for good, from any thread. */
  void fail(String reason) {
    failed = true;
    closed.countDown();
    thread.interrupt();
    offline(Phase.FAILED, reason);
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      boolean _ = !thread.isAlive() || thread.join(Duration.ofSeconds(1));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    carrier.close();
  }
}
