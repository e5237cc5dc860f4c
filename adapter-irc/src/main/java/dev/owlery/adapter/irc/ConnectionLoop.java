package dev.owlery.adapter.irc;

import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.spi.ConnectionEnd;
import dev.owlery.spi.NetworkFault;
import dev.owlery.spi.PeriodicTasks;
import dev.owlery.spi.ReconnectLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pircbotx.exception.IrcException;

/**
 * What the reconnect loop has to know of IRC: how to connect, which refusals are final, and what is
 * looked after while a connection holds. Where the server will not have us until a person changes
 * something, the account stops and says so.
 */
final class ConnectionLoop implements AutoCloseable {
  private static final Duration FORGIVEN = Duration.ofMinutes(10);
  private static final Duration GOODBYE = Duration.ofMillis(500);
  private static final int MOST_DOUBLINGS = 7;

  /** With the default pauses the last attempt is a quarter of a minute behind the first. */
  private static final int LOGINS = 6;

  private final IrcSettings settings;
  private final AdapterContext context;
  private final IrcRooms rooms;
  private final Dcc dcc;
  private final ReconnectLoop loop;
  private final PeriodicTasks timer;
  private final Map<String, Kicks> kicks = new HashMap<>();
  private volatile @Nullable IrcSession session;

  /** Logins in a row that were refused as services refuse that restart. */
  private final AtomicInteger refusedLogins = new AtomicInteger();

  private record Kicks(int count, long lastAt) {}

  ConnectionLoop(
      IrcSettings settings,
      AdapterContext context,
      IrcRooms rooms,
      Dcc dcc,
      Consumer<AccountState> report) {
    this.settings = settings;
    this.context = context;
    this.rooms = rooms;
    this.dcc = dcc;
    String name = "irc-" + context.account();
    IrcSettings.Retry retry = settings.retry();
    this.loop = new ReconnectLoop(name, retry.first(), retry.longest(), new Server(), report);
    this.timer = new PeriodicTasks(name + "-timer");
  }

  void start() {
    loop.start();
    // Not Duration.dividedBy, which needs BigDecimal and costs 20 ms of the start.
    repeat(settings.ping().patience().toMillis() / 4, IrcSession::watch);
    repeat(settings.retry().nick().toMillis(), IrcSession::repair);
  }

  private void repeat(long millis, Consumer<IrcSession> task) {
    timer.every(Duration.ofMillis(Math.clamp(millis, 10, 60_000)), () -> session().ifPresent(task));
  }

  Optional<IrcSession> session() {
    return Optional.ofNullable(session);
  }

  /** Says goodbye and stops; waits up to two seconds. */
  @Override
  public void close() {
    loop.stop();
    timer.close();
    session().ifPresent(IrcSession::quit);
    loop.awaitEnd(GOODBYE);
  }

  /** What the loop asks. */
  private final class Server implements ReconnectLoop.ReconnectTarget {
    @Override
    public String place() {
      return settings.host() + ":" + settings.port();
    }

    @Override
    public ConnectionEnd connect() throws IOException, IrcException {
      SocketConnector.OpenSockets link = new SocketConnector(settings).connect();
      try {
        IrcSession current =
            new IrcSession(settings, context, rooms, link, dcc, new SessionReporter());
        session = current;
        if (!loop.isStopped()) {
          current.run();
        }
        return ConnectionEnd.retry("the connection ended");
      } finally {
        session = null;
        link.abort();
      }
    }

    @Override
    public ConnectionEnd explain(Exception failure) {
      if (failure instanceof LoginRefusedException refused) {
        return refused(refused);
      }
      return NetworkFault.explain(failure, place())
          .map(ConnectionEnd::likelyPermanent)
          .orElseGet(() -> unexplained(IrcErrorText.trouble(failure)));
    }

    private ConnectionEnd unexplained(String reason) {
      boolean isCut =
          reason.equals(IrcSession.CLOSED_BY_SERVER)
              || reason.equals(IrcSession.BROKE_WHILE_WRITING);
      return isCut && settings.tls() == IrcSettings.Tls.OFF && !loop.isOnline()
          ? ConnectionEnd.likelyPermanent(
              reason
                  + " before the login: perhaps the port is for TLS, and tls = off; take tls ="
                  + " required, or the server's port without TLS")
          : ConnectionEnd.retry(reason);
    }

    private ConnectionEnd refused(LoginRefusedException refused) {
      String trouble = IrcErrorText.trouble(refused);
      if (!refused.mayPass()) {
        return ConnectionEnd.giveUp(trouble);
      }
      int refusals = refusedLogins.incrementAndGet();
      return refusals < LOGINS
          ? ConnectionEnd.retry(trouble + " (perhaps services are restarting)")
          : ConnectionEnd.giveUp(trouble + " (refused " + refusals + " times)");
    }

    @Override
    public void ended(ConnectionEnd end) {
      rooms.disconnected();
    }

    @Override
    public String onlineDetail() {
      Optional<SessionFacts> facts = session().map(IrcSession::facts);
      String nick = facts.map(SessionFacts::nick).orElse(settings.nick());
      boolean hasHistory = facts.map(SessionFacts::canReplay).orElse(true);
      return IrcErrorText.line(nick)
          + " on "
          + place()
          + (hasHistory ? "" : "; no history: what is said while the bot is away is lost");
    }
  }

  /** Tells the loop what the session tells us, and goes back into rooms. */
  private final class SessionReporter implements IrcSession.SessionListener {
    @Override
    public void online() {
      refusedLogins.set(0);
      loop.online();
    }

    @Override
    public void changed() {
      loop.changed();
    }

    @Override
    public void kicked(String room) {
      long now = System.nanoTime();
      Kicks before = kicks.getOrDefault(room, new Kicks(0, now));
      int count = now - before.lastAt() > FORGIVEN.toNanos() ? 0 : before.count();
      kicks.put(room, new Kicks(count + 1, now));
      long pause = settings.retry().rejoin().toMillis() << Math.min(count, MOST_DOUBLINGS);
      timer.after(Duration.ofMillis(pause), () -> rejoin(room));
    }

    private void rejoin(String room) {
      session().filter(IrcSession::isOnline).ifPresent(current -> current.rejoin(room));
    }
  }
}
