package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.launcher.proof.SlackRequests.Request;
import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackSignatures;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Requests to the bot's listener, most of them tampered with, are decided as Slack's own framework
 * decides them; only what it lets through by negligence is refused in addition.
 */
class SlackSignatureProofIT {
  private static final int REQUESTS = Form.of(1_000, 10_000);

  private static final String BOLT =
      """
      const { isValidSlackRequest } = require('@slack/bolt');
      const lines = require('node:fs').readFileSync(0, 'utf8').split('\\n').filter(Boolean);
      for (const line of lines) {
        const [secret, time, sign, body] = line.split(' ').map(
          part => part === '-' ? undefined : Buffer.from(part, 'base64').toString('utf8'));
        const headers = { 'x-slack-request-timestamp': time, 'x-slack-signature': sign };
        console.log(isValidSlackRequest({ signingSecret: secret, body: body ?? '', headers }));
      }
      """;

  /** What is done to a request. */
  private enum Mutation {
    NONE,
    A_LITTLE_OLD,
    A_LITTLE_NEW,
    OLD,
    FUTURE,
    TIME_MOVED,
    TIME_GARBAGE,
    TIME_MISSING,
    SIGNATURE_BIT,
    SIGNATURE_SHORT,
    SIGNATURE_CAPITALS,
    SIGNATURE_VERSION,
    SIGNATURE_TAIL,
    SIGNATURE_MISSING,
    SIGNATURE_EMPTY,
    BODY_BIT,
    BODY_LONGER,
    BODY_SHORTER,
    OTHER_SECRET,
    REPLAY
  }

  /** What Bolt lets through and we do not: what is not from our time, and what is no signature. */
  private static final Set<Mutation> REFUSED_IN_ADDITION =
      Set.of(Mutation.FUTURE, Mutation.REPLAY, Mutation.TIME_GARBAGE, Mutation.SIGNATURE_TAIL);

  private final Random random = Form.random();
  private final List<Mutation> kinds = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();

  @Test
  @Timeout(300)
  void requestsAreDecidedAsBoltDecidesThem() throws IOException {
    int port = LoopbackPorts.reserve();
    URI address = URI.create("http://127.0.0.1:" + port + "/slack/web");
    try (SlackDouble slack = SlackDouble.start();
        SlackRequests client = new SlackRequests();
        BotHome home =
            new BotHome(
                BotHome.loadTest(SlackHome.httpAccount("web", slack), "echo")
                    + "http { port = "
                    + port
                    + " }\n")) {
      home.run().awaitReady();
      for (int number = 0; number < REQUESTS; number++) {
        mutated(address, slack.signingSecret(), number);
      }
      List<Boolean> theirs = bolt(home.path().resolve("requests"), slack.signingSecret());
      Map<Mutation, Integer> additional = new EnumMap<>(Mutation.class);
      List<String> wrong = new ArrayList<>();
      int accepted = 0;
      for (int number = 0; number < requests.size(); number++) {
        Mutation kind = kinds.get(number);
        boolean ours = client.send(requests.get(number)) == 200;
        accepted += ours ? 1 : 0;
        if (ours != theirs.get(number)) {
          additional.merge(kind, 1, Integer::sum);
          if (ours || !REFUSED_IN_ADDITION.contains(kind)) {
            wrong.add(kind + ": ours " + ours + ", theirs " + theirs.get(number));
          }
        }
      }
      Form.figures(
          "signatures beside Bolt",
          "%d requests, %d accepted by both, refused in addition: %s, decided wrongly: %d"
              .formatted(requests.size(), accepted, additional, wrong.size()));
      assertThat(wrong).isEmpty();
      assertThat(accepted).isPositive().isLessThan(REQUESTS / 2);
    }
  }

