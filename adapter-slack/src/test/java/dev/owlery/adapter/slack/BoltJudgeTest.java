package dev.owlery.adapter.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.owlery.api.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * 10,000 requests, most of them spoilt: whatever Slack's own framework refuses is refused here, and
 * whatever it takes is taken, save what is refused in addition. Runs where the environment variable
 * names a folder {@code node_modules} with {@code @slack/bolt} in it.
 */
@EnabledIfEnvironmentVariable(named = "OWLERY_NODE_MODULES", matches = ".+")
final class BoltJudgeTest {

  private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final long NOW = 1_700_000_000L;
  private static final int REQUESTS = 10_000;
  private static final String JUDGE =
      """
      const fs = require('fs');
      const bolt = require(process.argv[2] + '/@slack/bolt/dist/receivers/verify-request.js');
      const requests = JSON.parse(fs.readFileSync(process.argv[3]));
      console.log(JSON.stringify(requests.map(r => bolt.isValidSlackRequest({
        signingSecret: '%s', body: r.body, nowMilliseconds: %d000,
        headers: { 'x-slack-signature': r.signature,
                   'x-slack-request-timestamp': Number.parseInt(r.timestamp, 10) } }))));
      """
          .formatted(SECRET, NOW);

  private record Request(String timestamp, String signature, String body) {}

  private final Random random = new Random(42);
  @TempDir private Path folder;

  @Test
  void what_bolt_refuses_is_refused_and_what_it_takes_is_taken() throws Exception {
    Request[] requests = new Request[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      requests[i] = spoilt(signed(i), random.nextInt(10));
    }
    JsonArray verdicts = judged(requests);
    int taken = 0;
    int more = 0;
    for (int i = 0; i < REQUESTS; i++) {
      boolean theirs = verdicts.get(i).getAsBoolean();
      boolean ours = isTaken(requests[i]);
      assertThat(ours && !theirs).as("taken here only: %s", requests[i]).isFalse();
      assertThat(ours || !theirs || isRefusedInAddition(requests[i]))
          .as("refused here only: %s", requests[i])
          .isTrue();
      taken += ours ? 1 : 0;
      more += theirs && !ours ? 1 : 0;
    }
    assertThat(taken).isBetween(500, REQUESTS - 500);
    assertThat(more).isPositive();
  }

  private static boolean isTaken(Request request) {
    Signature fresh =
        new Signature(new Secret(SECRET), Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));
    return fresh
        .check(
            Optional.of(request.timestamp()),
            Optional.of(request.signature()),
            request.body().getBytes(StandardCharsets.UTF_8))
        .isEmpty();
  }

  /** Timestamps from the future, and headers that are not written as Slack writes them. */
  private static boolean isRefusedInAddition(Request request) {
    return !request.timestamp().matches("[0-9]{1,11}")
        || Long.parseLong(request.timestamp()) > NOW + 300
        || !request.signature().matches("v0=[0-9a-f]{64}");
  }

  private Request signed(int number) throws Exception {
    String timestamp = Long.toString(NOW - 310 + random.nextInt(620));
    String body =
        "token=x&number=" + number + "&text=gr\u00fc\u00dfe+\ud83e\udd89" + random.nextLong();
    return new Request(timestamp, sign(timestamp, body), body);
  }

  private static String sign(String timestamp, String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] all = ("v0:" + timestamp + ":" + body).getBytes(StandardCharsets.UTF_8);
    return "v0=" + HexFormat.of().formatHex(mac.doFinal(all));
  }

  private Request spoilt(Request r, int how) {
    int at = random.nextInt(r.signature().length());
    return switch (how) {
      case 0, 1, 2, 3 -> r;
      case 4 ->
          new Request(r.timestamp(), r.signature(), r.body() + (char) random.nextInt(32, 127));
      case 5 -> new Request(r.timestamp(), flipped(r.signature(), at), r.body());
      case 6 ->
          new Request(Long.toString(Long.parseLong(r.timestamp()) + 1), r.signature(), r.body());
      case 7 -> new Request(r.timestamp(), r.signature().substring(0, at), r.body());
      case 8 -> new Request(r.timestamp() + "abc", r.signature(), r.body());
      default -> new Request(r.timestamp(), r.signature() + "=" + at, r.body());
    };
  }

  private String flipped(String text, int at) {
    return text.substring(0, at) + (char) random.nextInt(33, 127) + text.substring(at + 1);
  }

  private JsonArray judged(Request[] requests) throws Exception {
    JsonArray all = new JsonArray();
    for (Request each : requests) {
      JsonObject json = new JsonObject();
      json.addProperty("timestamp", each.timestamp());
      json.addProperty("signature", each.signature());
      json.addProperty("body", each.body());
      all.add(json);
    }
    Path script = Files.writeString(folder.resolve("judge.cjs"), JUDGE);
    Path cases = Files.writeString(folder.resolve("cases.json"), all.toString());
    Path modules = Path.of(System.getenv("OWLERY_NODE_MODULES")).toAbsolutePath();
    Process node =
        new ProcessBuilder("node", script.toString(), modules.toString(), cases.toString())
            .redirectError(folder.resolve("errors.txt").toFile())
            .redirectOutput(folder.resolve("verdicts.json").toFile())
            .start();
    assertThat(node.waitFor(50, TimeUnit.SECONDS)).isTrue();
    assertThat(node.exitValue()).as(Files.readString(folder.resolve("errors.txt"))).isZero();
    return new Gson().fromJson(Files.readString(folder.resolve("verdicts.json")), JsonArray.class);
  }
}
