package dev.owlery.plugins.hooks;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.http.HttpRequest;
import dev.owlery.api.plugin.Bot;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * An address of our own that understands what Slack's incoming webhooks do, and answers as they do.
 * Any thread.
 */
final class IncomingHook {
  private static final int LONGEST_BODY = 1 << 20;
  private static final long MINUTE = 60_000;

  private final String name;
  private final HooksSettings.Incoming settings;
  private final Bot bot;
  private final Clock clock;
  private final Logger log;
  private long minute;
  private int posts;

  IncomingHook(String name, HooksSettings.Incoming settings, Bot bot, Clock clock, Logger log) {
    this.name = name;
    this.settings = settings;
    this.bot = bot;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Answers a post.
   *
   * @param request with the secret as the part {@code secret}
   * @return {@code ok}, or Slack's word for what is wrong
   * @throws IOException if the client goes away
   */
  HttpReply answer(HttpRequest request) throws IOException {
    byte[] given = request.part("secret").getBytes(StandardCharsets.UTF_8);
    byte[] expected = settings.secret().reveal().getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(expected, given)) {
      log.warn("a post to the hook {} from {} is refused: wrong secret", name, request.remote());
      return HttpReply.text(404, "no_service");
    }
    if (!admits()) {
      return HttpReply.text(429, "rate_limited").with("Retry-After", "60");
    }
    String body = new String(request.body(LONGEST_BODY), StandardCharsets.UTF_8);
    try {
      Payload payload = Payload.read(json(request, body));
      bot.say(place(payload.channel()), payload.content());
      return HttpReply.text(200, "ok");
    } catch (Payload.Refused refused) {
      return HttpReply.text(refused.status(), refused.word());
    }
  }

  private synchronized boolean admits() {
    long now = clock.millis() / MINUTE;
    posts = now == minute ? posts + 1 : 1;
    minute = now;
    return settings.perMinute() == 0 || posts <= settings.perMinute();
  }

  /** Older programs post a form with the JSON in its field {@code payload}. */
  private static String json(HttpRequest request, String body) throws Payload.Refused {
    boolean form =
        request
            .header("Content-Type")
            .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
            .isPresent();
    if (!form || body.stripLeading().startsWith("{")) {
      return body;
    }
    for (String pair : body.split("&", -1)) {
      if (pair.startsWith("payload=")) {
        try {
          return URLDecoder.decode(pair.substring("payload=".length()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noEscape) {
          break;
        }
      }
    }
    throw new Payload.Refused(400, "invalid_payload");
  }

  /** The hook's own place, or another one that the configuration lists. */
  private Conversation place(String channel) throws Payload.Refused {
    if (channel.isEmpty()) {
      return bot.locate(settings.to());
    }
    String account = settings.to().substring(0, Math.max(0, settings.to().indexOf('/')));
    Optional<String> listed =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(settings.to()), settings.also().stream())
            .filter(each -> each.equals(channel) || each.equals(account + "/" + channel))
            .findFirst();
    if (listed.isEmpty()) {
      throw channel.startsWith("@")
          ? new Payload.Refused(400, "user_not_found")
          : new Payload.Refused(404, "channel_not_found");
    }
    return bot.locate(listed.get());
  }
}
