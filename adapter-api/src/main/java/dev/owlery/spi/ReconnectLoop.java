package dev.owlery.spi;

import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.AccountState.Trouble;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way in which an account connects, and connects again: attempts on one supervised platform
 * thread, with a {@link Backoff} between them that begins again with its first pause only after the
 * account has been online for a minute. The time that an attempt has taken in vain is part of the
 * pause behind it, so that a network that was silent for a while is not waited for any longer. What
 * the network is like is the {@link ReconnectTarget}'s knowledge.
 *
 * <p>The loop ends when it is stopped or when an end is final, and for no other reason: whatever an
 * attempt throws, an {@link Error} included, is logged once with its stack, shown in the account's
 * state, and followed by the next attempt.
 *
 * <p>All states of the account are reported through the loop, in their order and one at a time, so
 * that the last one reported is always true. With the default pauses (half a second, up to half a
 * minute) a server that is down sees at most 12 attempts in 105 seconds.
 *
 * <p>Unless a method says otherwise it may be called from any thread.
 */
public final class ReconnectLoop {
  private static final Logger LOG = LoggerFactory.getLogger(ReconnectLoop.class);
  private static final Duration STABLE = Duration.ofMinutes(1);

  /** For what the last attempt has left to come to its end. */
  private static final Duration ENOUGH = Duration.ofMillis(500);

  /** What an adapter knows of its network. */
  public interface ReconnectTarget {

    /**
     * Where the account connects to.
     *
     * @return for a person, for example {@code irc.example.org:6697}
     */
    String place();

    /**
     * Connects, calls {@link ReconnectLoop#online()} as soon as the account is online, and returns
     * when the connection has ended. Called on the loop's thread.
     *
     * @return why it ended
     * @throws Exception if the network could not be reached or refuses the account; {@link
     *     #explain} is asked what that means
     * @throws InterruptedException if the account is closed
     */
    ConnectionEnd connect() throws Exception;

    /**
     * What a failure of {@link #connect} means. Not asked for unchecked exceptions and errors,
     * after which the loop always tries again. Called on the loop's thread.
     *
     * @param failure a checked exception
     * @return in words for a person, and whether it is final
     */
    ConnectionEnd explain(Exception failure);

    /**
     * Tidies up after an attempt, before its end is reported. Called on the loop's thread.
     *
     * @param end how it ended
     */
    default void ended(ConnectionEnd end) {}

    /**
     * What to show while the account is online.
     *
     * @return one line for a person
     */
    String onlineDetail();
  }

  /** The time, as the loop sees it. */
  interface LoopTime {
    /** Since some moment in the past, in nanoseconds. */
    long nanos();

    /** Waits; returns true as soon as the loop is stopped. */
    boolean isStoppedWithin(Duration pause, CountDownLatch stopped) throws InterruptedException;
  }

