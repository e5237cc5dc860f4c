package dev.owlery.adapter.slack;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.CommandCalled;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.testkit.RecordingContext;
import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackFault;
import dev.owlery.testkit.slack.SlackHttp;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** No token, no address with a secret, and nothing that was said is in any log at any level. */
final class SecretsTest {

  private static final String SAID = "a private word";

  /** What is to be looked for in the log. */
  private interface Talk {
    void with(SlackDouble slack) throws Exception;
  }

  @Test
  void nothing_secret_is_logged_in_socket_mode() throws Exception {
    nothingSecretIsLogged(SecretsTest::talk);
  }

  @Test
  void nothing_secret_is_logged_in_http_mode() throws Exception {
    nothingSecretIsLogged(SecretsTest::requests);
  }

  private static void nothingSecretIsLogged(Talk talk) throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Appender<ILoggingEvent> console = root.getAppender("console");
    root.detachAppender(console);
    // What the double itself logs is no concern of the bot's.
    for (String server : List.of("org.eclipse.jetty", "io.javalin", "jdk.internal.httpclient")) {
      ((Logger) LoggerFactory.getLogger(server)).setLevel(Level.OFF);
    }
    root.setLevel(Level.TRACE);
    root.addAppender(log);
    try (SlackDouble slack = SlackDouble.start()) {
      talk.with(slack);
      List<String> lines = log.list.stream().map(SecretsTest::whole).toList();
      assertThat(lines)
          .noneMatch(line -> line.contains(slack.botToken()))
          .noneMatch(line -> line.contains(slack.appToken()))
          .noneMatch(line -> line.contains(slack.signingSecret()))
          .noneMatch(line -> line.contains(slack.verificationToken()))
          .noneMatch(line -> line.contains("a-wrong-token"))
          .noneMatch(line -> line.matches("(?s).*v0=[0-9a-fA-F]{8}.*"))
          .noneMatch(line -> line.contains("ticket="))
          .noneMatch(line -> line.contains("xapp-") || line.contains("xoxb-"))
          .noneMatch(line -> line.contains(SAID));
    } finally {
      root.detachAppender(log);
      root.addAppender(console);
      root.setLevel(before);
    }
  }

  private static void talk(SlackDouble slack) throws Exception {
    slack.channel("owls");
    SlackRoom room = slack.user("ann").in("owls");
    slack.faults().next("chat.postMessage", new SlackFault.LostResponse());
    try (TestAccount account = TestAccount.online(TestSettings.socket(slack))) {
      room.says(SAID);
      account.event(MessagePosted.class);
      slack.user("ann").slash(room, "/owl", "echo " + SAID);
      account.event(CommandCalled.class);
      account.perform(new Say(account.adapter().locate("#owls"), Content.of(SAID)));
      account.perform(new Say(account.adapter().locate("#nowhere"), Content.of(SAID)));
      slack.sockets().drop();
      room.says(SAID);
      account.event(MessagePosted.class, 1);
    }
    TestAccount wrong =
        TestAccount.started(
            TestSettings.withBotToken(TestSettings.socket(slack), "xoxb-of-somebody-else"),
            new RecordingContext(TestAccount.WORK, Clock.systemUTC()));
    wrong.reaches(Phase.FAILED);
    wrong.close();
  }

  private static void requests(SlackDouble slack) throws Exception {
    slack.channel("owls");
    SlackRoom room = slack.user("ann").in("owls");
    int port = LoopbackPorts.reserve();
    URI address = URI.create("http://127.0.0.1:" + port + "/slack/work");
    HttpSettings listens = new HttpSettings("127.0.0.1", port, Optional.empty(), List.of(), 256);
    SlackHttp http = slack.usesHttp(SlackRequestUrls.all(address));
    try (WebListener listener = new WebListener(listens);
        TestAccount account =
            TestAccount.online(
                TestSettings.http(slack),
                new RecordingContext(TestAccount.WORK, Clock.systemUTC(), listener))) {
      room.says(SAID);
      account.event(MessagePosted.class);
      slack.user("ann").slash(room, "/owl", "echo " + SAID);
      account.event(CommandCalled.class);
      URI webhook = URI.create(address + "/webhook");
      SlackUser ann = slack.user("ann");
      http.outgoingWebhook(webhook, "a-wrong-token", slack.channel("owls"), ann, "!", SAID);
      http.outgoingWebhook(
          webhook, slack.verificationToken(), slack.channel("owls"), ann, "!", SAID);
      account.event(MessagePosted.class, 1);
      forged(address, "v0=" + "0123456789abcdef".repeat(4), "{\"text\": \"" + SAID + "\"}");
      account.perform(new Say(account.adapter().locate("#owls"), Content.of(SAID)));
    }
  }

  private static void forged(URI address, String signature, String body) throws Exception {
    try (HttpClient stranger = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .header("Content-Type", "application/json")
              .header("X-Slack-Request-Timestamp", Long.toString(Instant.now().getEpochSecond()))
              .header("X-Slack-Signature", signature)
              .POST(BodyPublishers.ofString(body))
              .build();
      assertThat(stranger.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    }
  }

  private static String whole(ILoggingEvent event) {
    String cause =
        event.getThrowableProxy() == null ? "" : " " + event.getThrowableProxy().getMessage();
    return event.getLoggerName() + " " + event.getFormattedMessage() + cause;
  }
}
