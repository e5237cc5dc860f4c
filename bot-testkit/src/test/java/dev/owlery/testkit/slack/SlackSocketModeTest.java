package dev.owlery.testkit.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.Slack;
import com.slack.api.socket_mode.SocketModeClient;
import com.slack.api.socket_mode.response.AckResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Socket Mode of the double, spoken by Slack's own client. */
final class SlackSocketModeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SlackDouble slack =
      SlackDouble.builder().pace(SlackPace.DOCUMENTED.times(0.4)).start();
  private final Slack sdk = SlackWebApiTest.sdk(slack);
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private SocketModeClient client;

  @BeforeEach
  void connect() throws Exception {
    slack.channel("general").invitesBot();
    client = sdk.socketMode(slack.appToken(), SocketModeClient.Backend.JavaWebSocket);
    client.addEventsApiEnvelopeListener(envelope -> {
      heard.add(envelope.getPayload().getAsJsonObject().getAsJsonObject("event").toString());
      client.sendSocketModeResponse(new AckResponse(envelope.getEnvelopeId()));
    });
    client.addSlashCommandsEnvelopeListener(envelope -> {
      String text = envelope.getPayload().getAsJsonObject().get("text").getAsString();
      client.sendSocketModeResponse(
          "{\"envelope_id\":\"%s\",\"payload\":{\"text\":\"you said %s\"}}"
              .formatted(envelope.getEnvelopeId(), text));
    });
    client.connect();
    slack.await("the bot's own joining", PATIENCE, () -> heard.size() == 2);
  }

  @AfterEach
  void leave() throws Exception {
    client.close();
    sdk.close();
    slack.close();
  }

  @Test
  void what_people_say_arrives_and_is_acknowledged() {
    SlackRoom general = slack.user("robin").in("general");
    String ts = general.says("hello @owl, see https://example.org & <b>");
    general.edits(ts, "hello");
    general.reacts(ts, "owl");
    general.deletes(ts);
    slack.await("four events", PATIENCE, () -> allAcknowledged() && heard.size() >= 4);
    List<String> last = heard.subList(heard.size() - 4, heard.size());
    assertThat(last.get(0))
        .contains("<@" + slack.botUserId() + ">", "<https://example.org>", "&amp;", "&lt;b&gt;");
    assertThat(last.get(1)).contains("message_changed", "previous_message");
    assertThat(last.get(2)).contains("reaction_added");
    assertThat(last.get(3)).contains("message_deleted");
  }

  private boolean allAcknowledged() {
    return slack.deliveries().stream().allMatch(SlackDelivery::acknowledged);
  }

  @Test
  void what_is_not_acknowledged_comes_again() {
    slack.faults().next(1, new SlackFault.LostAcknowledgement());
    slack.sends("{\"type\":\"novelty\",\"text\":\"nobody knows me\"}");
    slack.await(
        "a second attempt", PATIENCE, () -> last().attempts() == 2 && last().acknowledged());
    assertThat(heard).filteredOn(event -> event.contains("novelty")).hasSize(2);
  }

  private SlackDelivery last() {
    return slack.deliveries().getLast();
  }

  @Test
  void events_can_come_twice_and_out_of_order() {
    slack.faults().next(1, new SlackFault.Overtaken()).next(1, new SlackFault.Duplicate());
    List.of("one", "two").forEach(type -> slack.sends("{\"type\":\"" + type + "\"}"));
    slack.await("three events", PATIENCE, () -> heard.size() >= 5);
    assertThat(heard.subList(2, 5))
        .map(event -> event.replaceAll("\\W|type", ""))
        .containsExactly("two", "two", "one");
  }

  @Test
  void a_slash_command_is_answered_with_the_acknowledgement() {
    SlackUser robin = slack.user("robin");
    SlackRoom general = robin.in("general");
    assertThat(robin.slash(general, "/owl", "hi").orElseThrow().path("text").asText())
        .isEqualTo("you said hi");
    SlackMessage shown = general.hears(PATIENCE).orElseThrow();
    assertThat(shown.isEphemeral()).isTrue();
    assertThat(shown.text()).isEqualTo("you said hi");
  }

  @Test
  void a_client_that_is_told_to_go_comes_back_and_gets_what_it_missed() {
    slack.sockets().asksForRefresh();
    slack.sends("{\"type\":\"meanwhile\"}");
    slack.await(
        "the event after the refresh",
        PATIENCE,
        () -> heard.stream().anyMatch(event -> event.contains("meanwhile")));
    assertThat(slack.sockets().connections()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void a_ticket_is_good_once_and_not_at_all_when_switched_off() throws Exception {
    String url = sdk.methods(slack.appToken()).appsConnectionsOpen(r -> r).getUrl();
    try (RawSocket first = RawSocket.open(url);
        RawSocket second = RawSocket.open(url)) {
      assertThat(first.next()).contains("hello");
      assertThat(second.isClosed(PATIENCE)).isTrue();
    }
    slack.sockets().isSwitchedOff();
    assertThat(sdk.methods(slack.appToken()).appsConnectionsOpen(r -> r).isOk()).isFalse();
  }

  @Test
  void ten_sockets_are_enough() throws Exception {
    for (int i = 0; i < 9; i++) {
      RawSocket.open(sdk.methods(slack.appToken()).appsConnectionsOpen(r -> r).getUrl());
    }
    slack.await("ten sockets", PATIENCE, () -> slack.sockets().connected() == 10);
    try (RawSocket eleventh =
        RawSocket.open(sdk.methods(slack.appToken()).appsConnectionsOpen(r -> r).getUrl())) {
      assertThat(eleventh.next()).contains("too_many_websockets");
    }
  }
}
