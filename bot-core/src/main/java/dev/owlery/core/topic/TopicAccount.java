package dev.owlery.core.topic;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.PublishItem;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Item;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.ItemPublished;
import dev.owlery.api.event.Origin;
import dev.owlery.api.topic.TopicPattern;
import dev.owlery.spi.EngineThreads;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * The bot's own account for topics, which nobody configures and nobody sees: what is published on
 * it comes in again as an event. So a published item is an action like any other (part of its
 * handler's unit, kept in the outbox) and then an event like any other (recorded once under its
 * key, handled in the order of its topic).
 */
public final class TopicAccount implements Adapter {

  /** Its name, which no configured account may have. */
  public static final AccountId ID = new AccountId("topics");

  private static final int LONGEST_KEY = 200;

  private final Function<ChatEvent, CompletionStage<Boolean>> inbox;

  /** The inbox may make its caller wait, which the outbox must not. */
  private final ExecutorService publishing =
      Executors.newSingleThreadExecutor(EngineThreads.named("topics"));

  /**
   * Makes the account.
   *
   * @param inbox records an event; completes when that is durable
   */
  public TopicAccount(Function<ChatEvent, CompletionStage<Boolean>> inbox) {
    this.inbox = inbox;
  }

  /**
   * Where the items of a topic are handled.
   *
   * @param topic its name
   * @return the lane's conversation
   */
  static Conversation place(String topic) {
    return Conversation.room(ID, topic);
  }

  /**
   * An item as the event that it is, whichever way it came.
   *
   * @param topic the topic
   * @param item what was published
   * @param from when, and how it was delivered
   * @return the same key for the same topic and item key
   */
  static ItemPublished event(String topic, Item item, Origin from) {
    String key = item.key().length() <= LONGEST_KEY ? item.key() : print(item.key());
    return new ItemPublished(
        new Origin(topic + " " + key, from.at(), from.delivery()), place(topic), topic, item);
  }

  private static String print(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return "sha-256 " + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void start() {
    // Its network is the inbox, which is always there.
  }

  @Override
  public Member self() {
    return Member.self("topics");
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.PUBLISH);
  }

  @Override
  public Conversation locate(String room) {
    return place(TopicPattern.name(room));
  }

  @Override
  public List<Action> divide(Action action) {
    return List.of(action);
  }

  @Override
  public CompletionStage<Outcome> perform(Outgoing outgoing) {
    if (!(outgoing.action() instanceof PublishItem publish)) {
      return CompletableFuture.completedStage(
          new Outcome.Settled(new Receipt.Unsupported("on a topic one can only publish")));
    }
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    try {
      publishing.execute(() -> publish(publish, outgoing, outcome));
    } catch (RejectedExecutionException e) {
      outcome.complete(new Outcome.NotSent(Duration.ZERO, "the bot stops"));
    }
    return outcome;
  }

  private void publish(PublishItem publish, Outgoing outgoing, CompletableFuture<Outcome> outcome) {
    Origin made = Origin.live("", outgoing.madeAt());
    ItemPublished event = event(publish.topic(), publish.item(), made);
    inbox
        .apply(event)
        .whenComplete((fresh, failure) -> {
          if (failure == null) {
            outcome.complete(
                new Outcome.Settled(Receipt.delivered(new MessageId(event.origin().key()))));
          } else {
            outcome.completeExceptionally(failure);
          }
        });
  }

  /** Publishing again does no harm: the inbox knows the key. */
  @Override
  public CompletionStage<Outcome> lookUp(Outgoing outgoing) {
    return CompletableFuture.completedStage(new Outcome.NotSent(Duration.ZERO, "to be recorded"));
  }

  @Override
  public void close() {
    publishing.shutdown();
  }
}
