package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One thing for the bot, from the moment it happened until it is acknowledged or given up. */
final class PendingDelivery {

  /** How it is wrapped. */
  enum DeliveryKind {
    EVENT("events_api", false),
    COMMAND("slash_commands", true),
    INTERACTION("interactive", true);

    final String inEnvelope;
    final boolean takesAnswer;

    DeliveryKind(String inEnvelope, boolean takesAnswer) {
      this.inEnvelope = inEnvelope;
      this.takesAnswer = takesAnswer;
    }
  }

  final String id;
  final DeliveryKind kind;
  final String type;
  final String channel;
  final ObjectNode payload;

  /** Completes with what the bot answered, or a null node when it was given up. */
  final CompletableFuture<Optional<JsonNode>> settled = new CompletableFuture<>();

  private int attempts;
  private long firstSent;
  private long acknowledged;
  private @Nullable JsonNode answer;

  PendingDelivery(String id, DeliveryKind kind, String type, String channel, ObjectNode payload) {
    this.id = id;
    this.kind = kind;
    this.type = type;
    this.channel = channel;
    this.payload = payload;
  }

  /** Returns how often it had been sent before. */
  synchronized int attempt() {
    if (attempts == 0) {
      firstSent = System.nanoTime();
    }
    attempts++;
    return attempts - 1;
  }

  synchronized int attempts() {
    return attempts;
  }

  synchronized boolean isAcknowledged() {
    return acknowledged != 0;
  }

  void acknowledge(Optional<JsonNode> with) {
    synchronized (this) {
      if (acknowledged != 0) {
        return;
      }
      acknowledged = System.nanoTime();
      answer = with.orElse(null);
    }
    settled.complete(with);
  }

  void giveUp() {
    settled.completeExceptionally(
        new IllegalStateException(type + " was not acknowledged in " + attempts() + " attempts"));
  }

  synchronized SlackDelivery snapshot() {
    return new SlackDelivery(
        id,
        kind.inEnvelope,
        type,
        channel,
        attempts,
        acknowledged != 0,
        firstSent,
        acknowledged,
        Optional.ofNullable(answer),
        payload);
  }
}
