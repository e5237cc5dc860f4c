package dev.owlery.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.content.Item.Severity;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.Secret;
import dev.owlery.api.settings.Settings;
import dev.owlery.core.journal.Durability;
import dev.owlery.core.procedure.ProcedureSettings;
import dev.owlery.core.topic.DeliveryPolicy;
import dev.owlery.core.topic.QuietHours;
import dev.owlery.core.topic.Template;
import dev.owlery.core.topic.TopicSettings;
import dev.owlery.web.HttpSettings;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a configuration may hold, and what the user is told if it holds anything else. */
final class ConfigurationReaderTest {

  private static final String MINIMAL =
      "accounts { libera { protocol = irc, host = localhost } }\n";

  @TempDir private Path folder;

  @Settings
  record EchoSettings(@Default("3") int times) {}

  @Settings
  record MoreEchoSettings(@Default("no") boolean loud) {}

  /** A plugin with two records for its one block. */
  static final class EchoPlugin implements Plugin {
    final String both;

    @Inject
    EchoPlugin(EchoSettings settings, MoreEchoSettings more) {
      both = settings + " " + more;
    }
  }

  private Configuration read(String text) throws IOException, FaultyConfiguration {
    return read(text, Map.of());
  }

  private Configuration read(String text, Map<String, String> environment)
      throws IOException, FaultyConfiguration {
    Path file = Files.writeString(folder.resolve("bot.conf"), text);
    return new ConfigurationReader(
            List.of(new FakeProvider("irc"), new FakeProvider("console")),
            Map.of("echo", EchoPlugin.class.getName(), "help", EchoPlugin.class.getName()),
            environment)
        .read(file);
  }

  /** The faults of a text, each without the file's name: {@code 3: key: message}. */
  private List<String> faults(String text) {
    return faults(text, Map.of());
  }

  private List<String> faults(String text, Map<String, String> environment) {
    FaultyConfiguration faulty =
        catchThrowableOfType(FaultyConfiguration.class, () -> read(text, environment));
    assertThat(faulty).as("the faults of:%n%s", text).isNotNull();
    String file = folder.resolve("bot.conf") + ":";
    return faulty.faults().stream().map(f -> f.toString().replace(file, "").strip()).toList();
  }

  private FakeProvider.Fake account(String text, Map<String, String> environment)
      throws IOException, FaultyConfiguration {
    return (FakeProvider.Fake) read(text, environment).accounts().getFirst().settings();
  }

