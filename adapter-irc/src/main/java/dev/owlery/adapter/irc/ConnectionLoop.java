package dev.owlery.adapter.irc;

import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.spi.Backoff;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.pircbotx.exception.IrcException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that connects, and connects again: after a pause that grows from half a second to
 * half a minute, with jitter, and begins anew once a connection has held for a minute. Where the
 * server will not have us until a person changes something, it stops and says so.
 *
 * <p>A server that is started again should have us back within seconds: in the first minutes after
 * a good connection the pauses stay short as long as nobody is there to be bothered by them.
 */
final class ConnectionLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLoop.class);
  private static final Duration STABLE = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(1_500);
  private static final Duration RESTART = Duration.ofMinutes(2);
  private static final Duration FORGIVEN = Duration.ofMinutes(10);
  private static final int MOST_DOUBLINGS = 7;

  private final IrcSettings settings;
  private final AdapterContext context;
  private final IrcRooms rooms;
  private final Dcc dcc;
  private final BiConsumer<Phase, String> report;
  private final Backoff backoff;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ScheduledExecutorService timer;
  private final Map<String, Kicks> kicks = new HashMap<>();
  private volatile @Nullable IrcSession session;
  private volatile boolean wasOnline;

  /** Belongs to the loop's thread. */
  private long lostAt = System.nanoTime();

  private record Kicks(int count, long lastAt) {}

  ConnectionLoop(
      IrcSettings settings,
      AdapterContext context,
      IrcRooms rooms,
      Dcc dcc,
      BiConsumer<Phase, String> report) {
    this.settings = settings;
    this.context = context;
    this.rooms = rooms;
    this.dcc = dcc;
    this.report = report;
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    this.backoff = new Backoff(settings.retry().first(), settings.retry().longest(), random);
    String name = "irc-" + context.account();
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name(name + "-timer").factory());
  }

  void start() {
    thread.start();
    // Not Duration.dividedBy, which needs BigDecimal and costs 20 ms of the start.
    repeat(
        Duration.ofMillis(Math.max(1, settings.ping().patience().toMillis() / 4)),
        IrcSession::watch);
    repeat(settings.retry().nick(), IrcSession::repair);
  }

  /** The boundary for what is done by the clock: it is logged, and done again the next time. */
  private void repeat(Duration pause, Consumer<IrcSession> task) {
    long millis = Math.clamp(pause.toMillis(), 10, 60_000);
    Runnable guarded =
        () -> {
          try {
            session().ifPresent(task);
          } catch (RuntimeException fault) {
            LOG.warn("looking after the connection failed", fault);
          }
        };
    var _ = timer.scheduleWithFixedDelay(guarded, millis, millis, TimeUnit.MILLISECONDS);
  }

  Optional<IrcSession> session() {
    return Optional.ofNullable(session);
  }

  /** The boundary for whatever ends a connection. */
  private void run() {
    while (closed.getCount() > 0) {
      report.accept(Phase.CONNECTING, "connecting to " + place());
      long begun = System.nanoTime();
      boolean nobodyIsThere = false;
      String trouble;
      try {
        connectOnce();
        trouble = "the connection ended";
      } catch (LoginRefused refused) {
        fail(Shown.trouble(refused));
        return;
      } catch (ConnectException refused) {
        trouble = Shown.trouble(refused);
        nobodyIsThere = true;
      } catch (IOException | IrcException ended) {
        trouble = Shown.trouble(ended);
      } catch (RuntimeException fault) {
        LOG.warn("the connection was given up for a fault of ours", fault);
        trouble = Shown.trouble(fault);
      }
      rooms.disconnected();
      if (System.nanoTime() - begun > STABLE.toNanos()) {
        backoff.reset();
      }
      if (pause(trouble, longestPause(nobodyIsThere))) {
        break;
      }
    }
    report.accept(Phase.CLOSED, "closed");
  }

  private Duration longestPause(boolean nobodyIsThere) {
    boolean restarting = nobodyIsThere || wasOnline;
    if (wasOnline) {
      wasOnline = false;
      lostAt = System.nanoTime();
    }
    return restarting && System.nanoTime() - lostAt < RESTART.toNanos()
        ? SHORT
        : settings.retry().longest();
  }

  private void fail(String reason) {
    rooms.disconnected();
    report.accept(Phase.FAILED, reason + "; not trying again");
  }

  private void connectOnce() throws IOException, IrcException {
    SocketConnector.Link link = new SocketConnector(settings).connect();
    try {
      IrcSession current = new IrcSession(settings, context, rooms, link, dcc, new Reporter());
      session = current;
      if (closed.getCount() > 0) {
        current.run();
      }
    } finally {
      session = null;
      link.abort();
    }
  }

  /** Waits; true if the account is closed. */
  private boolean pause(String trouble, Duration atMost) {
    Duration pause = backoff.next(atMost);
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
    return settings.host() + ":" + settings.port();
  }

  /** Says goodbye and stops; waits up to two seconds. */
  @Override
  public void close() {
    closed.countDown();
    timer.shutdownNow();
    session().ifPresent(IrcSession::quit);
    try {
      thread.join(Duration.ofSeconds(1));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells the core what the session tells us, and goes back into rooms. */
  private final class Reporter implements IrcSession.Listener {
    @Override
    public void online() {
      wasOnline = true;
      report.accept(Phase.ONLINE, whoAndWhere());
    }

    @Override
    public void changed() {
      if (session().map(IrcSession::isOnline).orElse(false)) {
        report.accept(Phase.ONLINE, whoAndWhere());
      }
    }

    private String whoAndWhere() {
      String nick = session().map(current -> current.facts().nick()).orElse(settings.nick());
      return Shown.line(nick) + " on " + place();
    }

    @Override
    public void kicked(String room) {
      long now = System.nanoTime();
      Kicks before = kicks.getOrDefault(room, new Kicks(0, now));
      int count = now - before.lastAt() > FORGIVEN.toNanos() ? 0 : before.count();
      kicks.put(room, new Kicks(count + 1, now));
      long pause = settings.retry().rejoin().toMillis() << Math.min(count, MOST_DOUBLINGS);
      try {
        var _ = timer.schedule(() -> rejoin(room), pause, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException closing) {
        // The account is being closed: there is nothing to come back to.
        return;
      }
    }

    private void rejoin(String room) {
      session().filter(IrcSession::isOnline).ifPresent(current -> current.rejoin(room));
    }
  }
}
