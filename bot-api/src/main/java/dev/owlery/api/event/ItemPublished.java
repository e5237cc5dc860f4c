package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Item;

/**
 * An item was published on a topic that the account follows.
 *
 * @param origin what makes it the same event when it is delivered again
 * @param where the conversation that it belongs to
 * @param topic the topic's name
 * @param item what was published
 */
public record ItemPublished(Origin origin, Conversation where, String topic, Item item)
    implements ChatEvent {}
