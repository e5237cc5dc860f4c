package dev.owlery.launcher.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.http.HmacSha256;
import dev.owlery.api.settings.Secret;
import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppStanza;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * All that strangers can do at once keeps a person known to the network from nothing: those who
 * greet, one who speaks under thousands of nicks, bodies of webhooks that are held open, open
 * ad-hoc sessions, and a pipe that somebody fills; on real servers, at the pace that is the
 * standard for IRC.
 */
@Timeout(600)
@Isolated("measures times")
final class OverloadProofIT {

  private static final int STRANGERS = Form.of(20, 60);
  private static final int NICKS = Form.of(1_200, 12_000);
  private static final int BODIES = Form.of(64, 254);
  private static final int SESSIONS = Form.of(10, 40);
  private static final int PIPE_LINES = Form.of(600, 3_000);
  private static final int QUESTIONS = Form.of(6, 20);

  /** So many lines are sent before the server's answer is waited for. */
  private static final int BEFORE_SETTLING = 200;

  private static final int SESSIONS_OF_ONE = 5;
  private static final int MEBIBYTE = 1 << 20;
  private static final long MOST_MILLIS = 3_000;
  private static final Duration AFTERWARDS = Duration.ofSeconds(30);
  private static final String SECRET = "a-secret-of-the-tests";
  private static final String COMMANDS = "http://jabber.org/protocol/commands";
  private static final String BOT = "owl@localhost/owlery";

  private final List<IrcWitness> strangers = Collections.synchronizedList(new ArrayList<>());
  private final List<RawXmppClient> clients = new ArrayList<>();

  @Test
  void whatStrangersDoAtOnceKeepsAPersonFromNothing() throws Exception {
    int port = LoopbackPorts.reserve();
    try (InspIrcd irc = InspIrcd.startWithServices();
        Prosody xmpp = Prosody.start();
        BotHome home = new BotHome(configuration(irc, xmpp, port))) {
      xmpp.register("owl", "secret");
      home.run().awaitReady();
      try (IrcWitness ann = IrcWitness.connect(irc, "ann")) {
        ann.registerAccount("correct-horse");
        ann.join("#pipe");
        people(irc, xmpp);
        String alone = delays(ann, "alone").toString();
        Delays delays = underAttack(ann, port);
        Form.figures(
            "overload",
            "%d strangers, %d nicks, %d bodies, %d sessions, %d lines: answered after %s; alone %s"
                .formatted(STRANGERS, NICKS, BODIES, SESSIONS, PIPE_LINES, delays, alone));
        assertThat(delays.most()).as("%s", delays).isLessThanOrEqualTo(MOST_MILLIS);
        everythingWorks(ann, xmpp, port);
      } finally {
        strangers.forEach(IrcWitness::close);
        clients.forEach(RawXmppClient::close);
      }
      assertThat(home.logs()).doesNotContain(" ERROR ");
    }
  }