  private List<Boolean> bolt(Path file, String secret) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Request request : requests) {
      lines
          .append(encoded(secret))
          .append(' ')
          .append(encodedHeader(request, SlackRequests.TIMESTAMP))
          .append(' ')
          .append(encodedHeader(request, SlackRequests.SIGNATURE))
          .append(' ')
          .append(encoded(request.body()))
          .append('\n');
    }
    Path input = Files.writeString(file, lines);
    return NodePackages.node(NodePackages.installed(), BOLT, input)
        .lines()
        .map(Boolean::valueOf)
        .toList();
  }

  private static String encodedHeader(Request request, String name) {
    return request.headers().containsKey(name) ? encoded(request.header(name)) : "-";
  }

  private static String encoded(String text) {
    return text.isEmpty()
        ? "=="
        : Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void mutated(URI to, String secret, int number) {
    Mutation kind = Mutation.values()[random.nextInt(Mutation.values().length)];
    if (kind == Mutation.REPLAY && requests.isEmpty()) {
      kind = Mutation.NONE;
    }
    kinds.add(kind);
    requests.add(request(kind, to, secret, number));
  }

  private Request request(Mutation kind, URI to, String secret, int number) {
    String body =
        "{\"type\":\"event_callback\",\"event_id\":\"Ev%d\",\"event\":{\"type\":\"novelty\",\"text\":\"ü%x\"}}"
            .formatted(number, random.nextLong());
    Request good = Request.signed(to, SlackRequests.JSON, body, secret);
    String sign = good.header(SlackRequests.SIGNATURE);
    String time = good.header(SlackRequests.TIMESTAMP);
    return switch (kind) {
      case NONE -> good;
      case A_LITTLE_OLD -> Request.signed(to, SlackRequests.JSON, body, secret, -200);
      case A_LITTLE_NEW -> Request.signed(to, SlackRequests.JSON, body, secret, 200);
      case OLD -> Request.signed(to, SlackRequests.JSON, body, secret, -310 - random.nextInt(99));
      case FUTURE ->
          Request.signed(to, SlackRequests.JSON, body, secret, 400 + random.nextInt(99_999));
      case TIME_MOVED ->
          good.with(SlackRequests.TIMESTAMP, Long.toString(Instant.now().getEpochSecond() - 7));
      case TIME_GARBAGE -> {
        String garbage = time + "x" + random.nextInt(99);
        yield good.with(SlackRequests.TIMESTAMP, garbage)
            .with(SlackRequests.SIGNATURE, SlackSignatures.sign(secret, garbage, body));
      }
      case TIME_MISSING -> good.without(SlackRequests.TIMESTAMP);
      case SIGNATURE_BIT -> good.with(SlackRequests.SIGNATURE, flipped(sign, 3));
      case SIGNATURE_SHORT ->
          good.with(SlackRequests.SIGNATURE, sign.substring(0, 4 + random.nextInt(60)));
      case SIGNATURE_CAPITALS -> good.with(SlackRequests.SIGNATURE, sign.toUpperCase(Locale.ROOT));
      case SIGNATURE_VERSION ->
          good.with(SlackRequests.SIGNATURE, "v" + (1 + random.nextInt(9)) + sign.substring(2));
      case SIGNATURE_TAIL -> good.with(SlackRequests.SIGNATURE, sign + "=" + random.nextInt(99));
      case SIGNATURE_MISSING -> good.without(SlackRequests.SIGNATURE);
      case SIGNATURE_EMPTY -> good.with(SlackRequests.SIGNATURE, "v0=");
      case BODY_BIT -> good.withBody(flipped(body, 0));
      case BODY_LONGER -> good.withBody(body + " ");
      case BODY_SHORTER -> good.withBody(body.substring(0, random.nextInt(body.length())));
      case OTHER_SECRET -> Request.signed(to, SlackRequests.JSON, body, secret + "x");
      case REPLAY -> requests.get(random.nextInt(requests.size()));
    };
  }

  private String flipped(String text, int from) {
    int at = from + random.nextInt(text.length() - from);
    char other = text.charAt(at) == '0' ? '1' : '0';
    return text.substring(0, at) + other + text.substring(at + 1);
  }
}
