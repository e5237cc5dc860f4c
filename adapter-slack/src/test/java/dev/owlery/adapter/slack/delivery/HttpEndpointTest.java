package dev.owlery.adapter.slack.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.slack.TestAccount;
import dev.owlery.adapter.slack.TestSettings;
import dev.owlery.api.event.CommandCalled;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.testkit.RecordingContext;
import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackHttp;
import dev.owlery.testkit.slack.SlackPace;
import dev.owlery.testkit.slack.SlackRequestUrls;
import dev.owlery.testkit.slack.SlackRoom;
import dev.owlery.testkit.slack.SlackUser;
import dev.owlery.web.HttpSettings;
import dev.owlery.web.WebListener;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Slack's requests to the bot's own listener. */
final class HttpEndpointTest {

  private SlackDouble slack;
  private SlackHttp http;
  private SlackUser ann;
  private SlackRoom room;
  private URI address;
  private WebListener listener;
  private TestAccount account;

  @BeforeEach
  void start() throws Exception {
    slack = SlackDouble.builder().pace(SlackPace.DOCUMENTED.times(0.3)).start();
    slack.channel("owls");
    ann = slack.user("ann");
    room = ann.in("owls");
    int port = LoopbackPorts.reserve();
    address = URI.create("http://127.0.0.1:" + port + "/slack/work");
    http = slack.usesHttp(SlackRequestUrls.all(address));
    listener =
        new WebListener(new HttpSettings("127.0.0.1", port, Optional.empty(), List.of(), 256));
    account =
        TestAccount.online(
            TestSettings.http(slack),
            new RecordingContext(TestAccount.WORK, Clock.systemUTC(), listener));
  }

  @AfterEach
  void stop() {
    account.close();
    listener.close();
    slack.close();
  }

  @Test
  void slack_can_verify_the_address_and_nobody_else() throws Exception {
    assertThat(http.verifies()).isTrue();
    try (HttpClient stranger = HttpClient.newHttpClient()) {
      String body = "{\"type\": \"url_verification\", \"challenge\": \"tell me\"}";
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      var reply = stranger.send(request, BodyHandlers.ofString());
      assertThat(reply.statusCode()).isEqualTo(401);
      assertThat(reply.body()).doesNotContain("tell me");
    }
  }

  @Test
  void events_and_slash_commands_come_signed() throws Exception {
    room.says("hello");
    assertThat(account.event(MessagePosted.class).text()).isEqualTo("hello");
    assertThat(ann.slash(room, "/owl", "echo *hi* <!channel>")).isEmpty();
    CommandCalled called = account.event(CommandCalled.class);
    assertThat(called.line()).isEqualTo("echo *hi* @channel");
    assertThat(called.where().room()).isEqualTo("#owls");
    assertThat(called.caller().identity().orElseThrow().subject()).isEqualTo(ann.id());
  }

  @Test
  void an_outgoing_webhook_proves_itself_by_its_token_and_nobody_by_it() throws Exception {
    URI to = URI.create(address + "/webhook");
    http.outgoingWebhook(to, "wrong", slack.channel("owls"), ann, "!", "!stop");
    http.outgoingWebhook(
        to, slack.verificationToken(), slack.channel("owls"), ann, "!", "!echo hi");
    MessagePosted posted = account.event(MessagePosted.class);
    assertThat(posted.text()).isEqualTo("!echo hi");
    assertThat(posted.sender().identity()).isEmpty();
  }
}
