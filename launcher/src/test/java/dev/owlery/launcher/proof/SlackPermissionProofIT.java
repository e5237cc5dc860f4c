package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.launcher.proof.SlackRequests.Request;
import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackHttp;
import dev.owlery.testkit.slack.SlackRequestUrls;
import dev.owlery.testkit.slack.SlackRoom;
import dev.owlery.testkit.slack.SlackUser;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * People on Slack, and programs that pretend to be Slack, try to be the administrator: all are
 * refused, each attempt that calls a command leaves exactly one line in the audit, the
 * administrator is never refused, and no secret is in the log.
 */
class SlackPermissionProofIT {
  private static final String ROOM = "ops";

  /** Nine signed badly, one that comes again, one with a wrong token, one with another's secret. */
  private static final int FORGED = 12;

  private static final String HOOKS =
      """
      plugin.hooks.incoming {
        ci { secret = "a-long-secret-of-ci", to = "work/#ops" }
        staff { secret = "a-long-secret-of-staff", to = "work/#ops" }
      }
      """;

  private static final String CANARY = "canary-of-a-body-4711";

  private final Map<String, Integer> expected = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private String account = "work";

  @Test
  @Timeout(120)
  void nobodyBecomesTheAdministratorByPretending() {
    int port = LoopbackPorts.reserve();
    URI address = URI.create("http://127.0.0.1:" + port + "/slack/web");
    try (SlackDouble slack = SlackDouble.start();
        SlackDouble other = SlackDouble.builder().team("T0SECOND").start();
        SlackRequests requests = new SlackRequests();
        BotHome home = new BotHome(configuration(slack, other, port))) {
      slack.channel(ROOM).invitesBot();
      other.channel(ROOM).invitesBot();
      SlackHttp http = other.usesHttp(SlackRequestUrls.all(address));
      BotProcess bot = home.start("run", "--verbose", "--config", "bot.conf").awaitReady();
      administrator(slack, bot, 1);
      SlackAttempts attempts = new SlackAttempts(this::attempt, slack);
      attempts.byPeople();
      attempts.byTalk();
      attempts.byDelivery();
      account = "web";
      administrator(other, bot, 2);
      replay(other, address, requests);
      new SlackAttempts(this::attempt, other).byHttp(address, http, requests);
      URI theirs = address.resolve("/hooks/staff/a-long-secret-of-ci");
      String text = "{\"text\":\"" + CANARY + "\"}";
      assertThat(requests.send(Request.unsigned(theirs, SlackRequests.JSON, text))).isEqualTo(404);
      slack.user("mallory").in(ROOM).says(CANARY);
      other.user("mallory").in(ROOM).says(CANARY);
      administrator(slack, bot, 3);
      administrator(other, bot, 4);
      judge(home);
      secrets(home.logs(), slack, other);
    }
  }

  private static String configuration(SlackDouble slack, SlackDouble other, int port) {
    return """
    bot { name = owl, prefix = "!", data-dir = "data", durability = crash }
    accounts {
      %s
      web { protocol = slack, mode = http, bot-token = "%s", signing-secret = "%s"
            webhook-tokens = [ "%s" ], api-url = "%s", rooms = [], flood { burst = 0 } }
    }
    http { port = %d }
    plugins = [ echo, help, admin, hooks ]
    %s
    limits { commands-per-minute = 0 }
    permissions {
      persons { alice = [ %s ], named = [ %s ] }
      roles { admin = [ alice, named ] }
      grants { admin = ["*"], everyone = [view] }
    }
    """
        .formatted(
            SlackHome.account("work", slack, "burst = 0"),
            other.botToken(),
            other.signingSecret(),
            other.verificationToken(),
            other.apiUrl(),
            port,
            HOOKS,
            ids("work", slack, "alice") + ", " + ids("web", other, "alice"),
            ids("work", slack, "gus", "sam", "eve"));
  }

  private static String ids(String account, SlackDouble slack, String... people) {
    List<String> ids = new ArrayList<>();
    for (String name : people) {
      ids.add('"' + account + "/" + slack.user(name).id() + '"');
    }
    return String.join(", ", ids);
  }

  /** One attempt: the deed gets the command line that it is about. */
  private void attempt(String name, int auditLines, Consumer<String> deed) {
    String marker = "#m" + (expected.size() + 1) + "x";
    expected.put(marker, auditLines);
    names.put(marker, account + ": " + name);
    deed.accept("leave " + account + "/" + marker);
  }

