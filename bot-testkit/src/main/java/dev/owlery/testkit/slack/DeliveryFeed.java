package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.owlery.core.schedule.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Everything that goes to the bot: wraps events, spoils some on request, and hands them to the
 * transport in the order in which they happened, on one thread.
 */
final class DeliveryFeed {
  private static final Duration LONGEST_OVERTAKING = Duration.ofMillis(500);

  private final SlackIds ids;
  private final Timers timers;
  private final SlackFaults faults;
  private final SocketHub sockets;
  private final LinkedBlockingQueue<PendingDelivery> queue = new LinkedBlockingQueue<>();
  private final List<PendingDelivery> all = new ArrayList<>();
  private final Map<String, PendingDelivery> byTs = new HashMap<>();
  private final Thread sender;
  private @Nullable HttpPoster poster;
  private @Nullable PendingDelivery overtaken;
  private long number;

  DeliveryFeed(SlackIds ids, Timers timers, SlackFaults faults, SocketHub sockets) {
    this.ids = ids;
    this.timers = timers;
    this.faults = faults;
    this.sockets = sockets;
    this.sender = Thread.ofVirtual().name("slack-double-feed").start(this::run);
  }

  synchronized void useHttp(HttpPoster other) {
    poster = other;
  }

  /** An event, wrapped as the Events API wraps it. */
  PendingDelivery event(ObjectNode event) {
    ObjectNode wrapped =
        JsonNodes.object()
            .put("token", ids.verificationToken())
            .put("team_id", ids.team())
            .put("context_team_id", ids.team())
            .put("api_app_id", ids.app());
    wrapped.set("event", event);
    wrapped
        .put("type", "event_callback")
        .put("event_id", nextEventId())
        .put("event_time", timers.clock().instant().getEpochSecond());
    wrapped
        .putArray("authorizations")
        .addObject()
        .putNull("enterprise_id")
        .put("team_id", ids.team())
        .put("user_id", ids.botUser())
        .put("is_bot", true)
        .put("is_enterprise_install", false);
    wrapped.put("is_ext_shared_channel", false).put("event_context", "4-double");
    return wrapped(wrapped);
  }

  /** Something that is wrapped already. */
  PendingDelivery wrapped(ObjectNode wrapped) {
    ObjectNode event =
        wrapped.path("event") instanceof ObjectNode inner ? inner : JsonNodes.object();
    String channel = JsonNodes.text(event, "channel");
    if (channel.isEmpty()) {
      channel = JsonNodes.text(event.path("item"), "channel");
    }
    return submit(
        new PendingDelivery(
            JsonNodes.text(wrapped, "event_id"),
            PendingDelivery.DeliveryKind.EVENT,
            JsonNodes.text(event, "type"),
            channel,
            wrapped));
  }

  synchronized String nextEventId() {
    number++;
    return "Ev0DOUBLE%06d".formatted(number);
  }

  PendingDelivery submit(PendingDelivery delivery) {
    synchronized (all) {
      all.add(delivery);
      byTs.put(
          delivery.channel + "/" + JsonNodes.text(delivery.payload.path("event"), "ts"), delivery);
    }
    queue.add(delivery);
    return delivery;
  }

  private void run() {
    try {
      while (true) {
        PendingDelivery delivery = queue.take();
        spoil(delivery);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void spoil(PendingDelivery delivery) {
    Optional<SlackFault.OfDelivery> fault =
        delivery.kind == PendingDelivery.DeliveryKind.EVENT
            ? faults.ofDelivery()
            : Optional.empty();
    Optional<PendingDelivery> late = Optional.ofNullable(overtaken);
    overtaken = null;
    switch (fault.orElse(null)) {
      case null -> transport().send(delivery);
      case SlackFault.LostAcknowledgement ignored -> sendDeaf(delivery);
      case SlackFault.Duplicate ignored -> {
        transport().send(delivery);
        transport().send(delivery);
      }
      case SlackFault.Overtaken ignored -> {
        overtaken = delivery;
        timers.schedule(LONGEST_OVERTAKING, this::release);
      }
    }
    late.ifPresent(transport()::send);
  }

  private void sendDeaf(PendingDelivery delivery) {
    if (poster == null) {
      sockets.sendDeaf(delivery);
    } else {
      transport().send(delivery);
    }
  }

  private synchronized void release() {
    Optional<PendingDelivery> late = Optional.ofNullable(overtaken);
    overtaken = null;
    late.ifPresent(transport()::send);
  }

  private DeliveryTransport transport() {
    HttpPoster http = poster;
    return http == null ? sockets : http;
  }

  /** The last thing that the bot was told about a message. */
  Optional<PendingDelivery> about(String channel, String ts) {
    synchronized (all) {
      return Optional.ofNullable(byTs.get(channel + "/" + ts));
    }
  }

  List<SlackDelivery> deliveries() {
    synchronized (all) {
      return all.stream().map(PendingDelivery::snapshot).toList();
    }
  }

  void close() {
    sender.interrupt();
  }
}
