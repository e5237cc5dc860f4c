package dev.owlery.testkit;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.http.Http;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;

/** Says in a room what is posted. */
public final class HookPlugin implements Plugin {

  private final Bot bot;

  @Inject
  HookPlugin(Bot bot, Http http) {
    this.bot = bot;
    http.route(
        "POST",
        "/say/{room}",
        request -> {
          Conversation room = bot.locate("here/#" + request.part("room"));
          bot.say(room, new String(request.body(100), StandardCharsets.UTF_8));
          return HttpReply.of(204);
        });
    http.route(
        "GET",
        "/fault",
        request -> {
          throw new IllegalStateException("as planned");
        });
  }

  @On
  public void fail(MessagePosted message) {
    throw new IllegalStateException(bot.name() + " fails as planned");
  }
}