  @Test
  void whatIsLeftOutHasItsStandardValue() throws Exception {
    Configuration configuration = read(MINIMAL);

    assertThat(configuration.bot().name()).isEqualTo("owl");
    assertThat(configuration.bot().prefix()).isEqualTo("!");
    assertThat(configuration.bot().durability()).isEqualTo(Durability.CRASH);
    assertThat(configuration.limits().commandsPerMinute()).isEqualTo(12);
    assertThat(configuration.limits().askTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(configuration.limits().outbox().age()).isEqualTo(Duration.ofDays(1));
    assertThat(configuration.plugins()).containsExactly("help", "echo");
    FakeProvider.Fake account = (FakeProvider.Fake) configuration.accounts().getFirst().settings();
    assertThat(account)
        .isEqualTo(
            new FakeProvider.Fake(
                "localhost",
                6697,
                9_999_999_999L,
                FakeProvider.Encryption.REQUIRED,
                true,
                Duration.ofSeconds(30),
                Optional.empty(),
                Optional.empty(),
                new FakeProvider.Flood(4, 1),
                List.of(),
                List.of("a", "b"),
                Map.of(),
                Optional.empty()));
  }

  @Test
  void topicsAreTold() throws Exception {
    assertThat(
            read(MINIMAL
                    + """
                    topics {
                      staff { to = [ "libera/#staff", "libera/ann" ] }
                      "ci.**" { to = [ "libera/#ci" ] }
                      deploys.web { to = [ "libera/#web" ] }
                      deploys { to = [ "libera/#deploys" ] }
                    }
                    """)
                .topics()
                .routes())
        .extracting(route -> route.topics() + " " + route.to())
        .containsExactlyInAnyOrder(
            "staff [libera/#staff, libera/ann]",
            "ci.** [libera/#ci]",
            "deploys.web [libera/#web]",
            "deploys [libera/#deploys]");
  }

  @Test
  void howItemsAreToldIsRead() throws Exception {
    TopicSettings topics =
        read(MINIMAL
                + """
                topics { "ci.**" { to = [ "libera/#ci" ], digest = 1h, bypass = warning } }
                telling { "libera/#ci" { template = "{title} {link}", quiet = "22:00-07:00 UTC" } }
                """)
            .topics();
    DeliveryPolicy whole =
        topics.routes().getFirst().policy().or(topics.telling().get("libera/#ci"));
    assertThat(whole.digest()).contains(Duration.ofHours(1));
    assertThat(whole.bypass()).contains(Severity.WARNING);
    assertThat(whole.template().map(Template::source)).contains("{title} {link}");
    assertThat(whole.quiet().map(QuietHours::until)).contains(LocalTime.of(7, 0));
  }

  @Test
  void allThatIsWrongWithTellingIsSaid() {
    assertThat(
            faults(
                MINIMAL + "telling { \"libera/#a\" { quiet = \"22-7\", template = \"{titel}\" } }"))
        .hasSize(2)
        .anySatisfy(fault -> assertThat(fault).contains("quiet hours are written"))
        .anySatisfy(fault -> assertThat(fault).contains("there is no {titel}"));
    assertThat(faults(MINIMAL + "telling { \"libra/#a\" {}, nowhere {}, \"libera/#b\" = 1 }"))
        .hasSize(3)
        .anySatisfy(fault -> assertThat(fault).contains("there is no account libra"))
        .anySatisfy(fault -> assertThat(fault).contains("must be an address in quotes"))
        .anySatisfy(fault -> assertThat(fault).contains("must be a block"));
    assertThat(faults(MINIMAL + "topics { staff { to = [ \"libera/#a\" ], digest = 5 } }"))
        .singleElement()
        .asString()
        .contains("topics.staff.digest");
  }

  @Test
  void allThatIsWrongWithTopicsIsSaid() {
    assertThat(faults(MINIMAL + "topics { Staff { to = [ \"libera/#a\" ] } }"))
        .singleElement()
        .asString()
        .contains("topics.Staff: a topic is written like");
    assertThat(faults(MINIMAL + "topics { staff { to = [ \"libra/#a\", x ] } }"))
        .hasSize(2)
        .anySatisfy(fault -> assertThat(fault).contains("topics.staff.to: there is no account"))
        .anySatisfy(fault -> assertThat(fault).contains("topics.staff.to: must be addresses"));
    assertThat(faults(MINIMAL + "topics { staff = 1 }"))
        .singleElement()
        .asString()
        .contains("topics.staff: must be a block");
    assertThat(faults(MINIMAL + "topics { staff {} }"))
        .singleElement()
        .asString()
        .contains("topics.staff.to: is empty");
    assertThat(faults("accounts { topics { protocol = irc, host = localhost } }"))
        .singleElement()
        .asString()
        .contains("accounts.topics: is the bot's own");
  }

  @Test
  void nothingListensWithoutAnHttpBlock() throws Exception {
    assertThat(read(MINIMAL).http()).isEmpty();
    assertThat(read(MINIMAL + "http {}").http())
        .contains(new HttpSettings("127.0.0.1", 8080, Optional.empty(), List.of(), 256));
    assertThat(read(MINIMAL + "http { public-url = \"https://a.b/bot\" }").http().orElseThrow())
        .extracting(HttpSettings::publicUrl)
        .isEqualTo(Optional.of("https://a.b/bot/"));
  }

  @Test
  void allThatIsWrongWithHttpIsSaid() {
    assertThat(faults(MINIMAL + "http { prot = 1 }"))
        .singleElement()
        .asString()
        .contains("http.prot: is no setting", "port");
    assertThat(faults(MINIMAL + "http { port = 70000 }"))
        .singleElement()
        .asString()
        .contains("http.port: must be between 0 and 65535");
    assertThat(faults(MINIMAL + "http { host = \"http://x/\" }"))
        .singleElement()
        .asString()
        .contains("http.host: must be an address");
    assertThat(faults(MINIMAL + "http { public-url = \"ftp://a.b/\" }"))
        .singleElement()
        .asString()
        .contains("http.public-url: must be like https://");
    assertThat(faults(MINIMAL + "http { trusted-proxies = [ proxy.example.org ] }"))
        .singleElement()
        .asString()
        .contains("http.trusted-proxies: must be addresses or networks");
    assertThat(faults(MINIMAL + "http { max-connections = 0 }"))
        .singleElement()
        .asString()
        .contains("http.max-connections: must be between");
  }

  @Test
  void everyTypeOfSettingIsRead() throws Exception {
    FakeProvider.Fake account =
        account(
            """
            accounts.a {
              protocol = irc, host = localhost, port = 7000, large = 12, tls = as-offered
              rejoin = off, patience = 500 ms, log = "/tmp/x.log"
              sasl { user = owl, password = ${?SECRET} }
              flood { burst = 0, per-second = 2.5 }, rooms = ["#a", "#b"], words = []
              pauses { short = 1s
                "a long one" = 1h }
            }
            """,
            Map.of("SECRET", "hunter2"));

    assertThat(account.port()).isEqualTo(7000);
    assertThat(account.large()).isEqualTo(12);
    assertThat(account.tls()).isEqualTo(FakeProvider.Encryption.AS_OFFERED);
    assertThat(account.rejoin()).isFalse();
    assertThat(account.patience()).isEqualTo(Duration.ofMillis(500));
    assertThat(account.log()).contains(Path.of("/tmp/x.log"));
    assertThat(account.sasl())
        .contains(new FakeProvider.Login("owl", new Secret("hunter2"), "none"));
    assertThat(account.flood()).isEqualTo(new FakeProvider.Flood(0, 2.5));
    assertThat(account.rooms()).containsExactly("#a", "#b");
    assertThat(account.words()).isEmpty();
    assertThat(account.pauses())
        .containsExactly(
            Map.entry("short", Duration.ofSeconds(1)),
            Map.entry("a long one", Duration.ofHours(1)));
    assertThat(account.toString()).doesNotContain("hunter2");
  }

  @Test
  void nullIsTheSameAsLeftOut() throws Exception {
    assertThat(
            account("accounts.a { protocol = irc, host = localhost, log = null }", Map.of()).log())
        .isEmpty();
  }

  @Test
  void everyFaultOfAFileIsNamedWithItsLineAndKey() {
    assertThat(
            faults(
                """
                bot { nam = owl, durability = maybe }
                accounts {
                  libera { protocol = irc, host = localhost
                    port = many
                    flood { burst = -1 }
                  }
                  home { protocol = xmmp }
                  work { protocol = irc, tls = off }
                }
                limits { patience = 5, comands-per-minute = 3 }
                plugins = [ ecko ]
                plugin.echo { times = twice }
                plguin.echo {}
                """))
        .containsExactly(
            "1: bot.durability: must be one of off, crash, power, not \"maybe\"",
            "1: bot.nam: is no setting; did you mean \"name\"?",
            "4: accounts.libera.port: must be a whole number, not \"many\"",
            "5: accounts.libera.flood.burst: must not be negative",
            "7: accounts.home.protocol: must be one of console, irc, not \"xmmp\"",
            "8: accounts.work.host: is missing: must be a text",
            "10: limits.comands-per-minute: is no setting; did you mean \"commands-per-minute\"?",
            "10: limits.patience: must be a time with its unit, like 500ms, 30s, 5m, 2h or 1d,"
                + " not \"5\"",
            "11: plugins: there is no plugin \"ecko\"; did you mean \"echo\"?",
            "12: plugin.echo.times: must be a whole number, not \"twice\"",
            "13: plguin: is no setting; did you mean \"plugin\"?");
  }

  @Test
  void aRecordThatRefusesItselfIsReportedAtItsBlock() {
    assertThat(faults("accounts.a {\n protocol = irc, host = example.org, tls = off }"))
        .containsExactly("1: accounts.a: tls = off is for localhost only");
  }

  @Test
  void aFileThatIsNoHoconIsReportedAtItsLine() {
    assertThat(faults("bot {\n name = owl\n]\n")).singleElement().asString().startsWith("3: ");
  }

  @Test
  void aFileThatIsNotThereIsAFault() {
    FaultyConfiguration faulty =
        catchThrowableOfType(
            FaultyConfiguration.class,
            () ->
                new ConfigurationReader(List.of(), Map.of(), Map.of())
                    .read(folder.resolve("none.conf")));

    assertThat(faulty.faults()).singleElement().asString().endsWith("it cannot be read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sasl { user = y, password = ${?UNSET} }     | accounts.a.sasl.password",
        "sasl { user = y, password = ${UNSET} }      | accounts.a.sasl.password",
        "port = ${UNSET}                             | accounts.a.port",
      })
  void aVariableThatIsNotSetIsNamed(String setting, String key) {
    assertThat(faults("accounts.a { protocol = irc, host = localhost\n" + setting + " }"))
        .containsExactly("2: " + key + ": has no value: the environment variable UNSET is not set");
  }

  @Test
  void aMissingVariableExplainsWhyTheRecordIsRefused() {
    assertThat(
            faults(
                "accounts.a { protocol = irc, host = localhost\n sasl { user = x\n"
                    + " password = hush, code = ${?UNSET} } }"))
        .containsExactly(
            "3: accounts.a.sasl.code: is needed (it has no value: the environment variable UNSET"
                + " is not set)");
  }

  @Test
  void aWrongValueFromAVariableIsReportedWhereItIsReferredTo() {
    assertThat(
            faults(
                "accounts.a { protocol = irc, host = localhost\n port = ${?PORT} }",
                Map.of("PORT", "x")))
        .containsExactly("2: accounts.a.port: must be a whole number, not \"x\"");
  }

  @Test
  void aVariableThatOverridesIsUsedOnlyIfItIsSet() throws Exception {
    String text = "accounts.a { protocol = irc, host = localhost, port = 1, port = ${?PORT} }";

    assertThat(account(text, Map.of()).port()).isEqualTo(1);
    assertThat(account(text, Map.of("PORT", "2")).port()).isEqualTo(2);
  }

  @Test
  void aSecretComesFromAFileThatNobodyElseCanRead() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "hunter2\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    String text =
        "accounts.a { protocol = irc, host = localhost\n token { file = \"%s\" } }"
            .formatted(secret);

    assertThat(account(text, Map.of()).token()).contains(new Secret("hunter2"));

    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(faults(text))
        .containsExactly("2: accounts.a.token: others can read " + secret + ": chmod 600 it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "accounts.a { protocol = irc, host = localhost, tokn = hunter2 }",
        "accounts.a { protocol = irc, host = localhost, token = [ hunter2 ] }",
        "accounts.a { protocol = irc, host = localhost, token { fil = hunter2 } }",
        "accounts.a { protocol = irc, host = localhost, token { hunter2 = x } }",
        "accounts.a { protocol = irc, host = localhost, token = hunter2 ^x }",
        "accounts.a { protocol = irc, host = localhost, token : : hunter2 }",
        "accounts.a { protocol = irc, host = localhost, token = \"x\" \"hunter2 }",
        "accounts.a { protocol = irc, token = \"hunter2\" }",
      })
  void noFaultShowsASecret(String text) {
    List<String> faults = faults(text);

    assertThat(faults.stream().filter(f -> !f.contains("hunter2: is no")).toList())
        .isNotEmpty()
        .noneMatch(fault -> fault.contains("hunter2"));
  }

