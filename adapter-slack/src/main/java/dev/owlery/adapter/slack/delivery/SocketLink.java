package dev.owlery.adapter.slack.delivery;

import com.google.gson.JsonObject;
import dev.owlery.adapter.slack.api.SlackErrors;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.api.slack.SlackNotation;
import dev.owlery.spi.EngineThreads;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of Socket Mode. Envelopes are taken one after the other by a thread of the link's
 * own, and acknowledged when they are recorded. A limited number may wait for that thread, and be
 * on its way to the record; beyond that nothing more is read.
 */
final class SocketLink implements WebSocket.Listener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SocketLink.class);
  private static final int MOST_UNDER_WAY = 256;
  private static final int MOST_WAITING = 1_000;
  private static final int LONGEST_MESSAGE = 4 << 20;
  private static final Duration GOODBYE = Duration.ofMillis(500);

  /** What becomes of a connection. */
  sealed interface SocketMessage {
    /** It works; {@code app} is the app's id, if Slack says it. */
    record Hello(String app) implements SocketMessage {}

    /** Slack wants another connection in its place. */
    record Refresh(String why) implements SocketMessage {}

    /** Socket Mode was switched off. */
    record Disabled() implements SocketMessage {}

    /** It is over. */
    record Closed(String why) implements SocketMessage {}
  }

  private final Deliveries deliveries;
  private final BlockingQueue<SocketMessage> news = new LinkedBlockingQueue<>();
  private final Semaphore underWay = new Semaphore(MOST_UNDER_WAY);
  private final StringBuilder text = new StringBuilder();
  private final BlockingQueue<JsonObject> waiting = new LinkedBlockingQueue<>();
  private final Thread taker = EngineThreads.unstarted("slack-envelopes", this::takeAll);
  private boolean paused;
  private volatile boolean closing;
  private volatile @Nullable WebSocket socket;
  private volatile long heardAt = System.nanoTime();
  private CompletableFuture<?> sending = CompletableFuture.completedFuture(true);

  SocketLink(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  /** Waits for something to become of it. */
  Optional<SocketMessage> next(Duration patience) throws InterruptedException {
    return Optional.ofNullable(news.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** For how long nothing has come. */
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - heardAt);
  }

  void ping() {
    send(open -> open.sendPing(ByteBuffer.allocate(0)));
  }

  /** The connection could not be opened. */
  void failed(Throwable why) {
    news.add(new SocketMessage.Closed("no connection: " + SlackErrors.line(why)));
  }

  @Override
  public void onOpen(WebSocket opened) {
    socket = opened;
    taker.start();
    heard(opened);
  }

  /** Control frames come behind the messages: as long as there is room, reading goes on. */
  private void heard(WebSocket from) {
    heardAt = System.nanoTime();
    synchronized (waiting) {
      paused = waiting.size() >= MOST_WAITING;
      if (!paused) {
        from.request(1);
      }
    }
  }

  private void takeAll() {
    try {
      while (!closing) {
        JsonObject envelope = waiting.take();
        synchronized (waiting) {
          WebSocket open = socket;
          if (paused && open != null) {
            paused = false;
            open.request(1);
          }
        }
        take(envelope);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (Throwable fault) {
      // Without this thread nothing is taken any more, so the connection is given up.
      news.add(
          new SocketMessage.Closed("internal error (" + fault.getClass().getSimpleName() + ")"));
      throw fault;
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    if (text.length() + part.length() > LONGEST_MESSAGE) {
      news.add(new SocketMessage.Closed("a message was too long"));
      from.abort();
      return null;
    }
    text.append(part);
    if (last) {
      String whole = text.toString();
      text.setLength(0);
      message(whole);
    }
    heard(from);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    heard(from);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
    heard(from);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    news.add(new SocketMessage.Closed("Slack closed the connection (" + status + ")"));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    news.add(new SocketMessage.Closed("the connection broke: " + SlackErrors.line(error)));
  }

  private void message(String whole) {
    JsonObject envelope = SlackJson.parse(whole).orElseGet(JsonObject::new);
    String type = SlackJson.text(envelope, "type");
    switch (type) {
      case "hello" ->
          news.add(new SocketMessage.Hello(SlackJson.text(envelope, "connection_info", "app_id")));
      case "disconnect" -> {
        String reason = SlackNotation.clean(SlackJson.text(envelope, "reason")).replace('\n', ' ');
        news.add(
            reason.equals("link_disabled")
                ? new SocketMessage.Disabled()
                : new SocketMessage.Refresh(reason));
      }
      default -> waiting.add(envelope);
    }
  }

  /** The boundary for whatever a delivery does to us: then it is not acknowledged. */
  private void take(JsonObject envelope) throws InterruptedException {
    String id = SlackJson.text(envelope, "envelope_id");
    if (id.isEmpty()) {
      return;
    }
    underWay.acquire();
    try {
      deliveries
          .take(SlackJson.text(envelope, "type"), SlackJson.object(envelope, "payload"))
          .whenComplete((answer, failure) -> {
            underWay.release();
            if (failure == null) {
              acknowledge(id, answer);
            } else {
              notRecorded(failure);
            }
          });
    } catch (Throwable fault) {
      underWay.release();
      notRecorded(fault);
    }
  }

  private static void notRecorded(Throwable failure) {
    LOG.warn("a delivery was not recorded, and so not acknowledged", failure);
  }

  private void acknowledge(String id, Optional<JsonObject> answer) {
    JsonObject acknowledgement = new JsonObject();
    acknowledgement.addProperty("envelope_id", id);
    answer.ifPresent(payload -> acknowledgement.add("payload", payload));
    send(open -> open.sendText(acknowledgement.toString(), true));
  }

  /** A WebSocket takes one thing at a time. */
  private synchronized void send(
      java.util.function.Function<WebSocket, CompletableFuture<WebSocket>> what) {
    WebSocket open = socket;
    if (open != null && !open.isOutputClosed()) {
      sending = sending.handle((_, _) -> true).thenCompose(_ -> what.apply(open));
    }
  }

  /** Gives what is on its way a moment, says goodbye, and lets go. */
  @Override
  public void close() {
    WebSocket open = socket;
    closing = true;
    waiting.add(new JsonObject());
    try {
      boolean _ = underWay.tryAcquire(MOST_UNDER_WAY, GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    if (open != null) {
      send(socketNow -> socketNow.sendClose(WebSocket.NORMAL_CLOSURE, ""));
      CompletableFuture<?> last = lastSent();
      var _ =
          last.orTimeout(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)
              .whenComplete((_, _) -> open.abort());
    }
  }

  private synchronized CompletableFuture<?> lastSent() {
    return sending.handle((_, _) -> true);
  }
}
