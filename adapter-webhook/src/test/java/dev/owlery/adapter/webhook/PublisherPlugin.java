package dev.owlery.adapter.webhook;

import dev.owlery.api.content.Item;
import dev.owlery.api.content.Item.Severity;
import dev.owlery.api.content.Text;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.topic.Topics;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Publishes three items when it starts, always the same. */
public final class PublisherPlugin implements Plugin {
  private final Topics topics;

  @Inject
  PublisherPlugin(Topics topics) {
    this.topics = topics;
  }

  @Override
  public void start() {
    for (int number = 1; number <= 3; number++) {
      var _ =
          topics.publish(
              "deploys",
              new Item(
                  "k" + number,
                  "Version " + number,
                  Text.plain("more"),
                  Optional.of(URI.create("https://n.example/" + number)),
                  Map.of("host", "web\"1"),
                  Severity.WARNING));
    }
  }
}
