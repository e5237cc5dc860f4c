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
final class Feed {
  private static final Duration LONGEST_OVERTAKING = Duration.ofMillis(500);

  private final SlackIds ids;
  private final Timers timers;
  private final SlackFaults faults;
  private final SocketHub sockets;
  private final LinkedBlockingQueue<Delivery> queue = new LinkedBlockingQueue<>();
  private final List<Delivery> all = new ArrayList<>();
  private final Map<String, Delivery> byTs = new HashMap<>();
  private final Thread sender;
  private @Nullable HttpPoster poster;
  private @Nullable Delivery overtaken;
  private long number;

  Feed(SlackIds ids, Timers timers, SlackFaults faults, SocketHub sockets) {
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
  Delivery event(ObjectNode event) {
    ObjectNode wrapped =
        Json.object()
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
  Delivery wrapped(ObjectNode wrapped) {
    ObjectNode event = wrapped.path("event") instanceof ObjectNode inner ? inner : Json.object();
    String channel = Json.text(event, "channel");
    if (channel.isEmpty()) {
      channel = Json.text(event.path("item"), "channel");
    }
    return submit(
        new Delivery(
            Json.text(wrapped, "event_id"),
            Delivery.Kind.EVENT,
            Json.text(event, "type"),
            channel,
            wrapped));
  }

  synchronized String nextEventId() {
    number++;
    return "Ev0DOUBLE%06d".formatted(number);
  }

  Delivery submit(Delivery delivery) {
    synchronized (all) {
      all.add(delivery);
      byTs.put(delivery.channel + "/" + Json.text(delivery.payload.path("event"), "ts"), delivery);
    }
    queue.add(delivery);
    return delivery;
  }

  private void run() {
    try {
      while (true) {
        Delivery delivery = queue.take();
        spoil(delivery);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void spoil(Delivery delivery) {
    Optional<SlackFault.OfDelivery> fault =
        delivery.kind == Delivery.Kind.EVENT ? faults.ofDelivery() : Optional.empty();
    Optional<Delivery> late = Optional.ofNullable(overtaken);
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

  private void sendDeaf(Delivery delivery) {
    if (poster == null) {
      sockets.sendDeaf(delivery);
    } else {
      transport().send(delivery);
    }
  }

  private synchronized void release() {
    Optional<Delivery> late = Optional.ofNullable(overtaken);
    overtaken = null;
    late.ifPresent(transport()::send);
  }

  private Transport transport() {
    HttpPoster http = poster;
    return http == null ? sockets : http;
  }

  /** The last thing that the bot was told about a message. */
  Optional<Delivery> about(String channel, String ts) {
    synchronized (all) {
      return Optional.ofNullable(byTs.get(channel + "/" + ts));
    }
  }

  List<SlackDelivery> deliveries() {
    synchronized (all) {
      return all.stream().map(Delivery::snapshot).toList();
    }
  }

  void close() {
    sender.interrupt();
  }
}
