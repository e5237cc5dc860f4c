package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Something on its way to the bot, as it stands at one moment.
 *
 * @param id the event's {@code event_id}; of a slash command or an interaction its trigger
 * @param kind {@code events_api}, {@code slash_commands} or {@code interactive}
 * @param type the event's type, or the command, or the interaction's type
 * @param channel the channel's id, or empty
 * @param attempts how often it was sent
 * @param acknowledged whether the bot has confirmed it
 * @param firstSentNanos when it was sent first, by {@link System#nanoTime()}; 0 before that
 * @param acknowledgedNanos when the bot confirmed it; 0 before that
 * @param answer what the bot answered with the confirmation, if anything
 * @param payload all of it
 */
public record SlackDelivery(
    String id,
    String kind,
    String type,
    String channel,
    int attempts,
    boolean acknowledged,
    long firstSentNanos,
    long acknowledgedNanos,
    Optional<JsonNode> answer,
    JsonNode payload) {}
