package dev.owlery.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections that take too long over the head of a request, or over reading an answer.
 * Jetty's own timeout begins anew with every byte, so a client that sends or takes one from time to
 * time could stay for ever.
 */
final class Deadlines
    implements Connection.Listener, HttpConfiguration.Customizer, LifeCycle.Listener {

  private static final Logger log = LoggerFactory.getLogger(Deadlines.class);

  private final long patience;

  /**
   * Since when a head has been awaited; connections whose request is being answered are not here.
   */
  private final Map<Connection, Long> waiting = new ConcurrentHashMap<>();

  private final Map<Connection, PacedAnswer> answers = new ConcurrentHashMap<>();

  private volatile boolean closing;

  Deadlines(Duration patience) {
    this.patience = patience.toNanos();
  }

  @Override
  public void lifeCycleStarted(LifeCycle started) {
    if (started instanceof Connector connector) {
      watch(connector.getScheduler());
    }
  }

  /** Looks from now on, until the scheduler ends. */
  private void watch(Scheduler scheduler) {
    try {
      closeLate(System.nanoTime());
    } catch (RuntimeException | Error fault) {
      log.warn("the deadline of HTTP requests failed; it is looked after again", fault);
    } finally {
      scheduler.schedule(() -> watch(scheduler), Math.max(1, patience / 8), TimeUnit.NANOSECONDS);
    }
  }

  private void closeLate(long now) {
    waiting.forEach((connection, since) -> {
      if (now - since > patience && waiting.remove(connection, since)) {
        connection.getEndPoint().close();
      }
    });
    answers.forEach((connection, answer) -> {
      if (answer.isLate(now) && answers.remove(connection, answer)) {
        connection.getEndPoint().close();
      }
    });
  }

  /**
   * Watches an answer while it is written: a client may take bytes so slowly that no write ends.
   */
  void watch(Request request, PacedAnswer answer) {
    answers.put(request.getConnectionMetaData().getConnection(), answer);
  }

  /** Closes what has no request under way, now and from now on. */
  void close() {
    closing = true;
    waiting.keySet().forEach(connection -> connection.getEndPoint().close());
  }

  @Override
  public void onOpened(Connection connection) {
    waiting.put(connection, System.nanoTime());
  }

  @Override
  public void onClosed(Connection connection) {
    waiting.remove(connection);
    answers.remove(connection);
  }

  /** The head is complete. */
  @Override
  public Request customize(Request request, HttpFields.Mutable headers) {
    Connection connection = request.getConnectionMetaData().getConnection();
    waiting.remove(connection);
    Request.addCompletionListener(request, fault -> awaitNext(connection));
    return request;
  }

  private void awaitNext(Connection connection) {
    answers.remove(connection);
    waiting.put(connection, System.nanoTime());
    if (closing) {
      connection.getEndPoint().close();
    }
    if (!connection.getEndPoint().isOpen()) {
      waiting.remove(connection);
    }
  }
}
