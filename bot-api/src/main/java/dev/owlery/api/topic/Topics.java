package dev.owlery.api.topic;

import dev.owlery.api.action.Receipt;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Item;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Publishes on topics. Who listens: methods marked {@link Topic}, the conversations that the
 * configuration or {@code !subscribe} name, and the networks' own topics (XMPP: publish-subscribe
 * nodes) that the accounts map to it. Every method may be called from any thread.
 */
public interface Topics {

  /**
   * Publishes an item. Within a handler it leaves when the handler returns, as all that it does.
   * Listeners get it once, whichever way and however often it comes: items of one key are one.
   *
   * @param topic lower-case letters, digits, {@code -} and {@code _} in parts with dots between
   *     them, for example {@code deploys.web}
   * @param item what to publish
   * @return completes when it is recorded for every listener
   * @throws IllegalArgumentException if the name has another form; the text is fit for a user
   */
  CompletionStage<Receipt> publish(String topic, Item item);

  /**
   * The topics that the configuration or a listener names.
   *
   * @return names and patterns, sorted
   */
  List<String> known();

  /**
   * The items that were published while nobody was there to be told: no conversation, no method, no
   * network. Whoever subscribes is told them. At most 1,000 are kept.
   *
   * @return topics and titles, the oldest first
   */
  List<String> untold();

  /**
   * Has topics told in a conversation too, over restarts. Within a handler it takes effect when the
   * handler returns.
   *
   * @param topics a name or a pattern, as in {@link Topic#value}
   * @param where the conversation; threads count as their room
   * @return false if it was subscribed before
   * @throws IllegalArgumentException if the pattern has another form; the text is fit for a user
   */
  boolean subscribe(String topics, Conversation where);

  /**
   * Ends what {@link #subscribe} began; the routes of the configuration stay.
   *
   * @param topics as it was subscribed
   * @param where the conversation
   * @return false if it was not subscribed
   * @throws IllegalArgumentException if the pattern has another form; the text is fit for a user
   */
  boolean unsubscribe(String topics, Conversation where);

  /**
   * What is told in a conversation, by the configuration or a subscription.
   *
   * @param where the conversation
   * @return names and patterns, sorted
   */
  List<String> subscriptions(Conversation where);
}
