package dev.owlery.plugins.hooks;

import dev.owlery.api.action.Receipt;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.http.HttpRequest;
import dev.owlery.api.http.PerMinute;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.slack.SlackDoor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * An address of our own that understands what Slack's incoming webhooks do, and answers as they do;
 * below it, the methods that a client of Slack's Web API posts with. Any thread.
 */
final class IncomingHook {
  private static final int LONGEST_BODY = 1 << 20;

  private final String name;
  private final HooksSettings.IncomingHookSettings settings;
  private final Bot bot;
  private final Clock clock;
  private final PerMinute limit;

  IncomingHook(String name, HooksSettings.IncomingHookSettings settings, Bot bot, Clock clock) {
    this.name = name;
    this.settings = settings;
    this.bot = bot;
    this.clock = clock;
    this.limit = new PerMinute(settings.perMinute(), clock);
  }

  /**
   * Answers a post.
   *
   * @param request with the secret as the part {@code secret}
   * @return {@code ok}, or Slack's word for what is wrong
   * @throws IOException if the client goes away
   */
  HttpReply answer(HttpRequest request) throws IOException {
    if (!isKnown(request)) {
      return HttpReply.text(404, "no_service");
    }
    request.proven();
    if (!limit.admits()) {
      return HttpReply.text(429, "rate_limited").with("Retry-After", "60");
    }
    try {
      Payload payload = Payload.read(json(request));
      CompletionStage<Receipt> _ = say(payload);
      return HttpReply.text(200, "ok");
    } catch (Payload.PayloadRefused refused) {
      return HttpReply.text(refused.status(), refused.word());
    }
  }

  /**
   * Answers a call of a method, for programs that post with a client of Slack's Web API.
   *
   * @param request with the secret as the part {@code secret}, the method as the part {@code
   *     method}
   * @return JSON as Slack answers it
   * @throws IOException if the client goes away
   */
  HttpReply call(HttpRequest request) throws IOException {
    if (!isKnown(request)) {
      return ApiCall.refused("invalid_auth");
    }
    request.proven();
    if (!limit.admits()) {
      return ApiCall.refused(429, "ratelimited").with("Retry-After", "60");
    }
    return switch (request.part("method")) {
      case "chat.postMessage" -> post(request);
      case "api.test" -> HttpReply.json(200, "{\"ok\":true}");
      case "auth.test" -> ApiCall.whoWeAre(bot.name());
      default -> ApiCall.refused("unknown_method");
    };
  }

  private HttpReply post(HttpRequest request) throws IOException {
    Fields fields = ApiCall.fields(request, LONGEST_BODY);
    try {
      Payload payload = Payload.read(fields);
      if (payload.channel().isEmpty()) {
        return ApiCall.refused("channel_not_found");
      }
      return ApiCall.posted(say(payload), payload, clock.instant());
    } catch (Payload.PayloadRefused refused) {
      return ApiCall.refused(refused.word());
    }
  }

  private boolean isKnown(HttpRequest request) {
    boolean known = settings.secret().is(request.part("secret"));
    if (!known) {
      request.refused("it has not the secret of the hook " + name);
    }
    return known;
  }

  /** Older programs post a form with the JSON in its field {@code payload}. */
  private static String json(HttpRequest request) throws IOException, Payload.PayloadRefused {
    String body = new String(request.body(LONGEST_BODY), StandardCharsets.UTF_8);
    Optional<Fields> form = ApiCall.form(request, body);
    if (form.isEmpty() || body.stripLeading().startsWith("{")) {
      return body;
    }
    String payload = form.get().text("payload");
    if (payload.isEmpty()) {
      throw new Payload.PayloadRefused(400, "invalid_payload");
    }
    return payload;
  }

  private CompletionStage<Receipt> say(Payload payload) throws Payload.PayloadRefused {
    Conversation place = place(payload.channel());
    boolean answers =
        payload.thread().matches("[0-9]{9,11}\\.[0-9]{6}")
            && bot.door(place.account(), SlackDoor.class).isPresent();
    return bot.say(answers ? place.inThread(payload.thread()) : place, payload.content());
  }

  /** The hook's own place, or another one that the configuration lists. */
  private Conversation place(String channel) throws Payload.PayloadRefused {
    if (channel.isEmpty()) {
      return bot.locate(settings.to());
    }
    String account = settings.to().substring(0, Math.max(0, settings.to().indexOf('/')));
    Optional<String> listed =
        Stream.concat(Stream.of(settings.to()), settings.also().stream())
            .filter(each ->
                each.equals(channel)
                    || each.equals(account + "/" + channel)
                    || each.equals(account + "/#" + channel))
            .findFirst();
    if (listed.isEmpty()) {
      throw channel.startsWith("@")
          ? new Payload.PayloadRefused(400, "user_not_found")
          : new Payload.PayloadRefused(404, "channel_not_found");
    }
    return bot.locate(listed.get());
  }
}