  @Test
  void controlCharactersOfTheFileDoNotReachTheReport() {
    assertThat(faults("bot { \"na\\nme\\u001b[31m\" = 1 }\n" + MINIMAL))
        .singleElement()
        .asString()
        .doesNotContain("\n", "\u001b")
        .startsWith("1: bot.");
  }

  @Test
  void aPluginWithTwoRecordsHasTheKeysOfBoth() throws Exception {
    Configuration configuration = read(MINIMAL + "plugin.echo { times = 5, loud = yes }");

    assertThat(configuration.pluginSettings().read("echo", EchoSettings.class).times())
        .isEqualTo(5);
    assertThat(configuration.pluginSettings().read("echo", MoreEchoSettings.class).loud()).isTrue();
  }

  @Test
  void aJarsBlockIsCheckedWhenItIsRead() throws Exception {
    Configuration configuration = read(MINIMAL);

    assertThat(configuration.pluginSettings().read("karma", EchoSettings.class).times())
        .isEqualTo(3);
  }

  @Test
  void aBlockOfNoPluginIsAFault() {
    assertThat(faults(MINIMAL + "plugin.eco {}"))
        .containsExactly("2: plugin.eco: belongs to no plugin; did you mean \"echo\"?");
  }

  @Test
  void aClassOnTheClassPathIsAPluginToo() throws Exception {
    String name = EchoPlugin.class.getName();

    Configuration configuration =
        read(MINIMAL + "plugins = [ \"" + name + "\" ]\nplugin.echo-plugin { times = 1 }");

    assertThat(configuration.plugins()).containsExactly(name);
    assertThat(faults(MINIMAL + "plugins = [ dev.acme.Karma ]"))
        .containsExactly("2: plugins: there is no class dev.acme.Karma on the class path");
  }