  private static final class SystemTime implements LoopTime {
    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public boolean isStoppedWithin(Duration pause, CountDownLatch stopped)
        throws InterruptedException {
      return stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private final String name;
  private final Backoff backoff;
  private final ReconnectTarget connection;
  private final Consumer<AccountState> report;
  private final LoopTime time;
  private final SupervisedThread thread;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** The states in their order. No lock is held while one is reported: that may wait. */
  private final SerialExecutor reports;

  /** Written under this. */
  private volatile Phase phase = Phase.CONNECTING;

  /** Guarded by this. */
  private @Nullable Long onlineSince;

  /** Belongs to the loop's thread. */
  private String lastFault = "";

  /** What the last attempt has failed by. Belongs to the loop's thread. */
  private Optional<Trouble> trouble = Optional.empty();

  /** When the pause behind the attempt begins. Belongs to the loop's thread. */
  private long pauseBegins;

  /**
   * A loop that is not started yet.
   *
   * @param name the thread's name, which the log shows, for example {@code irc-libera}
   * @param first the first pause
   * @param longest what pauses grow to
   * @param connection what the adapter knows of its network
   * @param report takes the account's states, without rooms; called by one thread at a time, on
   *     whichever thread a state comes up, with no lock held: it may wait
   */
  public ReconnectLoop(
      String name,
      Duration first,
      Duration longest,
      ReconnectTarget connection,
      Consumer<AccountState> report) {
    this(
        name,
        new Backoff(first, longest, () -> ThreadLocalRandom.current().nextLong()),
        connection,
        report,
        new SystemTime());
  }

  ReconnectLoop(
      String name,
      Backoff backoff,
      ReconnectTarget connection,
      Consumer<AccountState> report,
      LoopTime time) {
    this.name = name;
    this.backoff = backoff;
    this.connection = connection;
    this.report = report;
    this.time = time;
    this.reports = new SerialExecutor(name);
    this.thread = new SupervisedThread(name, this::run);
  }

  /** Begins to connect. Only once. */
  public void start() {
    thread.start();
  }

  private void run() throws InterruptedException {
    while (!isStopped()) {
      tell(Phase.CONNECTING, "connecting to " + connection.place());
      pauseBegins = time.nanos();
      ConnectionEnd end = attempt();
      trouble = Optional.of(new Trouble(end.reason(), end.likelyPermanent()));
      if (end.isFinal() && !isStopped()) {
        tell(Phase.FAILED, end.reason() + "; not trying again");
        return;
      }
      Duration pause = pause();
      if (!isStopped()) {
        tell(Phase.CONNECTING, end.reason() + "; next attempt in " + seconds(pause));
      }
      if (isStoppedWithin(pause)) {
        break;
      }
    }
    tell(Phase.CLOSED, "closed");
  }

  private Duration pause() {
    Duration whole = backoff.next();
    Duration rest = whole.minusNanos(time.nanos() - pauseBegins);
    Duration least = whole.compareTo(ENOUGH) < 0 ? whole : ENOUGH;
    return rest.compareTo(least) < 0 ? least : rest;
  }

  /** The boundary for whatever ends a connection. */
  private ConnectionEnd attempt() {
    ConnectionEnd end;
    try {
      end = connect();
      lastFault = "";
    } catch (Throwable fault) {
      end = unforeseen(fault);
    }
    boolean wasOnline = offline();
    if (wasOnline && !end.isFinal()) {
      // What has worked a moment ago needs nobody's change.
      end = ConnectionEnd.retry(end.reason());
    }
    try {
      connection.ended(end);
    } catch (Throwable fault) {
      FaultLog.warn(LOG, "{}: tidying up after a connection failed", name, fault);
    }
    return end;
  }

  private ConnectionEnd connect() {
    try {
      return connection.connect();
    } catch (InterruptedException interrupted) {
      return ConnectionEnd.retry("the attempt was interrupted");
    } catch (RuntimeException fault) {
      throw fault;
    } catch (Exception failure) {
      return connection.explain(failure);
    }
  }

  /** The stack is logged once, not with each attempt that fails in the same way. */
  private ConnectionEnd unforeseen(Throwable fault) {
    String kind = fault.getClass().getSimpleName();
    if (!isStopped()) {
      if (lastFault.equals(kind)) {
        LOG.warn("{}: the connection ended by the same internal error again ({})", name, kind);
      } else {
        FaultLog.warn(LOG, "{}: the connection ended by an internal error", name, fault);
      }
    }
    lastFault = kind;
    return ConnectionEnd.retry("internal error (" + kind + "), see the log");
  }

  /** After a minute online earlier failures are forgotten. Returns whether it was online. */
  private synchronized boolean offline() {
    boolean wasOnline = onlineSince != null;
    if (onlineSince != null) {
      pauseBegins = time.nanos();
      if (pauseBegins - onlineSince >= STABLE.toNanos()) {
        backoff.reset();
      }
    }
    onlineSince = null;
    if (phase == Phase.ONLINE) {
      phase = Phase.CONNECTING;
    }
    return wasOnline;
  }

  private boolean isStoppedWithin(Duration pause) {
    try {
      return time.isStoppedWithin(pause, stopped);
    } catch (InterruptedException interrupted) {
      return isStopped();
    }
  }

  /**
   * Whether the loop was told to stop: a connection that was made meanwhile is of no use.
   *
   * @return true after {@link #stop} or {@link #fail}
   */
  public boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private static String seconds(Duration pause) {
    return String.format(Locale.ROOT, "%.1f s", pause.toMillis() / 1000.0);
  }

  /** For the loop's thread. */
  private void tell(Phase next, String detail) {
    note(next, () -> detail, trouble);
    reports.run();
  }

  /** A final state stays. Followed by {@code reports.run()}, without the lock. */
  private synchronized void note(Phase next, Supplier<String> detail, Optional<Trouble> reason) {
    if (phase == Phase.FAILED || phase == Phase.CLOSED) {
      return;
    }
    phase = next;
    reports.add(() -> report(next, detail, reason));
  }

  /** The boundary for whoever takes the states. */
  private void report(Phase next, Supplier<String> detail, Optional<Trouble> reason) {
    try {
      report.accept(new AccountState(next, detail.get(), Map.of(), reason));
    } catch (Throwable fault) {
      FaultLog.warn(LOG, "{}: a state could not be reported", name, fault);
    }
  }

  /** Reports that the account is online. For the thread that connects, or the one that reads. */
  public void online() {
    synchronized (this) {
      if (!isStopped()) {
        onlineSince = time.nanos();
        note(Phase.ONLINE, connection::onlineDetail, Optional.empty());
      }
    }
    reports.run();
  }

  /** Reports again what there is to show, such as other rooms; nothing while not online. */
  public void changed() {
    synchronized (this) {
      if (phase == Phase.ONLINE) {
        note(Phase.ONLINE, connection::onlineDetail, Optional.empty());
      }
    }
    reports.run();
  }

  /**
   * Whether the account is online. Quick: it waits for nobody who reports a state.
   *
   * @return true from {@link #online()} to the end of the connection
   */
  public boolean isOnline() {
    return phase == Phase.ONLINE;
  }

  /**
   * Gives up for good.
   *
   * @param reason one line for a person
   */
  public void fail(String reason) {
    note(Phase.FAILED, () -> reason, Optional.of(new Trouble(reason, true)));
    reports.run();
    stop();
    thread.interrupt();
  }

  /** Lets no further attempt begin. What is connected stays so until the adapter ends it. */
  public void stop() {
    stopped.countDown();
    thread.stop();
  }

  /**
   * Waits for the end of the loop after {@link #stop}, and interrupts it if it takes too long.
   * Waits at most half a second longer than asked to.
   *
   * @param patience how long the attempt that is running may take to end by itself
   */
  public void awaitEnd(Duration patience) {
    try {
      if (!thread.join(patience)) {
        thread.interrupt();
        boolean _ = thread.join(Duration.ofMillis(500));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