  /** Those who will do it: all are there before it begins. */
  private void people(InspIrcd irc, Prosody xmpp) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < STRANGERS + 2; i++) {
        String nick = "stranger" + i;
        threads.execute(() -> strangers.add(IrcWitness.connect(irc, nick)));
      }
    }
    assertThat(strangers).hasSize(STRANGERS + 2);
    strangers.get(STRANGERS).join("#pipe");
    for (int i = 0; i < SESSIONS / SESSIONS_OF_ONE; i++) {
      clients.add(RawXmppClient.join(xmpp, "client" + i));
    }
  }

  private Delays underAttack(IrcWitness ann, int port) throws Exception {
    HeldBodies.Kind kind =
        new HeldBodies.Kind(
            "wrongly signed",
            "/webhooks/hub",
            n -> "X-Hub-Signature-256: sha256=%064x\r\n".formatted(n),
            MEBIBYTE,
            false);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HeldBodies held = new HeldBodies(port, BODIES, kind)) {
      List<Future<?>> all = new ArrayList<>();
      all.add(threads.submit(this::openSessions));
      all.add(threads.submit(() -> fill(strangers.get(STRANGERS))));
      all.add(threads.submit(() -> changeNicks(strangers.get(STRANGERS + 1))));
      strangers.subList(0, STRANGERS).forEach(each -> each.say("owl", "hello"));
      Delays delays = delays(ann, "answer");
      for (Future<?> each : all) {
        each.get();
      }
      System.out.printf("[proof] %d of %d bodies refused%n", held.refused(), BODIES);
      return delays;
    }
  }

  private static void fill(IrcWitness one) {
    for (int i = 0; i < PIPE_LINES; i++) {
      one.say("#pipe", "line " + i);
      if (i % BEFORE_SETTLING == BEFORE_SETTLING - 1) {
        one.settle();
      }
    }
  }

  private static void changeNicks(IrcWitness one) {
    for (int i = 0; i < NICKS; i++) {
      one.raw("NICK nick" + i);
      one.say("owl", i % 2 == 0 ? "hello" : "!echo nick " + i);
      if (i % BEFORE_SETTLING == BEFORE_SETTLING - 1) {
        one.settle();
      }
    }
  }

  private void openSessions() {
    for (int i = 0; i < SESSIONS_OF_ONE; i++) {
      for (RawXmppClient each : clients) {
        assertThat(open(each).raw()).contains("executing");
      }
    }
  }

  private static XmppStanza open(RawXmppClient client) {
    return client.ask(
        BOT, "set", "<command xmlns='%s' node='poll new' action='execute'/>".formatted(COMMANDS));
  }

  /** How long answers took, in milliseconds. */
  private record Delays(List<Long> sorted) {
    long most() {
      return sorted.getLast();
    }

    @Override
    public String toString() {
      return "p50 %d ms, max %d ms".formatted(sorted.get(sorted.size() / 2), most());
    }
  }

  /** Asks the bot and the program in turn, each when the answer before is there. */
  private static Delays delays(IrcWitness ann, String word) {
    List<Long> delays = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      long asked = System.nanoTime();
      if (i % 2 == 0) {
        ann.say("owl", "!echo " + word + " " + i);
        ann.expect("PRIVMSG ann :" + word + " " + i + "$", AFTERWARDS);
      } else {
        ann.say("#pipe", "ask " + word + " " + i);
        ann.expect("PRIVMSG #pipe :got ask " + word + " " + i + "$", AFTERWARDS);
      }
      delays.add((System.nanoTime() - asked) / 1_000_000);
    }
    return new Delays(delays.stream().sorted().toList());
  }

  private static void everythingWorks(IrcWitness ann, Prosody xmpp, int port) throws Exception {
    try (RawXmppClient late = RawXmppClient.join(xmpp, "late")) {
      long over = System.nanoTime();
      int status = 0;
      while (status != 200 && System.nanoTime() - over < AFTERWARDS.toNanos()) {
        status = post(port);
        LockSupport.parkNanos(100_000_000);
      }
      assertThat(status).as("a signed webhook").isEqualTo(200);
      late.expect("build done");
      assertThat(open(late).raw()).contains("executing");
      late.say("owl@localhost", "!echo late");
      late.expectMessage("owl@localhost", "late");
    }
    assertThat(delays(ann, "after").most()).isLessThanOrEqualTo(MOST_MILLIS);
  }

  private static int post(int port) throws Exception {
    String body = "{\"title\": \"build done\", \"id\": \"1\"}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/webhooks/builds"))
            .timeout(AFTERWARDS)
            .header("X-Signature", new HmacSha256(new Secret(SECRET)).hex("", body.getBytes(UTF_8)))
            .POST(BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  private static String configuration(InspIrcd irc, Prosody xmpp, int port) {
    return """
    bot { name = owl, prefix = "!", data-dir = "data", durability = crash }
    accounts {
      net { protocol = irc, host = "127.0.0.1", port = %d, tls = off, nick = owl, rooms = [ "#pipe" ] }
      %s
    }
    plugins = [ help, echo, poll, pipes, topics, webhooks ]
    http { port = %d }
    topics { "ci.*" { to = [ "work/late@localhost" ] } }
    plugin.webhooks.incoming {
      hub { kind = github, secret = %s, topic = ci.hub }
      builds { kind = generic, secret = %s, topic = ci.builds, signature = "X-Signature" }
    }
    plugin.pipes.pipe.it {
      command = [ "/bin/sh", "-c", "while read -r line; do sleep 0.2; case $line in ask*) echo got $line;; *) echo;; esac; done" ]
      rooms = [ "net/#pipe" ], answers = 1, per-minute = 6000
    }
    limits { commands-per-minute = 60 }
    """
        .formatted(irc.port(), BotHome.xmpp("work", xmpp.port(), "owl", ""), port, SECRET, SECRET);
  }
}
