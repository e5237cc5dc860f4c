package dev.owlery.plugins.hooks;

import dev.owlery.api.command.CommandException;
import dev.owlery.api.http.Http;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.http.HttpRequest;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Permission;

/**
 * Slack's incoming webhooks, both ways. A program that posts to Slack posts to any conversation on
 * any network when its address is changed to ours; and {@code !hook NAME MESSAGE} posts to somebody
 * else's.
 */
public final class HooksPlugin implements Plugin {

  private final Http http;
  private final Map<String, IncomingHook> incoming = new HashMap<>();
  private final Map<String, OutgoingHook> outgoing = new TreeMap<>();
  private final HttpClient client;

  @Inject
  HooksPlugin(Bot bot, Http http, HooksSettings settings, Clock clock) {
    this.http = http;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    settings
        .incoming()
        .forEach((name, hook) -> incoming.put(name, new IncomingHook(name, hook, bot, clock)));
    settings.outgoing().forEach((name, hook) -> outgoing.put(name, new OutgoingHook(hook, client)));
  }

  @Override
  public void start() {
    if (!incoming.isEmpty()) {
      Http.Route _ = http.route("POST", "/hooks/{name}/{secret}", this::answer);
      Http.Route _ = http.route("POST", "/hooks/{name}/{secret}/{method}", this::call);
    }
  }

  private HttpReply answer(HttpRequest request) throws IOException {
    IncomingHook hook = incoming.get(request.part("name"));
    if (hook == null) {
      request.refused("there is no hook of that name");
      return HttpReply.text(404, "no_service");
    }
    return hook.answer(request);
  }

  private HttpReply call(HttpRequest request) throws IOException {
    IncomingHook hook = incoming.get(request.part("name"));
    if (hook == null) {
      request.refused("there is no hook of that name");
      return ApiCall.refused("invalid_auth");
    }
    return hook.call(request);
  }

  /**
   * Posts to somebody else's address.
   *
   * @param name which
   * @param message what
   * @return that it was taken
   */
  @Command("hook <name> <message>")
  @Permission("hooks.post")
  @CommandDescription("Posts to another program's webhook")
  public String post(@Argument("name") String name, @Argument("message") @Greedy String message) {
    OutgoingHook hook = outgoing.get(name);
    if (hook == null) {
      throw new CommandException(
          "There is no hook of that name; there are: " + String.join(", ", outgoing.keySet()));
    }
    hook.post(message);
    return "posted";
  }

  @Override
  public void stop() {
    client.shutdownNow();
  }
}
