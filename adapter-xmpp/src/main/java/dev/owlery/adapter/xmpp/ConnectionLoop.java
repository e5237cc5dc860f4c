package dev.owlery.adapter.xmpp;

import dev.owlery.adapter.xmpp.chat.SessionParts;
import dev.owlery.adapter.xmpp.chat.XmppSession;
import dev.owlery.adapter.xmpp.link.XmppSettings;
import dev.owlery.adapter.xmpp.text.XmppErrorText;
import dev.owlery.adapter.xmpp.wire.ConnectionErrors;
import dev.owlery.adapter.xmpp.wire.LoginRefusedException;
import dev.owlery.adapter.xmpp.wire.OtherHost;
import dev.owlery.api.adapter.AccountState;
import dev.owlery.spi.ConnectionEnd;
import dev.owlery.spi.PeriodicTasks;
import dev.owlery.spi.ReconnectLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What the reconnect loop has to know of XMPP: how to connect, which refusals are final, and what
 * is looked after while a connection holds. An interrupted stream is resumed if the server lets us.
 * Where it will not have us until a person changes something, the account stops and says so.
 */
final class ConnectionLoop implements AutoCloseable {
  private static final Duration WRITE = Duration.ofSeconds(10);
  private static final Duration GOODBYE = Duration.ofMillis(500);

  private final SessionParts parts;
  private final ReconnectLoop loop;
  private final PeriodicTasks timer;
  private final AtomicReference<XmppSession> session = new AtomicReference<>();

  /** Belongs to the timer. */
  private int skippedReported;

  ConnectionLoop(SessionParts parts, Consumer<AccountState> report) {
    this.parts = parts;
    String name = "xmpp-" + parts.context().account();
    XmppSettings.Retry retry = parts.settings().retry();
    this.loop = new ReconnectLoop(name, retry.first(), retry.longest(), new Server(), report);
    this.timer = new PeriodicTasks(name + "-timer");
  }

  void start() {
    loop.start();
    long patience = parts.settings().ping().patience().toMillis();
    timer.every(Duration.ofMillis(Math.clamp(patience / 4, 10, 250)), this::watch);
    timer.every(WRITE, parts.marks()::write);
  }

  private void watch() {
    XmppSession current = session.get();
    if (current != null) {
      current.watch();
      if (current.skipped() != skippedReported) {
        skippedReported = current.skipped();
        changed();
      }
    }
  }

  Optional<XmppSession> session() {
    return Optional.ofNullable(session.get());
  }

  /** Rooms have been entered or left. */
  void changed() {
    if (session().filter(XmppSession::isOnline).isPresent()) {
      loop.changed();
    }
  }

  /** Says goodbye and stops; waits up to two seconds. */
  @Override
  public void close() {
    loop.stop();
    timer.close();
    session().ifPresent(XmppSession::quit);
    loop.awaitEnd(GOODBYE);
    parts.marks().write();
  }

  /** What the loop asks. */
  private final class Server implements ReconnectLoop.ReconnectTarget {
    @Override
    public String place() {
      XmppSettings settings = parts.settings();
      return parts
          .otherHost()
          .next()
          .map(OtherHost.RedirectTarget::toString)
          .or(() -> settings.host().map(host -> host + ":" + settings.port()))
          .orElseGet(() -> parts.identity().own().getDomain().toString());
    }

    @Override
    public ConnectionEnd connect() throws IOException, InterruptedException {
      XmppSession current = session.get();
      if (current == null || !current.canBeResumed()) {
        parts.rooms().disconnected();
        session().ifPresent(before -> before.giveUp("the connection ended"));
        current = new XmppSession(parts);
        session.set(current);
      } else {
        current.settle();
      }
      return ConnectionEnd.retry(current.run(this::online));
    }

    private void online() {
      parts.otherHost().arrived();
      loop.online();
    }

    @Override
    public ConnectionEnd explain(Exception failure) {
      if (failure instanceof LoginRefusedException) {
        return ConnectionEnd.giveUp(XmppErrorText.trouble(failure));
      }
      return parts
          .otherHost()
          .sentBy(failure)
          .map(ConnectionEnd::retry)
          .orElseGet(() -> ConnectionErrors.end(failure, place()));
    }

    /** The rooms of a stream that may yet be resumed are not left. */
    @Override
    public void ended(ConnectionEnd end) {
      if (end.isFinal()) {
        parts.rooms().disconnected();
      }
    }

    @Override
    public String onlineDetail() {
      StringBuilder line = new StringBuilder();
      session().ifPresent(current -> describe(current, line));
      return XmppErrorText.line(line.toString());
    }

    private void describe(XmppSession current, StringBuilder line) {
      line.append(current.connection().getUser()).append("; ").append(current.features().summary());
      parts
          .extensions()
          .forEach(
              extension -> extension.details().forEach(detail -> line.append("; ").append(detail)));
      if (current.skipped() > 0) {
        line.append("; ").append(current.skipped()).append(" malformed stanzas skipped");
      }
    }
  }
}
