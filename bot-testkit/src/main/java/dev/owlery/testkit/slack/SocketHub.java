package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.owlery.core.schedule.Timers;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import io.javalin.websocket.WsMessageContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Socket Mode: tickets, up to ten sockets, envelopes, acknowledgements. */
final class SocketHub implements DeliveryTransport {
  private static final Logger log = LoggerFactory.getLogger(SocketHub.class);
  private static final int MOST_SOCKETS = 10;
  private static final int POLICY_VIOLATION = 1008;

  private final SlackIds ids;
  private final SlackPace pace;
  private final Timers timers;
  private final String socketUrl;
  private final Set<String> tickets = new HashSet<>();
  private final List<SocketLine> sockets = new ArrayList<>();
  private final Map<String, PendingDelivery> open = new HashMap<>();
  private final Set<String> deaf = new HashSet<>();
  private final Deque<PendingDelivery> waiting = new ArrayDeque<>();
  private boolean enabled = true;
  private boolean mute;
  private boolean givesUp;
  private int turn;
  private int connections;
  private int strayAcknowledgements;

  SocketHub(SlackIds ids, SlackPace pace, Timers timers, String socketUrl) {
    this.ids = ids;
    this.pace = pace;
    this.timers = timers;
    this.socketUrl = socketUrl;
  }

  void routes(WsConfig ws) {
    ws.onConnect(this::connected);
    ws.onMessage(this::received);
    ws.onClose(this::closed);
    ws.onError(broken -> log.debug("a socket broke", broken.error()));
  }

  /** {@code apps.connections.open}. */
  synchronized void ticket(ApiRequest request, ObjectNode answer) {
    if (!enabled) {
      throw new ApiError("socket_mode_not_enabled");
    }
    String ticket = UUID.randomUUID().toString();
    tickets.add(ticket);
    answer.put("url", socketUrl + "?ticket=" + ticket + "&app_id=" + ids.app());
  }

  private synchronized void connected(WsContext socket) {
    String ticket = Optional.ofNullable(socket.queryParam("ticket")).orElse("");
    if (!tickets.remove(ticket)) {
      socket.closeSession(POLICY_VIOLATION, "the ticket is unknown or used");
      return;
    }
    if (sockets.size() >= MOST_SOCKETS) {
      SocketLine surplus = new SocketLine(socket);
      surplus.send(disconnection("too_many_websockets").toString());
      surplus.close("too many");
      return;
    }
    socket.enableAutomaticPings(pace.pingEvery().toMillis(), TimeUnit.MILLISECONDS);
    connections++;
    SocketLine line = new SocketLine(socket);
    sockets.add(line);
    if (mute) {
      return;
    }
    line.send(hello().toString());
    while (!waiting.isEmpty() && !sockets.isEmpty()) {
      attempt(waiting.removeFirst(), "timeout");
    }
  }

  private ObjectNode hello() {
    ObjectNode hello =
        JsonNodes.object().put("type", "hello").put("num_connections", sockets.size());
    hello
        .putObject("debug_info")
        .put("host", "applink-double")
        .put("build_number", 1)
        .put("approximate_connection_time", 18_060);
    hello.putObject("connection_info").put("app_id", ids.app());
    return hello;
  }

  private static ObjectNode disconnection(String reason) {
    ObjectNode message = JsonNodes.object().put("type", "disconnect").put("reason", reason);
    message.putObject("debug_info").put("host", "applink-double");
    return message;
  }

  @Override
  public synchronized void send(PendingDelivery delivery) {
    attempt(delivery, "");
  }

  private void attempt(PendingDelivery delivery, String reason) {
    Optional<SocketLine> socket = mute ? Optional.empty() : next();
    if (socket.isEmpty() && givesUp && delivery.kind == PendingDelivery.DeliveryKind.EVENT) {
      delivery.giveUp();
      return;
    }
    if (socket.isEmpty()) {
      waiting.addLast(delivery);
      return;
    }
    String envelope = UUID.randomUUID().toString();
    int before = delivery.attempt();
    ObjectNode message =
        JsonNodes.object()
            .put("envelope_id", envelope)
            .put("type", delivery.kind.inEnvelope)
            .put("accepts_response_payload", delivery.kind.takesAnswer);
    message.set("payload", delivery.payload);
    if (delivery.kind == PendingDelivery.DeliveryKind.EVENT) {
      message.put("retry_attempt", before).put("retry_reason", before == 0 ? "" : reason);
    }
    open.put(envelope, delivery);
    socket.get().send(message.toString());
    timers.schedule(pace.answerWithin(), () -> overdue(envelope));
  }

  private Optional<SocketLine> next() {
    sockets.removeIf(socket -> !socket.isOpen());
    if (sockets.isEmpty()) {
      return Optional.empty();
    }
    turn++;
    return Optional.of(sockets.get(turn % sockets.size()));
  }

  private synchronized void overdue(String envelope) {
    PendingDelivery delivery = open.remove(envelope);
    deaf.remove(envelope);
    if (delivery == null || delivery.isAcknowledged()) {
      return;
    }
    if (delivery.kind != PendingDelivery.DeliveryKind.EVENT
        || delivery.attempts() > pace.socketRetries()) {
      delivery.giveUp();
    } else {
      attempt(delivery, "timeout");
    }
  }

  /** Sends one envelope whose acknowledgement is not heard. */
  synchronized void sendDeaf(PendingDelivery delivery) {
    Set<String> before = Set.copyOf(open.keySet());
    attempt(delivery, "");
    open.keySet().stream().filter(id -> !before.contains(id)).forEach(deaf::add);
  }

  private void received(WsMessageContext message) {
    JsonNode frame = JsonNodes.parse(message.message()).orElse(JsonNodes.object());
    String envelope = JsonNodes.text(frame, "envelope_id");
    PendingDelivery delivery;
    synchronized (this) {
      if (deaf.contains(envelope)) {
        return;
      }
      delivery = open.remove(envelope);
      if (delivery == null) {
        strayAcknowledgements++;
        return;
      }
    }
    delivery.acknowledge(Optional.ofNullable(frame.get("payload")));
  }

  private synchronized void closed(WsContext socket) {
    sockets.removeIf(line -> {
      boolean isThis = line.is(socket);
      if (isThis) {
        line.end();
      }
      return isThis;
    });
  }

  synchronized void disconnect(String reason) {
    List<SocketLine> told = List.copyOf(sockets);
    told.forEach(socket -> socket.send(disconnection(reason).toString()));
    if (reason.equals("link_disabled")) {
      enabled = false;
    }
    if (reason.equals("warning")) {
      timers.schedule(pace.warningBefore(), () -> close(told));
    } else {
      close(told);
    }
  }

  private void close(List<SocketLine> told) {
    told.forEach(socket -> socket.close("disconnected"));
  }

  /** Cuts the connections without a word. */
  synchronized void drop() {
    sockets.forEach(SocketLine::drop);
    sockets.clear();
  }

  synchronized void enable(boolean on) {
    enabled = on;
  }

  synchronized void mute(boolean on) {
    mute = on;
  }

  synchronized void givesUpWithoutSocket(boolean on) {
    givesUp = on;
  }

  synchronized int connected() {
    sockets.removeIf(socket -> !socket.isOpen());
    return sockets.size();
  }

  synchronized int connections() {
    return connections;
  }

  synchronized int strayAcknowledgements() {
    return strayAcknowledgements;
  }
}
