package dev.owlery.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.owlery.core.Engine;
import dev.owlery.launcher.config.Configuration;
import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.irc.Ngircd;
import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the guides print runs: their configurations, on real servers. Changed are addresses, paths,
 * and how long something waits; each change is to be seen here. The guide to programs that tell
 * each other is run in processes of its own, by {@code StaffProofIT}.
 */
@Timeout(120)
final class GuidesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String SECRET = "a-secret-of-the-tests";
  private static final String FEED =
      """
      <rss version='2.0'><channel><title>News</title>
        <item><title>Owls hoot</title><link>https://n.example/1</link><guid>1</guid></item>
      </channel></rss>
      """;

  private static Ngircd irc;
  private static Prosody xmpp;
  private static HttpServer web;

  private static final BlockingQueue<String> POSTED = new LinkedBlockingQueue<>();

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    irc = Ngircd.start();
    xmpp = Prosody.start();
    xmpp.register("owl", SECRET);
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/headlines/rss",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/rss+xml");
            exchange.sendResponseHeaders(200, FEED.length());
            exchange.getResponseBody().write(FEED.getBytes(UTF_8));
          }
        });
    web.createContext(
        "/owl",
        exchange -> {
          try (exchange) {
            String signature = exchange.getRequestHeaders().getFirst("webhook-signature");
            POSTED.add(
                signature + " " + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(204, -1);
          }
        });
    web.start();
  }

  @AfterAll
  static void stop() {
    web.stop(0);
    xmpp.close();
    irc.close();
  }

  private static String local(String path) {
    return "http://127.0.0.1:" + web.getAddress().getPort() + path;
  }

  /** An hour of the day that is now, or will not be soon. */
  private static String hour(boolean now) {
    LocalTime time = LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
    LocalTime from = now ? time.minusHours(1) : time.plusHours(10);
    return from + "-" + from.plusHours(2) + " UTC";
  }

  private record Running(Engine engine) implements AutoCloseable {
    @Override
    public void close() {
      boolean _ = BotProcess.stop(engine);
    }
  }

  private Running run(Guide guide, String... more) throws Exception {
    Map<String, String> variables = new HashMap<>();
    for (String name : List.of("HOME_PASSWORD", "WEBHOOK_HUB", "WEBHOOK_BUILDS", "PAGER_SECRET")) {
      variables.put("OWLERY_" + name, SECRET);
    }
    for (int i = 0; i < more.length; i += 2) {
      variables.put(more[i], more[i + 1]);
    }
    String data = "bot { data-dir = \"" + folder.resolve("data") + "\" }";
    Path file = Files.writeString(folder.resolve("bot.conf"), guide.and(data).text());
    Configuration configuration =
        new ProcessEnvironment(variables, () -> {}).configurations().read(file);
    Engine engine = BotProcess.engine(configuration);
    Running running = new Running(engine);
    engine.start(configuration.plugins());
    engine.ready().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return running;
  }

  private static void hears(IrcWitness who, String room, String text) {
    who.expect(":owl\\S* PRIVMSG " + room + " :" + text, PATIENCE);
  }

  private static void isTold(RawXmppClient who, String from, String text) {
    who.expect(
        text + " from " + from,
        stanza -> stanza.from().startsWith(from) && stanza.body().contains(text),
        PATIENCE);
  }

  @Test
  void aFeedIsToldInThreeNetworks() throws Exception {
    Guide guide = Guide.configurations("feeds").getFirst();
    try (SlackDouble slack = SlackDouble.start();
        IrcWitness ann = IrcWitness.connect(irc, "ann");
        RawXmppClient bea = RawXmppClient.join(xmpp, "bea")) {
      ann.join("#owls");
      bea.enter("news@rooms.localhost", "Bea");
      slack.channel("news").invitesBot();
      Guide here =
          guide
              .on(irc)
              .on(xmpp)
              .on(slack)
              .with("https://lwn.net/headlines/rss", local("/headlines/rss"))
              .with("every = 30m", "announce-first = true")
              .with("digest = 1h", "digest = 1s")
              .with("18:00-08:00 Europe/Berlin", hour(false))
              .and("plugin.feeds.allow = [ \"127.0.0.1\" ]");
      try (Running _ =
          run(
              here,
              "OWLERY_WORK_BOT_TOKEN",
              slack.botToken(),
              "OWLERY_WORK_APP_TOKEN",
              slack.appToken())) {
        hears(ann, "#owls", "lwn: Owls hoot https://n.example/1");
        isTold(bea, "news@rooms.localhost/", "lwn: Owls hoot");
        slack.await(
            "the feed",
            PATIENCE,
            () ->
                slack.channel("news").messages().stream()
                    .anyMatch(message -> message.json().toString().contains("lwn: Owls hoot")));
      }
    }
  }

  @Test
  void aLogIsOnAPhoneAtAnyHourIfItIsCritical() throws Exception {
    Path error = Files.createFile(folder.resolve("error.log"));
    Path kernel = Files.createFile(folder.resolve("kern.log"));
    Guide here =
        Guide.configurations("logs")
            .getFirst()
            .on(xmpp)
            .with("/var/log/nginx/error.log", error.toString())
            .with("/var/log/kern.log", kernel.toString())
            .with("22:00-07:00", hour(true));
    try (RawXmppClient robin = RawXmppClient.join(xmpp, "robin");
        Running _ = run(here)) {
      append(error, "12:00 [error] can wait\n");
      append(kernel, "12:01 sda: nothing\n12:01 sda: I/O error, sector 7\n");
      isTold(robin, "owl@localhost", "sda: I/O error, sector 7");
      assertThat(robin.textsFrom("owl@localhost")).hasSize(1);
    }
  }

  private static void append(Path file, String lines) throws IOException {
    Files.writeString(file, lines, StandardOpenOption.APPEND);
  }

  @Test
  void aShellScriptIsABot() throws Exception {
    Guide guide = Guide.configurations("pipes").getFirst();
    String script = guide.find("command = \\[ \"([^\"]+)\" ]");
    assertThat(Files.readString(Guide.ROOT.resolve(script)))
        .as("the script that the guide prints")
        .isEqualTo(Guide.blocks("pipes", "sh").getFirst().text());
    try (IrcWitness ann = IrcWitness.connect(irc, "ann");
        Running _ = run(guide.on(irc).with(script, Guide.ROOT.resolve(script).toString()))) {
      ann.join("#owls");
      ann.say("#owls", "whisper hello");
      ann.say("#owls", "shout hello there");
      hears(ann, "#owls", "HELLO THERE");
      assertThat(ann.settle()).noneMatch(line -> line.contains("WHISPER"));
    }
  }

  /** Both configurations of the guide, in one bot: what GitHub and a build server post goes on. */
  @Test
  void resultsAreToldInARoomAndPostedOn() throws Exception {
    List<Guide> guides = Guide.configurations("webhooks");
    int port = LoopbackPorts.reserve();
    Guide here =
        guides
            .get(1)
            .with("https://pager.example.org", local(""))
            .and(guides.getFirst().on(irc).with("port = 8080", "port = " + port).text());
    try (IrcWitness ann = IrcWitness.connect(irc, "ann");
        Running _ = run(here)) {
      ann.join("#ci");
      assertThat(curl(port)).isEqualTo("ok\n");
      hears(ann, "#ci", "WARNING: web #7: failed");
      assertThat(POSTED.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .startsWith("v1,")
          .contains("\"topic\":\"ci.builds\"", "web #7: failed", "https://ci.example.org/web/7");
      assertThat(github(port)).isEqualTo("ok\n");
      hears(ann, "#ci", "o/r: build on main: success");
      assertThat(POSTED.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).contains("ci.github");
    }
  }

  /** As the guide prints it, by the shell. */
  private static String curl(int port) throws Exception {
    String command =
        Guide.blocks("webhooks", "sh")
            .getFirst()
            .with("https://bot.example.org/", "http://127.0.0.1:" + port + "/")
            .with("curl ", "curl -sS --max-time 30 ")
            .text();
    ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", command).redirectErrorStream(true);
    shell.environment().put("OWLERY_WEBHOOK_BUILDS", SECRET);
    Process process = shell.start();
    String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return answer;
  }

  private static String github(int port) throws Exception {
    String body =
        "{\"action\": \"completed\", \"repository\": {\"full_name\": \"o/r\"}, \"workflow_run\":"
            + " {\"name\": \"build\", \"head_branch\": \"main\", \"conclusion\": \"success\"}}";
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/webhooks/hub"))
            .timeout(PATIENCE)
            .header("X-GitHub-Event", "workflow_run")
            .header(
                "X-Hub-Signature-256",
                "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8))))
            .POST(BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  @Test
  void topicsAreToldAsRoomsLikeIt() throws Exception {
    Guide here =
        Guide.configurations("topics")
            .getFirst()
            .on(irc)
            .with("digest = 1h", "digest = 1s")
            .with("22:00-07:00 Europe/Berlin", hour(false))
            .and("plugins = [ topics ]\npermissions.grants.everyone = [ view, \"topics.*\" ]");
    try (IrcWitness ann = IrcWitness.connect(irc, "ann");
        Running _ = run(here)) {
      ann.join("#staff");
      ann.join("#ops");
      ann.say("#staff", "!publish staff Kim joins on Monday");
      hears(ann, "#staff", "Kim joins on Monday");
      ann.say("#staff", "!publish ci.web It is green");
      hears(ann, "#ops", "\\[ci.web] It is green");
    }
  }
}
