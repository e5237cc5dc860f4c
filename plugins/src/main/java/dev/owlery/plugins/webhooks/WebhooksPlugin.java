package dev.owlery.plugins.webhooks;

import dev.owlery.api.command.CommandException;
import dev.owlery.api.http.Http;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.http.HttpRequest;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.plugin.Scheduler;
import dev.owlery.api.plugin.Store;
import dev.owlery.api.topic.Topics;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  private static final long PATIENCE = 10;

  private final Http http;
  private final Scheduler scheduler;
  private final ProvenSignatures proven;
  private final Map<String, IncomingWebhook> incoming = new TreeMap<>();

  @Inject
  WebhooksPlugin(
      WebhooksSettings settings,
      Bot bot,
      Http http,
      Topics topics,
      Store store,
      Scheduler scheduler,
      Clock clock,
      Logger log) {
    this.http = http;
    this.scheduler = scheduler;
    this.proven = new ProvenSignatures(store, clock);
    settings
        .incoming()
        .forEach((name, hook) ->
            incoming.put(name, new IncomingWebhook(name, hook, bot, topics, proven, clock, log)));
  }

  @Override
  public void start() {
    if (!incoming.isEmpty()) {
      Http.Route _ = http.route("POST", "/webhooks/{name}", this::answer);
      Scheduler.Task _ = scheduler.every(Duration.ofDays(1), proven::forgetOld);
    }
  }

  private HttpReply answer(HttpRequest request) throws IOException {
    IncomingWebhook hook = incoming.get(request.part("name"));
    if (hook == null) {
      request.refused("there is no webhook of that name");
      return HttpReply.text(404, "no_such_webhook\n");
    }
    Optional<HttpReply> refusal = hook.refuseBefore(request);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    byte[] body = request.body(hook.settings().longest());
    Received received = new Received(request::header, body);
    return hook.answer(received, request.remote(), request::refused);
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
   * Posts a sample to a webhook, signed with its secret, as a client would: all that is done with a
   * request is done with it.
   *
   * @param name which
   * @return what a client would be told
   */
  @Command("webhook test <name>")
  @Permission("webhooks.manage")
  @CommandDescription("Posts a signed sample to a webhook")
  public String test(@Argument("name") String name) {
    IncomingWebhook hook = incoming.get(name);
    if (hook == null) {
      throw new CommandException(
          "there is no webhook " + name + "; there are: " + String.join(", ", incoming.keySet()));
    }
    HttpReply reply = posted(hook);
    if (reply.status() != 200) {
      throw new CommandException("a signed sample is refused: status " + reply.status());
    }
    return "took a signed sample, and publishes it on "
        + hook.settings().topic()
        + "; the address is "
        + http.address()
        + "webhooks/"
        + name;
  }

  /** Not on the command's own thread, where what is published waits for the command's end. */
  private static HttpReply posted(IncomingWebhook hook) {
    try {
      return CompletableFuture.supplyAsync(
              () -> hook.answer(hook.sample(), "a command", reason -> {}),
              post -> Thread.ofVirtual().name("webhook-test").start(post))
          .get(PATIENCE, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException stuck) {
      throw new CommandException("a signed sample got no answer");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CommandException("the bot stops");
    }
  }
}