  @Test
  void withoutPermissionsTheConsolesUserIsTheAdministrator() throws Exception {
    Configuration configuration =
        read("accounts { here { protocol = console, host = localhost } }");

    assertThat(configuration.permissions().persons().values())
        .containsExactly(List.of(new Identity(new AccountId("here"), "console:local")));
    assertThat(configuration.permissions().grants()).containsEntry("everyone", List.of("view"));
  }

  @Test
  void permissionsAreCheckedAgainstPersonsRolesAndAccounts() {
    assertThat(
            faults(
                MINIMAL
                    + """
                    permissions {
                      persons { alice = ["libera/account:alice"]
                        bob = ["libra/account:bob", "bob"] }
                      roles { admin = [alice, carol] }
                      grants { admin = ["*"]
                        guest = [view] }
                    }
                    """))
        .satisfiesExactlyInAnyOrder(
            f ->
                assertThat(f)
                    .isEqualTo(
                        "4: permissions.persons.bob: there is no account libra;"
                            + " did you mean \"libera\"?"),
            f ->
                assertThat(f)
                    .isEqualTo(
                        "4: permissions.persons.bob: an identity is written ACCOUNT/NAME,"
                            + " not \"bob\""),
            f -> assertThat(f).startsWith("5: permissions.roles.admin: ").contains("carol"),
            f -> assertThat(f).startsWith("7: permissions.grants.guest: "));
  }