  /** The administrator is obeyed, each way once, whatever else is going on. */
  private void administrator(SlackDouble slack, BotProcess bot, int turn) {
    SlackUser alice = slack.user("alice");
    SlackRoom room = alice.in(ROOM);
    SlackRoom direct = alice.direct();
    String command = "leave " + account + "/#legit" + turn;
    room.says("!" + command + "a");
    direct.says(command + "b");
    alice.slash(room, "/owl", command + "c");
    for (String way : List.of("a", "b", "c")) {
      bot.awaitLog("permitted who=.*#legit" + turn + way + "\"", Duration.ofSeconds(20));
    }
  }

  /** The very same request a second time: the command ran once. */
  private void replay(SlackDouble slack, URI to, SlackRequests requests) {
    String body =
        """
        {"type":"event_callback","event_id":"Ev0ONCE","team_id":"%s","api_app_id":"%s",
         "event":{"type":"message","channel":"%s","channel_type":"channel","user":"%s",
          "text":"!leave web/#once","ts":"1767600000.000900","event_ts":"1767600000.000900"}}
        """
            .formatted(
                slack.teamId(), slack.appId(), slack.channel(ROOM).id(), slack.user("alice").id());
    Request genuine = Request.signed(to, SlackRequests.JSON, body, slack.signingSecret());
    assertThat(requests.send(genuine)).isEqualTo(200);
    assertThat(requests.send(genuine)).as("the replay").isEqualTo(401);
    Request later = Request.signed(to, SlackRequests.JSON, body, slack.signingSecret(), 1);
    assertThat(requests.send(later.with("X-Slack-Retry-Num", "1"))).as("the retry").isEqualTo(200);
  }

  private void judge(BotHome home) {
    Map<String, Integer> found = new LinkedHashMap<>();
    int all = expected.values().stream().mapToInt(lines -> lines).sum();
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    do {
      String now = home.logs();
      expected.keySet().forEach(m -> found.put(m, audit(now, "refused", m).size()));
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    } while (found.values().stream().mapToInt(lines -> lines).sum() < all
        && System.nanoTime() < deadline);
    String log = home.logs();
    List<String> wrong =
        expected.entrySet().stream()
            .filter(e -> !e.getValue().equals(found.get(e.getKey())))
            .map(e -> names.get(e.getKey()) + ": " + found.get(e.getKey()) + " not " + e.getValue())
            .toList();
    List<String> permitted =
        expected.keySet().stream()
            .filter(marker -> !audit(log, "permitted", marker).isEmpty())
            .map(names::get)
            .toList();
    long requests = log.lines().filter(line -> line.contains("refused request=\"POST ")).count();
    long strange = log.lines().filter(line -> line.contains("reason=\"it is for another")).count();
    Form.figures(
        "permissions on Slack",
        "%d attempts, %d reached a command and left a line, %d permitted, %d wrong audits, %d forged requests and %d deliveries for others audited"
            .formatted(
                expected.size(),
                found.values().stream().filter(n -> n > 0).count(),
                permitted.size(),
                wrong.size(),
                requests,
                strange));
    if (!wrong.isEmpty() || !permitted.isEmpty()) {
      home.keep("slack-permissions");
    }
    assertThat(permitted).as("attempts that succeeded").isEmpty();
    assertThat(wrong).as("attempts with too few or too many lines in the audit").isEmpty();
    assertThat(requests).as("audit lines of forged requests").isGreaterThanOrEqualTo(FORGED);
    assertThat(strange).as("audit lines of deliveries for others").isEqualTo(2);
    assertThat(audit(log, "permitted", "#once")).as("a command that came twice").hasSize(1);
  }

  private static List<String> audit(String log, String decision, String marker) {
    Pattern line =
        Pattern.compile(
            "\\b" + decision + " who=.* command=\"[^\"]*" + Pattern.quote(marker) + "\"");
    return log.lines().filter(each -> line.matcher(each).find()).toList();
  }

  private static void secrets(String log, SlackDouble... doubles) {
    for (SlackDouble slack : doubles) {
      assertThat(log)
          .doesNotContain(slack.botToken())
          .doesNotContain(slack.appToken())
          .doesNotContain(slack.signingSecret())
          .doesNotContain(slack.verificationToken());
    }
    assertThat(log)
        .doesNotContain("a-long-secret-of")
        .doesNotContain(CANARY)
        .doesNotContainPattern("v0=[0-9a-fA-F]{20}");
    assertThat(log).doesNotContain("ticket=").doesNotContain("event_callback");
  }
}
