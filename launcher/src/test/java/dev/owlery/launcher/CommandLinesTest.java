package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line in this process: what it prints, and its exit codes. */
final class CommandLinesTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int owlery(String... arguments) {
    CommandLine line = CommandLines.of(new ProcessEnvironment(Map.of(), () -> {}));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  private Path config(String text) throws Exception {
    return Files.writeString(folder.resolve("bot.conf"), text);
  }

  @Test
  void helpListsTheCommandsAndNoHiddenOne() {
    assertThat(owlery("--help")).isZero();
    assertThat(out.toString())
        .contains("run", "check", "send", "new-plugin", "init", "Exit codes")
        .doesNotContain("rehearse");
  }

  @Test
  void theVersionIsTold() {
    assertThat(owlery("--version")).isZero();
    assertThat(out.toString()).startsWith("Owlery ").contains("Java 25");
  }

  @Test
  void aNewPluginIsNotCalledLikeABundledOne() {
    assertThat(owlery("new-plugin", "echo")).isEqualTo(2);
    assertThat(err.toString()).contains("there is a bundled plugin called echo; take another name");
  }

  @Test
  void aMisspeltCommandIsAUsageFault() {
    assertThat(owlery("rnu")).isEqualTo(2);
    assertThat(err.toString()).contains("rnu");
  }

  @Test
  void noCommandIsAUsageFault() {
    assertThat(owlery()).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: owlery");
  }

  @Test
  void aSoundConfigurationIsTold() throws Exception {
    Path file = config("accounts { here { protocol = console } }\nplugins = [ echo ]");

    assertThat(owlery("check", "--config", file.toString())).isZero();
    assertThat(out.toString()).isEqualTo(file + " is sound: accounts here; plugins echo\n");
  }

  @Test
  void whatIsSurelyNotMeantIsNotCalledSound() throws Exception {
    Path file =
        config(
            """
            accounts { here { protocol = console, nick = owl#bird
            } }
            permissions { grants { everyone = [ veiw ] } }
            """);

    assertThat(owlery("check", "--config", file.toString())).isZero();
    assertThat(out.toString().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith(file + ":1: accounts.here.nick: \"#\" begins a comment"),
            line ->
                assertThat(line)
                    .startsWith(file + ":3: permissions.grants.everyone: no plugin asks for"),
            line ->
                assertThat(line)
                    .startsWith(
                        file + " can be used, but 2 things in it are surely not meant: accounts"));
  }

  @Test
  void fiveFaultsAreNamedWithLineAndKeyAndNothingStarts() throws Exception {
    Path file =
        config(
            """
            bot { durabilty = crash }
            accounts {
              here { protocol = consle }
              there { protocol = console, mode = loud }
            }
            plugins = [ ecko ]
            limits { patience = 5 }
            """);

    for (String command : new String[] {"check", "run"}) {
      assertThat(owlery(command, "--config", file.toString())).isEqualTo(2);
    }

    assertThat(err.toString().lines().limit(6))
        .satisfiesExactly(
            line -> assertThat(line).contains(":1: bot.durabilty", "did you mean \"durability\"?"),
            line -> assertThat(line).contains(":3: accounts.here.protocol", "\"console\"?"),
            line -> assertThat(line).contains(":4: accounts.there.mode", "auto, pipe, terminal"),
            line -> assertThat(line).contains(":6: plugins", "did you mean \"echo\"?"),
            line -> assertThat(line).contains(":7: limits.patience", "30s"),
            line -> assertThat(line).isEqualTo("5 faults; nothing was started."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "check", "run --help", "run -v", "run --config", "run -c --help", "run x y"})
  void whateverIsNotAPlainRunIsLeftToTheCommandLineLibrary(String arguments) {
    ProcessEnvironment environment = new ProcessEnvironment(Map.of(), () -> {});

    assertThat(DefaultRun.attempt(environment, arguments.split(" ", -1))).isEmpty();
  }

  @Test
  void aPlainRunIsRefusedForFaultsToo() throws Exception {
    Path file = config("bot {}");

    assertThat(
            DefaultRun.attempt(
                new ProcessEnvironment(Map.of(), () -> {}), "run", "--config", file.toString()))
        .hasValue(2);
  }

  @Test
  void sendingToAnUnknownAccountIsAUsageFault() throws Exception {
    String file = config("accounts { here { protocol = console } }").toString();

    assertThat(owlery("send", "--config", file, "hre/you", "hi")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no account hre; did you mean here?");
    assertThat(owlery("send", "--config", file, "here", "hi")).isEqualTo(2);
    assertThat(owlery("send", "--config", file, "here/you")).isEqualTo(2);
  }

  @Test
  void filesNeedAFolderAndAnAccountThatAreThere() throws Exception {
    Path file = config("accounts { here { protocol = console } }");
    String config = file.toString();
    String folder = String.valueOf(file.getParent());

    assertThat(owlery("watch", "--config", config, "--to", "here/you", folder + "/no"))
        .isEqualTo(2);
    assertThat(owlery("watch", "--config", config, "--to", "hre/you", folder)).isEqualTo(2);
    assertThat(owlery("watch", "--config", config, "--to", "here", folder)).isEqualTo(2);
    assertThat(owlery("receive", "--config", config, "--from", "hre/you", folder)).isEqualTo(2);
    assertThat(owlery("receive", "--config", config, "--from", "you", folder)).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            folder + "/no is no folder",
            "there is no account hre; did you mean here?",
            "write --to ACCOUNT/WHO, not here",
            "there is no account hre; did you mean here?",
            "write --from ACCOUNT/WHO, not you");
  }

  @Test
  void initDoesNotWriteOverAFile() throws Exception {
    Path file = config("precious");

    assertThat(owlery("init", "--config", file.toString())).isEqualTo(2);
    assertThat(Files.readString(file)).isEqualTo("precious");
  }

  @Test
  void theSlackManifestIsJsonForEitherWay() {
    assertThat(owlery("slack-manifest")).isZero();
    Config socket = ConfigFactory.parseString(out.toString());
    assertThat(socket.getBoolean("settings.socket_mode_enabled")).isTrue();
    assertThat(socket.getStringList("oauth_config.scopes.bot")).contains("chat:write");
    assertThat(socket.getConfigList("features.slash_commands").getFirst().getString("command"))
        .isEqualTo("/owl");

    out.getBuffer().setLength(0);
    String address = "https://bot.example.org/slack/work";
    assertThat(owlery("slack-manifest", "--name", "uhu", "--http", address)).isZero();
    Config http = ConfigFactory.parseString(out.toString());
    assertThat(http.getBoolean("settings.socket_mode_enabled")).isFalse();
    assertThat(http.getString("settings.event_subscriptions.request_url")).isEqualTo(address);
    assertThat(http.getString("settings.interactivity.request_url")).isEqualTo(address);

    assertThat(owlery("slack-manifest", "--http", "http://bot.example.org/")).isEqualTo(2);
    assertThat(owlery("slack-manifest", "--name", "a\"b")).isEqualTo(2);
  }
}
