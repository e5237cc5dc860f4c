package dev.owlery.plugins.webhooks;

import dev.owlery.api.command.CommandException;
import dev.owlery.api.content.Item;
import dev.owlery.api.http.Http;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.http.HttpRequest;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.topic.Topics;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Permission;
import org.slf4j.Logger;

/**
 * Webhooks in: GitHub, GitLab, whoever keeps to Standard Webhooks, and others that post JSON.
 * Nothing is believed that is not signed, or does not bring the secret.
 */
public final class WebhooksPlugin implements Plugin {

  private final Http http;
  private final Topics topics;
  private final Logger log;
  private final Map<String, IncomingWebhook> incoming = new TreeMap<>();

  @Inject
  WebhooksPlugin(WebhooksSettings settings, Http http, Topics topics, Clock clock, Logger log) {
    this.http = http;
    this.topics = topics;
    this.log = log;
    settings
        .incoming()
        .forEach(
            (name, hook) -> incoming.put(name, new IncomingWebhook(name, hook, topics, clock)));
  }

  @Override
  public void start() {
    if (!incoming.isEmpty()) {
      Http.Route _ = http.route("POST", "/webhooks/{name}", this::answer);
    }
  }

  private HttpReply answer(HttpRequest request) throws IOException {
    IncomingWebhook hook = incoming.get(request.part("name"));
    if (hook == null) {
      return HttpReply.text(404, "no_such_webhook\n");
    }
    byte[] body = request.body(hook.settings().longest());
    try {
      boolean told = hook.receive(new Received(request::header, body));
      return HttpReply.text(200, told ? "ok\n" : "nothing_to_tell\n");
    } catch (Refused refused) {
      log.warn(
          "a post to the webhook {} from {} is refused: {}",
          request.part("name"),
          request.remote(),
          refused.word());
      HttpReply reply = HttpReply.text(refused.status(), refused.word() + "\n");
      return refused.status() == 429 ? reply.with("Retry-After", "60") : reply;
    }
  }

  /**
   * Lists the addresses.
   *
   * @return one line each
   */
  @Command("webhook list")
  @Permission("webhooks.manage")
  @CommandDescription("Lists the addresses of webhooks, and where they publish")
  public String list() {
    List<String> lines = new ArrayList<>();
    incoming.forEach((name, hook) ->
        lines.add(
            name
                + ": "
                + hook.settings().kind().name().toLowerCase(Locale.ROOT)
                + " at "
                + http.address()
                + "webhooks/"
                + name
                + ", on "
                + hook.settings().topic()));
    return lines.isEmpty() ? "none" : String.join("\n", lines);
  }

  /**
   * Publishes an item as if it had come by a webhook.
   *
   * @param name which
   * @return where it is to be seen
   */
  @Command("webhook test <name>")
  @Permission("webhooks.manage")
  @CommandDescription("Publishes a test where a webhook does")
  public String test(@Argument("name") String name) {
    IncomingWebhook hook = incoming.get(name);
    if (hook == null) {
      throw new CommandException(
          "there is no webhook " + name + "; there are: " + String.join(", ", incoming.keySet()));
    }
    String key = name + " test " + UUID.randomUUID();
    var _ = topics.publish(hook.settings().topic(), Item.of(key, "a test of webhook " + name));
    return "published a test on "
        + hook.settings().topic()
        + "; it posts to "
        + http.address()
        + "webhooks/"
        + name;
  }
}
