package dev.owlery.plugins.topics;

import dev.owlery.api.action.Receipt;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.content.Item;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.topic.TopicPattern;
import dev.owlery.api.topic.Topics;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Permission;

/**
 * Topics from chat. What is subscribed is kept over restarts by the core, with or without this
 * plugin. Stateless; may be called from any thread.
 */
public final class TopicsPlugin implements Plugin {

  private final Topics topics;
  private final Bot bot;

  @Inject
  TopicsPlugin(Topics topics, Bot bot) {
    this.topics = topics;
    this.bot = bot;
  }

  /**
   * Has a topic told in the conversation of the call.
   *
   * @param call who asks, and where
   * @param topic a name or a pattern
   * @return one line
   */
  @Command("subscribe <topic>")
  @Permission("topics.subscribe")
  @CommandDescription(
      "Tells what is published on a topic, or on all like deploys.*, in this conversation")
  public String subscribe(CommandCall call, @Argument("topic") String topic) {
    return asked(() -> topics.subscribe(topic, call.where()))
        ? "From now on I tell " + topic + " here."
        : "I tell " + topic + " here already.";
  }

  /**
   * Ends a subscription of the conversation of the call.
   *
   * @param call who asks, and where
   * @param topic as it was subscribed
   * @return one line
   */
  @Command("unsubscribe <topic>")
  @Permission("topics.subscribe")
  @CommandDescription("Ends what subscribe began")
  public String unsubscribe(CommandCall call, @Argument("topic") String topic) {
    boolean ended = asked(() -> topics.unsubscribe(topic, call.where()));
    if (topics.subscriptions(call.where()).contains(topic) && !ended) {
      throw new CommandException("that is a route of the configuration");
    }
    if (!ended) {
      throw new CommandException("nobody subscribed " + topic + " here");
    }
    return "I tell " + topic + " here no more.";
  }

  /**
   * Publishes an item.
   *
   * @param call who is told if nobody listens
   * @param topic its topic
   * @param title what it says
   * @return one line
   */
  @Command("publish <topic> <title>")
  @Permission("topics.publish")
  @CommandDescription("Publishes a line on a topic")
  public String publish(
      CommandCall call, @Argument("topic") String topic, @Argument("title") @Greedy String title) {
    Item item = Item.of(UUID.randomUUID().toString(), title);
    boolean isHeard =
        topics.known().stream().anyMatch(known -> new TopicPattern(known).matches(topic));
    Conversation asked = call.where();
    var _ =
        asked(() -> topics.publish(topic, item))
            .thenAcceptAsync(
                receipt -> {
                  if (!(receipt instanceof Receipt.Delivered)) {
                    bot.say(asked, "what you published on " + topic + " did not get there");
                  }
                },
                Thread::startVirtualThread);
    return isHeard
        ? "published on " + topic
        : "published on " + topic + "; nobody listens to it, so it is kept for whoever subscribes";
  }

  /**
   * Lists topics.
   *
   * @param call who asks, and where
   * @return three lines at most
   */
  @Command("topics")
  @Permission("topics.list")
  @CommandDescription("Lists the topics that somebody listens to, and those told here")
  public String topics(CommandCall call) {
    int untold = topics.untold().size();
    return "known: "
        + listed(topics.known())
        + "\nhere: "
        + listed(topics.subscriptions(call.where()))
        + (untold == 0 ? "" : "\nkept, since nobody was there to be told: " + untold);
  }

  private static String listed(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  /** The core's {@code IllegalArgumentException}s are promised to be fit for a user. */
  private static <T> T asked(Supplier<T> deed) {
    try {
      return deed.get();
    } catch (IllegalArgumentException wrong) {
      throw new CommandException(String.valueOf(wrong.getMessage()));
    }
  }
}
