package dev.owlery.plugins.webhooks;

import dev.owlery.api.action.Receipt;
import dev.owlery.api.content.Item;
import dev.owlery.api.content.Item.Severity;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.http.HttpRequest;
import dev.owlery.api.http.PerMinute;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.topic.Topics;
import dev.owlery.plugins.webhooks.WebhooksSettings.SenderKind;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;

/** An address of our own. Any thread. */
final class IncomingWebhook {
  private static final long PATIENCE = 8;

  private final String name;
  private final WebhooksSettings.IncomingWebhookSettings settings;
  private final Bot bot;
  private final Topics topics;
  private final ProvenSignatures proven;
  private final Logger log;
  private final Clock clock;
  private final PerMinute limit;

  IncomingWebhook(
      String name,
      WebhooksSettings.IncomingWebhookSettings settings,
      Bot bot,
      Topics topics,
      ProvenSignatures proven,
      Clock clock,
      Logger log) {
    this.name = name;
    this.settings = settings;
    this.bot = bot;
    this.topics = topics;
    this.proven = proven;
    this.log = log;
    this.clock = clock;
    this.limit = new PerMinute(settings.perMinute(), clock);
  }

  WebhooksSettings.IncomingWebhookSettings settings() {
    return settings;
  }

  /** A request that it would believe. */
  Received sample() {
    return Sample.of(name, settings, clock.instant(), "test-" + UUID.randomUUID());
  }

  /**
   * Checks what can be checked before the body is read, so that strangers make nobody read.
   *
   * @param request whose body has not been read
   * @return what the client gets if its headers prove nothing; empty if the body may be read
   */
  Optional<HttpReply> refuseBefore(HttpRequest request) {
    try {
      if (Authenticator.checkHeaders(
          settings, new Received(request::header, new byte[0]), clock.instant())) {
        request.proven();
      }
      return Optional.empty();
    } catch (RequestRefused refused) {
      return Optional.of(refusal(refused, request.remote(), request::refused));
    }
  }

  /**
   * Answers a request.
   *
   * @param from who posts, for the log
   * @param unproven told why, if the request does not prove who made it
   * @return what the client gets
   */
  HttpReply answer(Received request, String from, Consumer<String> unproven) {
    try {
      boolean told = receive(request);
      return HttpReply.text(200, told ? "ok\n" : "nothing_to_tell\n");
    } catch (RequestRefused refused) {
      return refusal(refused, from, unproven);
    }
  }

  private HttpReply refusal(RequestRefused refused, String from, Consumer<String> unproven) {
    if (refused.status() == 401) {
      unproven.accept("webhook " + name + ": " + refused.word());
    } else {
      log.warn("a post to the webhook {} from {} is refused: {}", name, from, refused.word());
    }
    HttpReply reply = HttpReply.text(refused.status(), refused.text());
    return refused.status() == 429 ? reply.with("Retry-After", "60") : reply;
  }

  /**
   * Checks a request, and publishes what it says. The same request again is the same item.
   *
   * @return whether it said anything
   * @throws RequestRefused if it is not to be believed, or nobody could read it
   */
  private boolean receive(Received request) throws RequestRefused {
    String id = Authenticator.check(settings, request, clock.instant());
    if (!limit.admits()) {
      throw new RequestRefused(429, "rate_limited");
    }
    boolean isTimeless = isTimeless();
    if (isTimeless && proven.has(name, id)) {
      return true;
    }
    WebhookJson json = WebhookJson.read(request.json(settings.kind()));
    Optional<WebhookItem> news =
        switch (settings.kind()) {
          case GITHUB -> GitHubEvents.news(request.header("X-GitHub-Event").orElse(""), json);
          case GITLAB -> GitLabEvents.news(json);
          case STANDARD, GENERIC -> Optional.of(generic(json));
        };
    if (news.isPresent()) {
      publish(news.get().item(name + " " + key(json, id)), isTimeless ? id : "");
    }
    return news.isPresent();
  }

  /** Whether the signature says no time, by which it would be too old one day. */
  private boolean isTimeless() {
    return settings.kind() == SenderKind.GITHUB
        || (settings.kind() == SenderKind.GENERIC
            && settings.signature().isPresent()
            && settings.timestamp().isEmpty());
  }

  private String key(WebhookJson json, String id) {
    boolean free = settings.kind() == SenderKind.GENERIC || settings.kind() == SenderKind.STANDARD;
    String key = free ? json.fill(settings.template().key()) : "";
    return key.isEmpty() ? id : key;
  }

  private WebhookItem generic(WebhookJson json) {
    WebhooksSettings.ItemTemplate parts = settings.template();
    String title = json.fill(parts.title());
    return new WebhookItem(
        title.isEmpty() ? untitled(json) : title,
        json.fill(parts.text()),
        json.fill(parts.link()),
        severity(json.fill(parts.severity())));
  }

  /** Standard Webhooks recommend that each message has a type, such as {@code invoice.paid}. */
  private String untitled(WebhookJson json) {
    String type = settings.kind() == SenderKind.STANDARD ? json.at("type") : "";
    return name + ": " + (type.isEmpty() ? "a message without a title" : type);
  }

  private static Severity severity(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "critical", "error", "fatal", "emergency" -> Severity.CRITICAL;
      case "warning", "warn", "failure", "failed" -> Severity.WARNING;
      default -> Severity.INFO;
    };
  }

  /** Whoever posts is told that it is fine when it is written down. */
  private void publish(Item item, String signature) throws RequestRefused {
    CompletableFuture<Receipt> recorded = new CompletableFuture<>();
    bot.asOne(() -> {
      CompletionStage<Receipt> written = topics.publish(settings.topic(), item);
      CompletionStage<Receipt> _ =
          written.whenComplete((receipt, fault) -> {
            boolean _ =
                fault == null ? recorded.complete(receipt) : recorded.completeExceptionally(fault);
          });
      if (!signature.isEmpty()) {
        proven.remember(name, signature);
      }
    });
    try {
      Receipt _ = recorded.get(PATIENCE, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException cannotWrite) {
      throw new RequestRefused(503, "try_again");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new RequestRefused(503, "try_again");
    }
  }
}
