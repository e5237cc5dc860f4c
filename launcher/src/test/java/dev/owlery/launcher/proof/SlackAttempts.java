package dev.owlery.launcher.proof;

import dev.owlery.launcher.proof.SlackRequests.Request;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackHttp;
import dev.owlery.testkit.slack.SlackRoom;
import dev.owlery.testkit.slack.SlackUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The ways in which people pretend to be the administrator on Slack. */
final class SlackAttempts {
  private static final String ROOM = "ops";

  private final PermissionAttempts.Book book;
  private final SlackDouble slack;
  private final SlackUser alice;
  private int events;

  SlackAttempts(PermissionAttempts.Book book, SlackDouble slack) {
    this.book = book;
    this.slack = slack;
    this.alice = slack.user("alice");
  }

  private void both(String name, int lines, SlackUser who) {
    SlackRoom room = who.in(ROOM);
    SlackRoom direct = who.direct();
    book.attempt(name + ", room", lines, line -> room.says("!" + line));
    book.attempt(name + ", direct", lines, line -> direct.says(line));
    book.attempt(name + ", mention", lines, line -> room.says("@owl " + line));
    book.attempt(name + ", slash command", lines, line -> who.slash(room, "/owl", line));
  }

  void byPeople() {
    both("a member", 1, slack.user("mallory"));
    both("the admin's name is shown", 1, slack.user("mallet").isShownAs("alice"));
    both("a guest who is named an admin", 1, slack.user("gus").isGuest(false));
    both("a guest of one channel who is named an admin", 1, slack.user("sam").isGuest(true));
    both("a stranger who is named an admin", 1, slack.user("eve").isFrom("T0ELSEWHERE"));
  }

  /** What is no command, whoever says it. */
  void byTalk() {
    SlackRoom hers = alice.in(ROOM);
    SlackUser mallory = slack.user("mallory");
    SlackRoom room = mallory.in(ROOM);
    book.attempt("edited by the admin", 0, line -> hers.edits(hers.says("hello"), "!" + line));
    book.attempt("the admin's deed", 0, line -> hers.does("!" + line));
    book.attempt(
        "a thread's answer that the room sees too",
        1,
        line -> room.broadcasts(hers.says("a thread"), "!" + line));
    book.attempt("in a file's name", 0, line -> hers.uploads("!" + line, "some", "a file"));
    book.attempt("in the topic", 0, line -> hers.setsTopic("!" + line));
    book.attempt("said by the bot", 0, line -> room.says("!echo !" + line));
    book.attempt("quoted", 0, line -> room.says("> !" + line));
    book.attempt("in code", 0, line -> room.says("`!" + line + "`"));
    book.attempt("invisible letter", 0, line -> room.says("!\u200b" + line));
    book.attempt("nested", 0, line -> room.says("!echo $(!" + line + ") `!" + line + "`"));
    book.attempt("a bot's message under the admin's name", 0, line -> webhook("!" + line));
    book.attempt(
        "a click that nobody asked for",
        0,
        line ->
            slack.sendsInteraction(
                """
                {"type":"block_actions","team":{"id":"%s"},"user":{"id":"%s"},"api_app_id":"%s",
                 "channel":{"id":"%s"},"actions":[{"type":"button","action_id":"%s","value":"%s"}]}
                """
                    .formatted(
                        slack.teamId(), alice.id(), slack.appId(), hers.channel(), line, line)));
  }

  private void webhook(String text) {
    String body =
        "{\"text\":\"%s\",\"username\":\"alice\",\"channel\":\"#%s\"}".formatted(text, ROOM);
    try (SlackRequests requests = new SlackRequests()) {
      URI hook = slack.incomingWebhook(ROOM);
      int status = requests.send(Request.unsigned(hook, SlackRequests.JSON, body));
      if (status != 200) {
        throw new AssertionError("the double refused: " + status);
      }
    }
  }

  /** Deliveries that are not for this app in this workspace. */
  void byDelivery() {
    book.attempt(
        "another workspace", 0, l -> slack.sendsWrapped(event(l, "T0OTHER", slack.appId())));
    book.attempt("another app", 0, l -> slack.sendsWrapped(event(l, slack.teamId(), "A0OTHER")));
  }

  private String event(String line, String team, String app) {
    events++;
    return """
    {"type":"event_callback","event_id":"Ev0FORGED%d","team_id":"%s","api_app_id":"%s",
     "event":{"type":"message","channel":"%s","channel_type":"channel","user":"%s",
      "text":"!%s","ts":"17676000%02d.000100","event_ts":"17676000%02d.000100","team":"%s"}}
    """
        .formatted(
            events, team, app, slack.channel(ROOM).id(), alice.id(), line, events, events, team);
  }

  private String own(String line) {
    return event(line, slack.teamId(), slack.appId());
  }

  /** Requests that only look like Slack's, all in the administrator's name. */
  void byHttp(URI to, SlackHttp http, SlackRequests requests) {
    String secret = slack.signingSecret();
    refused("unsigned", requests, l -> Request.unsigned(to, SlackRequests.JSON, own(l)));
    refused("another secret", requests, l -> signed(to, own(l), "not the secret", 0));
    refused("old", requests, l -> signed(to, own(l), secret, -302));
    refused("from the future", requests, l -> signed(to, own(l), secret, 302));
    refused("one byte more", requests, l -> signed(to, own(l), secret, 0).withBody(own(l) + " "));
    refused(
        "no time", requests, l -> signed(to, own(l), secret, 0).without(SlackRequests.TIMESTAMP));
    refused(
        "no signature",
        requests,
        l -> signed(to, own(l), secret, 0).without(SlackRequests.SIGNATURE));
    refused("capitals", requests, l -> upper(signed(to, own(l), secret, 0)));
    refused("slash command", requests, l -> Request.unsigned(to, SlackRequests.FORM, slash(l)));
    refused(
        "another path",
        requests,
        l ->
            Request.unsigned(
                URI.create(to + "/../web/webhook/..//webhook"), SlackRequests.JSON, own(l)));
    book.attempt("webhook with a wrong token", 0, line -> outgoing(http, to, "wrong", line));
    book.attempt(
        "webhook in the admin's name", 1, l -> outgoing(http, to, slack.verificationToken(), l));
  }

  private static Request signed(URI to, String body, String secret, long later) {
    return Request.signed(to, SlackRequests.JSON, body, secret, later);
  }

  private static Request upper(Request request) {
    String signature = request.header(SlackRequests.SIGNATURE).toUpperCase(Locale.ROOT);
    return request.with(SlackRequests.SIGNATURE, signature);
  }

  private String slash(String line) {
    return "command=%2Fowl&text="
        + URLEncoder.encode(line, StandardCharsets.UTF_8)
        + "&user_id="
        + alice.id()
        + "&user_name=alice&channel_id="
        + slack.channel(ROOM).id()
        + "&team_id="
        + slack.teamId()
        + "&api_app_id="
        + slack.appId();
  }

  /** Makes a request of a command line. */
  private interface Forger {
    Request forge(String line);
  }

  private void refused(String name, SlackRequests requests, Forger forger) {
    book.attempt(
        "HTTP: " + name,
        0,
        line -> {
          int status = requests.send(forger.forge(line));
          if (status < 400) {
            throw new AssertionError(name + " was taken with " + status);
          }
        });
  }

  private void outgoing(SlackHttp http, URI to, String token, String line) {
    try {
      http.outgoingWebhook(
          URI.create(to + "/webhook"), token, slack.channel(ROOM), alice, "!", "!" + line);
    } catch (IOException unanswered) {
      throw new UncheckedIOException(unanswered);
    }
  }
}
