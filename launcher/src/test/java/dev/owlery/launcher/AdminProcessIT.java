package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.irc.Ngircd;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code owlery admin}: the administrator's way in, where no network vouches for anybody. */
@Timeout(180)
final class AdminProcessIT {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir private Path folder;
  private String classPath = OwleryProcess.classPath();

  private record Answer(int code, String out, String err) {}

  private OwleryProcess run() throws IOException {
    return runAs(List.of());
  }

  private OwleryProcess runAs(List<String> user) throws IOException {
    OwleryProcess bot =
        OwleryProcess.start(
            Files.createDirectory(folder.resolve("bot")),
            user,
            classPath,
            List.of(),
            "run",
            "--config",
            folder.resolve("bot.conf").toString());
    await().atMost(PATIENCE).until(() -> !bot.isAlive() || bot.err().contains(" ready: "));
    assertThat(bot.err()).contains(" ready: ");
    return bot;
  }

  private Answer admin(String... words) throws Exception {
    return adminAs(List.of(), words);
  }

  private Answer adminAs(List<String> user, String... words) throws Exception {
    Path own = Files.createTempDirectory(folder, "admin");
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));
    String[] arguments = new String[words.length + 3];
    System.arraycopy(
        new String[] {"admin", "--config", folder.resolve("bot.conf").toString()},
        0,
        arguments,
        0,
        3);
    System.arraycopy(words, 0, arguments, 3, words.length);
    try (OwleryProcess process = OwleryProcess.start(own, user, classPath, List.of(), arguments)) {
      process.endInput();
      return new Answer(process.exitCode(), process.out(), process.err());
    }
  }

  private void configure(String accounts) throws IOException {
    Files.writeString(
        folder.resolve("bot.conf"),
        "bot { data-dir = \"%s\" }\naccounts { %s }\nplugins = [ admin, help, echo, \"%s\" ]\n"
            .formatted(folder.resolve("data"), accounts, AskingPlugin.class.getName()));
  }

  /** As the guide tells it: init, run, admin. */
  @Test
  void onANetworkWithoutServicesWhoeverRunsTheBotIsItsAdministrator() throws Exception {
    try (Ngircd irc = Ngircd.start();
        IrcWitness ann = IrcWitness.connect(irc, "ann")) {
      long begin = System.nanoTime();
      try (OwleryProcess init =
          OwleryProcess.start(folder, "init", "--config", folder.resolve("bot.conf").toString())) {
        for (String answer :
            new String[] {
              "owl",
              "yes",
              "net",
              irc.host(),
              "no",
              Integer.toString(irc.port()),
              "owl",
              "#owls",
              "",
              "",
              "no",
              "no",
              "no"
            }) {
          init.type(answer);
        }
        init.endInput();
        assertThat(init.exitCode()).as(init.out() + init.err()).isZero();
        assertThat(init.out()).contains("./owlery admin --config", "administrators.md");
      }
      Path file = folder.resolve("bot.conf");
      Files.writeString(
          file,
          Files.readString(file)
              .replace("bot {", "bot { data-dir = \"" + folder.resolve("data") + "\","));
      try (OwleryProcess _ = run()) {
        ann.join("#owls");
        ann.say("#owls", "!whoami");
        ann.expect(":owl\\S* PRIVMSG #owls :The network does not say who you are", PATIENCE);
        assertThat(admin("rooms")).isEqualTo(new Answer(0, "net/#owls\n", ""));
        assertThat(admin("plugin", "unload", "poll").out()).startsWith("unloaded poll; ");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(2));
      }
    }
  }

  @Test
  void itsAnswersAndExitCodesAreTheCommands() throws Exception {
    configure("here { protocol = console }");
    try (OwleryProcess bot = run()) {
      Path socket = folder.resolve("data/control.sock");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data"))))
          .isEqualTo("rwx------");
      assertThat(admin("plugins"))
          .matches(answer -> answer.code() == 0)
          .extracting(Answer::out)
          .asString()
          .startsWith("admin (bundled)\n");
      assertThat(admin("ecko", "x").code()).isEqualTo(2);
      assertThat(admin("ecko", "x").out()).contains("I know no command \"ecko\"");
      assertThat(admin("plugin", "unload").code()).isEqualTo(2);
      Answer failed = admin("plugin", "load", "nothing");
      assertThat(failed.code()).isEqualTo(1);
      assertThat(failed.out()).contains("cannot load plugin nothing");
      assertThat(admin("echo", "--times", "3").out()).isEqualTo("--times 3\n");
      Answer asked = admin("sure");
      assertThat(asked.code()).isEqualTo(1);
      assertThat(asked.err())
          .contains("this command asks something (Really?): run it in a terminal");
      Answer large = admin("large");
      assertThat(large.out()).hasSize(100_001).endsWith("x\n");
      String identity = "identity=\"local/" + Files.getAttribute(socket, "unix:uid") + "\"";
      assertThat(bot.err())
          .contains("control " + identity + " verb=\"command\" line=\"plugins\"")
          .contains(identity + " where=\"local/");
      assertThat(talk(socket, "{\"verb\":\"dance\"}\n")).contains("this bot knows no verb dance");
      assertThat(talk(socket, "x".repeat(70_000) + "\n")).isEmpty();
      assertThat(admin("echo", "still", "here").out()).isEqualTo("still here\n");
      bot.terminate();
      assertThat(bot.exitCode()).isZero();
      assertThat(socket).doesNotExist();
      Answer gone = admin("plugins");
      assertThat(gone.code()).isEqualTo(1);
      assertThat(gone.err()).contains("no bot answers at", "is it running");
    }
  }

  @Test
  void rootReachesABotThatRunsAsAnotherUserAndAThirdUserDoesNot() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can be somebody else");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    classPath = readableByAll();
    configure("here { protocol = console }");
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.setAttribute(data, "unix:uid", 65_001);
    Files.setAttribute(data, "unix:gid", 65_001);
    try (OwleryProcess bot = runAs(as(65_001))) {
      assertThat(admin("echo", "root")).isEqualTo(new Answer(0, "root\n", ""));
      assertThat(adminAs(as(65_001), "echo", "own")).isEqualTo(new Answer(0, "own\n", ""));
      Answer other = adminAs(as(65_002), "echo", "other");
      assertThat(other.code()).isEqualTo(1);
      assertThat(other.err()).contains("no bot answers at", "are you its user, or root?");
      // Whatever the files allow, the bot looks at who it is.
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
      Files.setPosixFilePermissions(
          data.resolve("control.sock"), PosixFilePermissions.fromString("rw-rw-rw-"));
      Answer let = adminAs(as(65_002), "echo", "other");
      assertThat(let.code()).isEqualTo(1);
      assertThat(let.out()).isEmpty();
      assertThat(let.err()).contains("only the bot's own user and root");
      assertThat(bot.err())
          .contains("control identity=\"local/0\"", "control identity=\"local/65001\"")
          .doesNotContain("local/65002");
    }
  }

  /** The build may lie where other users may not look, such as in root's home. */
  private String readableByAll() throws IOException {
    Path copies = Files.createDirectory(folder.resolve("build"));
    List<String> entries = new ArrayList<>();
    for (Path entry : Pattern.compile(":").splitAsStream(classPath).map(Path::of).toList()) {
      if (Files.exists(entry)) {
        Path copy = copies.resolve(entries.size() + "-" + entry.getFileName());
        copyForAll(entry, copy);
        entries.add(copy.toString());
      }
    }
    Files.setPosixFilePermissions(copies, PosixFilePermissions.fromString("rwxr-xr-x"));
    return String.join(":", entries);
  }

  private static void copyForAll(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.copy(file, copy);
        Files.setPosixFilePermissions(
            copy,
            PosixFilePermissions.fromString(Files.isDirectory(copy) ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }

  private static List<String> as(int uid) {
    return List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups");
  }

  @Test
  void aQuestionIsAnsweredByAClientThatCan() throws Exception {
    configure("here { protocol = console }");
    try (OwleryProcess _ = run()) {
      String said =
          talk(
              folder.resolve("data/control.sock"),
              "{\"verb\":\"command\",\"line\":\"sure\",\"asks\":true}\n",
              "\"fields\":",
              "{\"answer\":{\"answer\":\"yes\"}}\n");
      assertThat(said).contains("\"ask\":\"Really?\"", "\"say\":\"yes it is\"", "\"end\":0");
    }
  }

  @Test
  void aSocketThatAKilledBotHasLeftIsReplaced() throws Exception {
    configure("here { protocol = console }");
    Path data = Files.createDirectory(folder.resolve("data"));
    try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      left.bind(UnixDomainSocketAddress.of(data.resolve("control.sock")));
    }
    try (OwleryProcess _ = run()) {
      assertThat(admin("echo", "hi")).isEqualTo(new Answer(0, "hi\n", ""));
    }
  }

  @Test
  void withoutADataDirectoryOrWithTooLongAPathThereIsAPlainRefusal() throws Exception {
    Files.writeString(
        folder.resolve("bot.conf"),
        "bot { durability = off }\naccounts { here { protocol = console } }\n");
    Answer off = admin("health");
    assertThat(off.code()).isEqualTo(2);
    assertThat(off.err()).contains("with durability = off the bot has no data directory");
    try (OwleryProcess check =
        OwleryProcess.start(folder, "check", "--config", folder.resolve("bot.conf").toString())) {
      assertThat(check.exitCode()).isZero();
      assertThat(check.out()).contains("no `owlery admin`");
    }
    Files.writeString(
        folder.resolve("bot.conf"),
        "bot { data-dir = \""
            + "d".repeat(100)
            + "\" }\naccounts { here { protocol = console } }\n");
    try (OwleryProcess check =
        OwleryProcess.start(folder, "check", "--config", folder.resolve("bot.conf").toString())) {
      assertThat(check.exitCode()).isEqualTo(2);
      assertThat(check.err()).contains("data-dir", "must be a shorter path");
    }
  }

  /** Sends a line, waits for something if more is to be sent, and reads until the end. */
  private static String talk(Path socket, String... lines) throws IOException {
    StringBuilder heard = new StringBuilder();
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      for (int i = 0; i < lines.length; i += 2) {
        channel.write(ByteBuffer.wrap(lines[i].getBytes(StandardCharsets.UTF_8)));
        while (read(channel, heard) && (i + 1 == lines.length || heard.indexOf(lines[i + 1]) < 0)) {
          // The bot ends every connection, a silent one after 30 seconds.
        }
      }
    } catch (IOException reset) {
      heard.append("");
    }
    return heard.toString();
  }

  private static boolean read(SocketChannel channel, StringBuilder heard) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    int count = channel.read(buffer);
    heard.append(new String(buffer.array(), 0, Math.max(0, count), StandardCharsets.UTF_8));
    return count >= 0;
  }
}
