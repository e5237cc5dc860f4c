package dev.owlery.adapter.slack;

import dev.owlery.adapter.slack.api.SlackErrors;
import dev.owlery.adapter.slack.api.SlackSettings;
import dev.owlery.adapter.slack.chat.Login;
import dev.owlery.adapter.slack.delivery.EventTransport;
import dev.owlery.adapter.slack.delivery.EventTransport.Ended;
import dev.owlery.adapter.slack.delivery.EventTransport.EventTransportException;
import dev.owlery.api.adapter.AccountState;
import dev.owlery.spi.ConnectionEnd;
import dev.owlery.spi.ReconnectLoop;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What the reconnect loop has to know of Slack: how to log in, and which refusals are final. Where
 * Slack will not have us until a person changes something, the account stops and says so.
 */
public final class ConnectionLoop implements AutoCloseable {
  private final Login login;
  private final EventTransport carrier;
  private final ReconnectLoop loop;

  ConnectionLoop(
      String name,
      SlackSettings.Retry retry,
      Login login,
      EventTransport carrier,
      Consumer<AccountState> report) {
    this.login = login;
    this.carrier = carrier;
    this.loop =
        new ReconnectLoop("slack-" + name, retry.first(), retry.longest(), new Slack(), report);
  }

  void start() {
    loop.start();
  }

  boolean isOnline() {
    return loop.isOnline();
  }

  /** Tells the rooms as they are now. */
  void tell() {
    loop.changed();
  }

  /** Gives up for good, from any thread. */
  void fail(String reason) {
    loop.fail(reason);
  }

  @Override
  public void close() {
    loop.stop();
    loop.awaitEnd(Duration.ZERO);
    carrier.close();
  }

  /** What the loop asks. */
  private final class Slack implements ReconnectLoop.ReconnectTarget {
    @Override
    public String place() {
      return "Slack";
    }

    @Override
    public ConnectionEnd connect() throws EventTransportException, InterruptedException {
      login.logIn();
      login.connectAndCatchUp(carrier);
      loop.online();
      login.whenOnline();
      return end(carrier.carry());
    }

    @Override
    public ConnectionEnd explain(Exception failure) {
      return failure instanceof EventTransportException known
          ? end(known.ended())
          : ConnectionEnd.retry(SlackErrors.line(failure));
    }

    private ConnectionEnd end(Ended ended) {
      return new ConnectionEnd(ended.reason(), ended.isFinal(), ended.likelyPermanent());
    }

    @Override
    public String onlineDetail() {
      String missing = login.restrictions();
      return login.whoAndWhere()
          + " "
          + carrier.place()
          + (missing.isEmpty() ? "" : "; " + missing);
    }
  }
}
