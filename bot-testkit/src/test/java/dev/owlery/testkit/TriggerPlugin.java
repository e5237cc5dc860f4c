package dev.owlery.testkit;

import dev.owlery.api.content.Item;
import dev.owlery.api.http.Http;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.http.HttpRequest;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.topic.Topics;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Publishes outside of a handler. */
public final class TriggerPlugin implements Plugin {
  private final Topics topics;

  @Inject
  TriggerPlugin(Topics topics, Http http) {
    this.topics = topics;
    http.route("POST", "/publish/{topic}", this::publish);
  }

  private HttpReply publish(HttpRequest request) throws IOException {
    String title = new String(request.body(100_000), StandardCharsets.UTF_8);
    String key = request.header("key").orElse("");
    try {
      topics.publish(request.part("topic"), Item.of(key, title)).toCompletableFuture().join();
      return HttpReply.of(204);
    } catch (IllegalArgumentException e) {
      return HttpReply.text(400, e.getMessage());
    }
  }
}
