package dev.owlery.api.action;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Item;

/**
 * Publishes an item on a network's own topic (XMPP: a publish-subscribe node).
 *
 * @param where the account's own conversation
 * @param topic the topic's name
 * @param item what to publish
 */
public record PublishItem(Conversation where, String topic, Item item) implements Action {}
