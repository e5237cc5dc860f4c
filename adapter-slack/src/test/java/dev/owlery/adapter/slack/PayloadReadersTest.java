package dev.owlery.adapter.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.owlery.adapter.slack.api.SlackChannelInfo;
import dev.owlery.adapter.slack.chat.MessageReader;
import dev.owlery.adapter.slack.chat.SlackDirectory;
import dev.owlery.adapter.slack.chat.SlackIdentity;
import dev.owlery.adapter.slack.delivery.HttpEndpoint;
import dev.owlery.adapter.slack.text.FormBlocks;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.event.Origin.Delivery;
import dev.owlery.api.slack.SlackNotation;
import dev.owlery.spi.ReaderGuard;
import dev.owlery.testkit.LinearReaders;
import dev.owlery.testkit.ReaderProperties;
import dev.owlery.testkit.RecordingContext;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is read of whole deliveries: never a failure, not even one that the guard would catch, in a
 * time that grows with the length.
 */
final class PayloadReadersTest implements LinearReaders {
  private static final int LONGEST_BODY = 1 << 20;
  private static final String CHANNEL = "C0001";
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final String[] JSON = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"a\"",
    "\"text\":",
    "\"attachments\":[{",
    "\"ts\":",
    "}]",
    "1",
    "1e999999999",
    "-1e-999999999",
    "9".repeat(400),
    "null",
    "true",
    "\"\\u0000\"",
    "\"1.5\"",
    "\"files\":[{",
    "\"blocks\":[{",
    "[".repeat(50),
    "{\"a\":"
  };
  private static final String MESSAGE =
      "{\"ts\":\"1.5\",\"text\":\"*a* <@b> &amp;\",\"thread_ts\":1e999999999,\"subtype\":\"\","
          + "\"bot_id\":\"B1\",\"username\":\"c\",\"edited\":{\"ts\":1e9},"
          + "\"attachments\":[{\"title\":\"d\",\"text\":\"e\",\"ts\":1e999999999,"
          + "\"fields\":[{\"title\":\"f\",\"value\":1E400,\"short\":1}]}],"
          + "\"files\":[{\"id\":\"F1\",\"mode\":\"hosted\",\"size\":1e999999999,\"name\":\"g\"}],"
          + "\"metadata\":{\"event_type\":[],\"event_payload\":{}}}";
  private static final String CLICK =
      "{\"action_id\":\"owlery-0\",\"value\":\"{\\\"q\\\":1e999999999,\\\"f\\\":\\\"a\\\"}\"}";
  private static final String VIEW =
      "{\"state\":{\"values\":{\"a\":{\"value\":{\"value\":1e999999999}},"
          + "\"b\":{\"value\":{\"selected_option\":{\"value\":\"c\"}}}}}}";

  static Stream<ReaderProperties> readers() {
    return Stream.of(
        ReaderProperties.of("messages", LONGEST_BODY, PayloadReadersTest::message)
            .madeOf(JSON)
            .like(MESSAGE, "{\"attachments\":[{\"ts\":-1e999999999,\"color\":[]}]}"),
        ReaderProperties.of(
                "messages of one text",
                LONGEST_BODY,
                text -> {
                  JsonObject message = new JsonObject();
                  message.addProperty("text", text);
                  message(message.toString());
                })
            .madeOf(" *a", "a* ", "<", "&gt;", "\n", "`", "_", "~", "<@", "|", ">"),
        ReaderProperties.of(
                "clicks", LONGEST_BODY, text -> SlackJson.parse(text).ifPresent(FormBlocks::click))
            .madeOf(JSON)
            .like(CLICK),
        ReaderProperties.of(
                "forms", LONGEST_BODY, text -> SlackJson.parse(text).ifPresent(FormBlocks::values))
            .madeOf(JSON)
            .like(VIEW),
        ReaderProperties.of("form bodies", LONGEST_BODY, HttpEndpoint::form)
            .madeOf("a", "=", "&", "%", "%41", "%ff", "%zz", "+", "payload=", "a=b&")
            .like("payload=%7B%22a%22%3A1e999999999%7D", "a=b&c=%"));
  }

  private static void message(String text) {
    RecordingContext context = new RecordingContext(new AccountId("work"), CLOCK);
    SlackDirectory directory = new SlackDirectory(null, context.memory(), CLOCK);
    directory.learn(new SlackChannelInfo(CHANNEL, "owls", "", true));
    SlackIdentity identity = new SlackIdentity(context.account(), directory, Set.of());
    ReaderGuard guard = new ReaderGuard("work");
    MessageReader reader =
        new MessageReader(identity, () -> SlackNotation.Names.NONE, CLOCK, guard);
    SlackJson.parse(text)
        .ifPresent(message -> {
          message.remove("user");
          if (!reader.isSaid(message)) {
            message.remove("hidden");
            message.addProperty("ts", "1.5");
          }
          reader.offers(reader.posted(CHANNEL, message, Delivery.LIVE), message);
          reader.edited(CHANNEL, message, Delivery.LIVE);
        });
    assertThat(guard.failures()).as("failures that the guard caught").isZero();
  }
}
