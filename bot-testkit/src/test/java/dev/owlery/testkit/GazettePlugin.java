package dev.owlery.testkit;

import dev.owlery.api.content.Item;
import dev.owlery.api.event.ItemPublished;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.topic.Topic;
import dev.owlery.api.topic.Topics;
import jakarta.inject.Inject;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Permission;

/** Publishes what it is told, and says in #log what it hears. */
public final class GazettePlugin implements Plugin {

  private final Bot bot;
  private final Topics topics;

  @Inject
  GazettePlugin(Bot bot, Topics topics) {
    this.bot = bot;
    this.topics = topics;
  }

  @Command("post <topic> <key> <title>")
  @Permission("view")
  @CommandDescription("Publishes")
  public void post(
      @Argument("topic") String topic,
      @Argument("key") String key,
      @Argument("title") @Greedy String title) {
    topics.publish(topic, Item.of(key, title));
  }

  @On
  public void echo(MessagePosted message) {
    if (message.text().startsWith("twice ")) {
      topics.publish("grh.a", Item.of("same", message.text()));
      topics.publish("grh.a", Item.of("same", message.text()));
    } else if (message.text().startsWith("fail ")) {
      topics.publish("grh.a", Item.of("never", message.text()));
      throw new IllegalStateException("as planned");
    }
  }

  @Topic("grh.*")
  public void hear(ItemPublished event) {
    bot.say(bot.locate("here/#log"), event.topic() + " " + event.item().title());
    if (event.item().title().equals("poison")) {
      throw new IllegalStateException("as planned");
    }
  }

  @Topic("grh.staff")
  public void hearItem(Item item) {
    bot.say(bot.locate("here/#staff"), item.key());
  }
}