  @Test
  void nobodyMayCallProceduresUnlessTheAccessListSaysSo() throws Exception {
    assertThat(read(MINIMAL).procedures()).isEqualTo(ProcedureSettings.standard());
    assertThat(
            read(MINIMAL
                    + """
                    procedures {
                      allow = [ { from = "libera/.*@example\\\\.org(/.*)?", methods = "a\\\\..*" } ]
                      patience = 3s
                    }
                    """)
                .procedures())
        .isEqualTo(
            new ProcedureSettings(
                List.of(
                    new ProcedureSettings.Rule(
                        new AccountId("libera"), ".*@example\\.org(/.*)?", "a\\..*")),
                Duration.ofSeconds(3),
                32,
                8));
  }

  @Test
  void faultsOfTheAccessListAreNamedWithTheirLines() {
    assertThat(
            faults(
                MINIMAL
                    + """
                    procedures {
                      parallel = 0
                    }
                    """))
        .containsExactly("3: procedures.parallel: must be at least 1");
    assertThat(
            faults(
                MINIMAL
                    + """
                    procedures { allow = [
                      { from = "libra/.*", methods = ".*" }
                      { from = ".*", methods = ".*" }
                      { from = "libera/(a", methods = ".*" }
                      { from = "libera/.*"
                        methods = "[" }
                      { from = "libera/.*", method = ".*" }
                    ] }
                    """))
        .containsExactly(
            "4: procedures.allow[2].from: must be written ACCOUNT/PATTERN, not .*",
            "5: procedures.allow[3].from: \"(a\" is no pattern: missing closing )",
            "7: procedures.allow[4].methods: \"[\" is no pattern: missing closing ]",
            "8: procedures.allow[5].method: is no setting; did you mean \"methods\"?",
            "8: procedures.allow[5].methods: is missing: must be a text");
    assertThat(
            faults(
                MINIMAL + "procedures { allow = [ { from = \"libra/.*\", methods = \".*\" } ] }\n"))
        .containsExactly(
            "2: procedures.allow[1].from: there is no account libra; did you mean \"libera\"?");
  }
}
