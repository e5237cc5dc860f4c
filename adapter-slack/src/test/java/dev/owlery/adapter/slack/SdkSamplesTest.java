package dev.owlery.adapter.slack;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.gson.JsonObject;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.testkit.slack.SlackDelivery;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackRoom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Every kind of event and interaction that Slack's SDK knows is taken, whole or in pieces. */
final class SdkSamplesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** After these the account is of no use any more, and says so. */
  private static final Set<String> FATAL = Set.of("AppUninstalledEvent", "TokensRevokedEvent");

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger("dev.owlery");
  private SlackDouble slack;
  private SlackRoom room;
  private TestAccount account;
  private SdkSamples samples;
  private Map<String, JsonObject> kinds;

  @BeforeEach
  void start() throws Exception {
    slack = SlackDouble.start();
    slack.channel("owls");
    room = slack.user("ann").in("owls");
    account = TestAccount.online(TestSettings.socket(slack));
    samples = new SdkSamples(room.channel(), slack.user("ann").id());
    kinds = samples.events();
    FATAL.forEach(kinds::remove);
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void stop() {
    root.detachAppender(log);
    account.close();
    slack.close();
  }

  @Test
  void every_kind_is_taken() throws Exception {
    assertThat(kinds).hasSizeGreaterThan(100).containsKeys("MessageEvent", "ReactionAddedEvent");
    kinds.values().forEach(event -> slack.sends(event.toString()));
    isTaken();
  }

  @Test
  void every_kind_is_taken_when_something_is_missing_or_is_something_else() throws Exception {
    for (JsonObject event : kinds.values()) {
      for (String field : Set.copyOf(event.keySet())) {
        JsonObject without = event.deepCopy();
        without.remove(field);
        slack.sends(without.toString());
        JsonObject other = event.deepCopy();
        other.addProperty(field, field.equals("type") ? "message" : "17");
        slack.sends(other.toString());
      }
    }
    isTaken();
  }

  @Test
  void every_kind_of_interaction_is_taken() throws Exception {
    Map<String, JsonObject> interactions = samples.interactions();
    assertThat(interactions)
        .hasSizeGreaterThan(8)
        .containsKeys(
            "BlockActionPayload",
            "BlockSuggestionPayload",
            "ViewSubmissionPayload",
            "ViewClosedPayload",
            "GlobalShortcutPayload",
            "MessageShortcutPayload",
            "AttachmentActionPayload",
            "DialogSubmissionPayload");
    for (JsonObject payload : interactions.values()) {
      slack.sendsInteraction(ours(payload).toString());
      for (String field : Set.copyOf(payload.keySet())) {
        JsonObject without = ours(payload);
        without.remove(field);
        slack.sendsInteraction(without.toString());
        JsonObject other = ours(payload);
        other.addProperty(field, "17");
        slack.sendsInteraction(field.equals("team") ? payload.toString() : other.toString());
      }
    }
    isTaken();
  }

  /** As if it were for our app in our workspace. */
  private JsonObject ours(JsonObject payload) {
    JsonObject ours = payload.deepCopy();
    JsonObject team = new JsonObject();
    team.addProperty("id", slack.teamId());
    ours.add("team", team);
    ours.addProperty("api_app_id", slack.appId());
    return ours;
  }

  private void isTaken() throws Exception {
    slack.await(
        "all to be acknowledged",
        PATIENCE,
        () -> slack.deliveries().reversed().stream().allMatch(SlackDelivery::acknowledged));
    assertThat(slack.deliveries())
        .filteredOn(delivery -> delivery.attempts() > 1)
        .as("events that had to come again")
        .isEmpty();
    assertThat(List.copyOf(log.list))
        .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
        .extracting(ILoggingEvent::getFormattedMessage)
        .as("complaints")
        .isEmpty();
    room.says("and now?");
    assertThat(account.context().states().getLast().phase()).isEqualTo(Phase.ONLINE);
    slack.await("the last one", PATIENCE, () -> slack.deliveries().getLast().acknowledged());
  }
}
