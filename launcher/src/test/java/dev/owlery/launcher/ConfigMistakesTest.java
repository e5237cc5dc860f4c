package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.settings.Secret;
import dev.owlery.launcher.config.ConfigFault;
import dev.owlery.launcher.config.Configuration;
import dev.owlery.launcher.config.FaultyConfiguration;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The mistakes that people make in configurations: each is reported at its line, with its cause and
 * with what to write instead, and nothing is called sound that surely does not mean what it says.
 */
final class ConfigMistakesTest {

  /** An account of each kind, line by line. */
  private static final String ACCOUNT =
      """
      accounts {
        libera {
          protocol = irc
          host = irc.example.org
          nick = owl
          rooms = [ "#owls" ]
        }
      }
      """;

  @TempDir private Path folder;

  private Configuration read(String text) throws IOException, FaultyConfiguration {
    return check(text, "rw-------");
  }

  private Configuration check(String text, String rights) throws IOException, FaultyConfiguration {
    Path file = Files.writeString(folder.resolve("bot.conf"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    return new ProcessEnvironment(Map.of(), () -> {}).configurations().check(file);
  }

  /** What is said of a text, faults before warnings: {@code 3: key: message}. */
  private List<String> said(String text) throws IOException {
    List<ConfigFault> said;
    try {
      said = read(text).warnings();
    } catch (FaultyConfiguration faulty) {
      said = Stream.concat(faulty.faults().stream(), faulty.warnings().stream()).toList();
    }
    String file = folder.resolve("bot.conf") + ":";
    return said.stream().map(fault -> fault.toString().replace(file, "").strip()).toList();
  }

  /** Texts with one mistake each, with what is to be said of it. */
  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "a brace that is missing inside",
            """
            bot { name = owl }
            accounts {
              libera {
                protocol = irc
                host = irc.example.org
                nick = owl
            }
            plugins = [ help ]
            """,
            "3: accounts.libera: the \"{\" of libera is never closed: a \"}\" is missing before"
                + " line 7"),
        mistake(
            "a brace that is missing at the end",
            """
            accounts {
              here { protocol = console }
            plugins = [ help ]
            """,
            "1: accounts: the \"{\" of accounts is never closed: a \"}\" is missing before line 3"),
        mistake(
            "a brace too many",
            ACCOUNT + "}\nplugins = [ help ]\n",
            "9: there is a \"}\" too many: no \"{\" is open here"),
        mistake(
            "a channel without quotes",
            ACCOUNT.replace("\"#owls\"", "#owls"),
            "6: accounts.libera.rooms: \"#\" begins a comment, which hides the \"]\" behind it:"
                + " write \"#owls\" in quotes"),
        mistake(
            "channels without quotes, over lines",
            ACCOUNT.replace("[ \"#owls\" ]", "[\n #owls\n #birds\n ]"),
            "7: \"#\" begins a comment, so this is no element of the list: write \"#owls\" in quotes,"
                + " or a blank behind the \"#\"",
            "8: \"#\" begins a comment, so this is no element of the list: write \"#birds\" in"
                + " quotes, or a blank behind the \"#\""),
        mistake(
            "a dollar in a password",
            ACCOUNT.replace("nick = owl", "nick = owl, sasl { user = owl, password = pa$$w0rd }"),
            "5: accounts.libera.sasl.password: \"$\" has a meaning of its own outside quotes: write"
                + " the value in quotes"),
        mistake(
            "a hash in a password",
            ACCOUNT.replace("nick = owl", "nick = owl\n password = s3cr#t"),
            "6: accounts.libera.password: \"#\" begins a comment, so the value ends before it: write"
                + " the whole value in quotes, or a blank in front of the comment"),
        mistake(
            "a star outside quotes",
            ACCOUNT
                + "permissions { roles { admin = [] }, grants { admin = [ view.* ], everyone = [ view"
                + " ] } }",
            "9: permissions.grants.admin[1]: \"*\" has a meaning of its own outside quotes: write"
                + " \"view.*\""),
        mistake(
            "an address outside quotes",
            "accounts { home { protocol = xmpp, password = x, jid = owl@example.org } }",
            "1: accounts.home.jid: \"@\" has a meaning of its own outside quotes: write"
                + " \"owl@example.org\""),
        mistake(
            "a prefix outside quotes",
            "bot { prefix = ! }\n" + ACCOUNT,
            "1: bot.prefix: \"!\" has a meaning of its own outside quotes: write \"!\""),
        mistake(
            "a link outside quotes",
            "http { public-url = https://bot.example.org/ }\n" + ACCOUNT,
            "1: http.public-url: an address must stand in quotes, because \"//\" begins a comment:"
                + " write the value in quotes"),
        mistake(
            "a host with its port",
            ACCOUNT.replace("irc.example.org", "irc.example.org:6697"),
            "4: accounts.libera.host: \":\" has a meaning of its own outside quotes: write"
                + " \"irc.example.org:6697\""),
        mistake(
            "a host with its port in quotes",
            ACCOUNT.replace("irc.example.org", "\"irc.example.org:6697\""),
            "4: accounts.libera.host: the server's name alone, without the port: write host ="
                + " \"irc.example.org\", port = 6697"),
        mistake(
            "an address for a host",
            ACCOUNT.replace("irc.example.org", "\"ircs://irc.example.org\""),
            "4: accounts.libera.host: the server's name alone, like irc.libera.chat, and its port as"
                + " port = 6697"),
        mistake(
            "a quotation mark that is not closed",
            ACCOUNT.replace("\"#owls\" ]", "\"#owls ]"),
            "6: accounts.libera.rooms[1]: a quotation mark is missing, this one has no second in its"
                + " line: write \"#owls\""),
        mistake(
            "a quotation mark that is not opened",
            ACCOUNT.replace("nick = owl", "nick = owl\""),
            "5: accounts.libera.nick: a quotation mark is missing: this line has an odd number of"
                + " them"),
        mistake(
            "single quotes",
            ACCOUNT.replace("nick = owl", "real-name = 'The owl', nick = owl"),
            "5: accounts.libera.real-name: the quotation mark ' becomes a part of the value: write"
                + " \" instead"),
        mistake(
            "typographic quotes",
            ACCOUNT.replace("nick = owl", "real-name = \u201cowl\u201d, nick = owl"),
            "5: accounts.libera.real-name: the quotation mark \u201c becomes a part of the value:"
                + " write \" instead"),
        mistake(
            "a reference in quotes",
            ACCOUNT.replace("nick = owl", "nick = owl, password = \"${?OWLERY_NOT_SET}\""),
            "5: accounts.libera.password: in quotes ${...} is no reference but those signs"
                + " themselves: write it without quotes, like \"text\"${?NAME}\"text\""),
        mistake(
            "a shell's variable",
            ACCOUNT.replace("nick = owl", "nick = owl, password = $PASSWORD"),
            "5: accounts.libera.password: \"$\" has a meaning of its own outside quotes: write the"
                + " value in quotes (or ${?NAME} for an environment variable)"),
        mistake(
            "a reference that is not closed",
            ACCOUNT.replace("nick = owl", "password = ${?PASSWORD\n nick = owl"),
            "5: accounts.libera.password: \"${\" has no \"}\" in its line: write ${?NAME} for an"
                + " environment variable"),
        mistake(
            "no value",
            ACCOUNT.replace("nick = owl", "nick =\n user = owl"),
            "5: accounts.libera.nick: has no value: write one, in quotes if it has other signs than"
                + " letters, or remove the line"),
        mistake(
            "a value that is a comment",
            ACCOUNT.replace("nick = owl", "nick = #owl"),
            "5: accounts.libera.nick: \"#\" begins a comment, so there is no value: write \"#owl\""),
        mistake(
            "no equals sign",
            ACCOUNT.replace("nick = owl", "nick owl"),
            "5: accounts.libera.nick: \"=\" is missing: write nick = ..."),
        mistake(
            "a list without equals sign",
            ACCOUNT.replace("rooms = [", "rooms ["),
            "6: accounts.libera.rooms: \"=\" is missing: write rooms = [ ... ]"),
        mistake(
            "two equals signs",
            ACCOUNT.replace("nick = owl", "nick == owl"),
            "5: accounts.libera.nick: one \"=\" is enough between a key and its value"),
        mistake(
            "an arrow",
            ACCOUNT.replace("nick = owl", "nick = owl, real-name => owl"),
            "5: accounts.libera.real-name: the \">\" becomes a part of the value: write \"=\" alone"
                + " before it"),
        mistake(
            "two settings in a line without comma",
            ACCOUNT.replace("nick = owl", "nick = owl port = 6697"),
            "5: accounts.libera.nick: a comma or a new line is missing before \"port\""),
        mistake(
            "two commas",
            "plugins = [ help,, echo ]\n" + ACCOUNT,
            "1: plugins: there is a \",\" too many"),
        mistake(
            "elements without comma",
            ACCOUNT.replace("\"#owls\"", "\"#owls\" \"#birds\""),
            "6: accounts.libera.rooms[1]: these two become one element: a comma is missing before the"
                + " second"),
        mistake(
            "a semicolon at the end",
            ACCOUNT.replace("nick = owl", "user = owl;\n nick = owl"),
            "5: accounts.libera.user: the \";\" becomes a part of the value: remove it"),
        mistake(
            "a comment of another language",
            ACCOUNT.replace("nick = owl", "; the nick\n nick = owl"),
            "5: accounts.libera: a comment begins with \"#\""),
        mistake(
            "a section as in an INI file",
            "[accounts]\nprotocol = irc\n",
            "1: a block is written NAME { ... }, not [NAME]: write accounts { ... }"),
        mistake(
            "blocks by indentation",
            "accounts:\n  here:\n    protocol: console\n",
            "1: accounts: a block stands in braces, indentation alone makes none: write accounts {"
                + " ... }"),
        mistake(
            "a list that is not closed",
            ACCOUNT.replace("\"#owls\" ]", "\"#owls\""),
            "6: accounts.libera.rooms: the \"[\" here is never closed: a \"]\" is missing before line"
                + " 7"),
        mistake(
            "a list that is not closed, before another key",
            ACCOUNT.replace("rooms = [ \"#owls\" ]", "rooms = [ \"#owls\"\n    port = 6697"),
            "6: accounts.libera.rooms[2]: the \"[\" here is never closed: a \"]\" is missing before"
                + " line 7"),
        mistake(
            "a bracket for a brace",
            "accounts {\n  here { protocol = console }\n]\n",
            "3: accounts: \"]\" cannot close the \"{\" of line 1: write \"}\""),
        mistake(
            "a backslash in a path",
            "bot { data-dir = \"C:\\owlery\" }\n" + ACCOUNT,
            "1: bot.data-dir: a backslash begins a special sign in quotes: write two for a"
                + " backslash, or \"/\" in the path of a file"),
        mistake(
            "a backslash in a path that means something",
            "bot { data-dir = \"C:\\temp\" }\n" + ACCOUNT,
            "1: bot.data-dir: a backslash begins a special sign in quotes: write two of them, or"
                + " \"/\""),
        mistake(
            "a pattern as a key outside quotes",
            ACCOUNT + "topics { ci.** { to = [ \"libera/#owls\" ] } }\n",
            "9: topics: \"*\" is special: write the key in quotes, \"ci.**\""),
        mistake(
            "a room as a key outside quotes",
            ACCOUNT + "telling { libera/#owls { digest = 5m } }\n",
            "9: telling: \"#\" begins a comment: write the key in quotes, \"libera/#owls\""),
        mistake(
            "an account twice",
            """
            accounts {
              libera { protocol = irc, host = a.example.org, nick = owl, rooms = [ "#owls" ] }
              libera { protocol = irc, host = b.example.org, nick = owl2, rooms = [ "#other" ] }
            }
            """,
            "3: accounts.libera: is there twice, first in line 2, and becomes one account of both:"
                + " give one of them another name"),
        mistake(
            "a setting twice",
            "bot { name = owl }\n" + ACCOUNT + "bot { name = uhu }\n",
            "10: bot.name: is given twice, first in line 1: only the last one counts"),
        mistake(
            "an unknown protocol",
            "accounts { home { protocol = jabber } }",
            "1: accounts.home.protocol: must be one of console, irc, slack, webhook, xmpp, not"
                + " \"jabber\""),
        mistake(
            "a nick of two words",
            ACCOUNT.replace("nick = owl", "nick = my owl"),
            "5: accounts.libera.nick: one word that begins with a letter, without signs like . , : #"
                + " @ and !"),
        mistake(
            "a nick that begins with a digit",
            ACCOUNT.replace("nick = owl", "nick = 0wl"),
            "5: accounts.libera.nick: one word that begins with a letter, without signs like . , : #"
                + " @ and !"),
        mistake(
            "a channel without its sign",
            ACCOUNT.replace("#owls", "owls"),
            "6: accounts.libera.rooms: a channel begins with #: write \"#owls\", in quotes"),
        mistake(
            "two channels in one",
            ACCOUNT.replace("#owls", "#owls,#birds"),
            "6: accounts.libera.rooms: one channel for each element of the list: write [ \"#one\","
                + " \"#two\" ]"),
        mistake(
            "an address with a resource",
            "accounts { home { protocol = xmpp, password = x, jid = \"owl@example.org/phone\" } }",
            "1: accounts.home.jid: the account's address without what is behind the \"/\": write jid ="
                + " \"owl@example.org\", resource = \"phone\""),
        mistake(
            "an identity of another form",
            ACCOUNT
                + "permissions { persons { alice = [ \"libera/alice\" ] }, grants { everyone = [ view"
                + " ] } }",
            "9: permissions.persons.alice: nobody has the identity libera/alice: behind the / irc"
                + " wants account: and the name of a services account, like account:alice (!whoami"
                + " tells one's own)"),
        mistake(
            "permissions that no plugin asks for",
            ACCOUNT
                + """
                permissions {
                  roles { admin = [] }
                  grants {
                    admin = [ "amdin.*", admin.plugin, "adminn.rooms" ]
                    everyone = [ veiw ]
                  }
                }
                """,
            "12: permissions.grants.admin: no plugin asks for a permission \"admin.plugin\"; did you"
                + " mean \"admin.plugins\"?",
            "12: permissions.grants.admin: no plugin asks for a permission \"adminn.rooms\"; did you"
                + " mean \"admin.rooms\"?",
            "12: permissions.grants.admin: no plugin asks for a permission \"amdin.*\"; did you mean"
                + " \"admin.*\"?",
            "13: permissions.grants.everyone: no plugin asks for a permission \"veiw\"; did you mean"
                + " \"view\"?"),
        mistake(
            "nobody may do anything",
            ACCOUNT + "permissions { roles { admin = [] }, grants { admin = [ \"*\" ] } }",
            "9: permissions.grants: people without a role may do nothing, not even !help: write"
                + " everyone = [ view ], or everyone = [] if that is meant"),
        mistake(
            "alerts to an account that is not there",
            "bot { alerts = [ \"libra/#owls\" ] }\n" + ACCOUNT,
            "1: bot.alerts: there is no account libra; did you mean \"libera\"?"),
        mistake(
            "a file to include without quotes",
            ACCOUNT + "include more.conf\n",
            "9: a file's name stands in quotes: write include \"more.conf\""),
        mistake(
            "letters of another encoding",
            ACCOUNT.replace("owl\n", "owl # caf\uFFFD\n"),
            "5: has letters that are not UTF-8: save the file as UTF-8"));
  }

  private static Arguments mistake(String name, String text, String... said) {
    return Arguments.of(name, text, List.of(said));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aMistakeIsSaidWithItsLineCauseAndCure(String name, String text, List<String> said)
      throws Exception {
    assertThat(said(text)).as(name).isEqualTo(said);
  }

  @Test
  void allFaultsAreSaidAtOnceWhateverTheirKind() throws Exception {
    assertThat(
            said(
                """
                accounts {
                  libera {
                    protocol = irc
                    host = "irc://irc.example.org"
                    port = 66970
                    nick = "my owl"
                    rooms = [ owls, &local ]
                    sasl { user = owl, password = ${?OWLERY_NOT_SET} }
                    password = pa$$
                  }
                }
                plugins = [ ecko ]
                bot { name = a owl, prefix = ! }
                permissions { roles { admin = [ alcie ] }, grants { everyone = [ view ] } }
                """))
        .extracting(line -> line.substring(0, line.indexOf(": ", 4)))
        .containsExactly(
            "4: accounts.libera.host",
            "5: accounts.libera.port",
            "6: accounts.libera.nick",
            "7: accounts.libera.rooms",
            "7: accounts.libera.rooms[2]",
            "8: accounts.libera.sasl.password",
            "9: accounts.libera.password",
            "12: plugins",
            "13: bot.name",
            "13: bot.prefix",
            "14: permissions.roles.admin");
  }

  @Test
  void noSecretIsShown() throws Exception {
    for (String secret :
        List.of(
            "hunt$er2",
            "hunt\"er2",
            "\"hunter2",
            "hunt#er2",
            "'hunter2'",
            "hunter2;",
            "hun=ter2",
            "hunt er2 x = 1",
            "[ hunter2 ]",
            "hunter2 {",
            "$hunter2",
            "\"hun\\ter\\2\"")) {
      String text = ACCOUNT.replace("nick = owl", "nick = owl\n password = " + secret);
      assertThat(said(text)).as(secret).noneMatch(line -> line.contains("hun"));
    }
  }

  @Test
  void filesAreIncludedFromTheFolderOfTheOneThatIncludesThem() throws Exception {
    Path more = Files.createDirectories(folder.resolve("conf.d"));
    Files.writeString(more.resolve("accounts.conf"), ACCOUNT + "include \"names\"\n");
    Files.writeString(more.resolve("names.conf"), "bot { name = uhu }\n");

    Configuration read = read("include \"conf.d/accounts.conf\"\n");

    assertThat(read.bot().name()).isEqualTo("uhu");
    assertThat(read.accounts()).hasSize(1);
    assertThat(read.warnings()).isEmpty();
  }

  @Test
  void aFaultInAnIncludedFileIsSaidWithThatFile() throws Exception {
    Path more =
        Files.writeString(folder.resolve("more.conf"), "\nbot { nam = owl, name = a owl }\n");
    assertThat(said("include \"more.conf\"\n" + ACCOUNT))
        .containsExactly(
            more + ":2: bot.nam: is no setting; did you mean \"name\"?",
            more + ":2: bot.name: must be one word");

    Files.writeString(more, "\nbot { name owl\n}\n");
    assertThat(said("include \"more.conf\"\n" + ACCOUNT))
        .containsExactly(more + ":2: bot.name: \"=\" is missing: write name = ...");
  }

  @Test
  void whatCannotBeIncludedIsSaid() throws Exception {
    assertThat(said("include \"secrets.conf\"\ninclude required(\"more.conf\")\n" + ACCOUNT))
        .containsExactly(
            "1: there is no file "
                + folder.resolve("secrets.conf")
                + " to include: remove the line, or write the path from the folder of this file",
            "2: there is no file "
                + folder.resolve("more.conf")
                + " to include: remove the line, or write the path from the folder of this file");
    assertThat(said("include \"bot.conf\"\n" + ACCOUNT))
        .containsExactly("1: the file includes itself here: remove the line");
    assertThat(said("include url(\"https://example.org/x\")\n" + ACCOUNT))
        .containsExactly("1: only files can be included: write include \"more.conf\"");
  }

  @Test
  void aSecretInAFileThatOthersMayReadIsSaid() throws Exception {
    String text = ACCOUNT.replace("nick = owl", "nick = owl\n    password = hunter2");

    assertThat(check(text, "rw-r--r--").warnings())
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.line()).isEqualTo(6);
          assertThat(warning.toString())
              .contains("accounts.libera.password: is a secret in a file that others may read")
              .contains("chmod 600 " + folder.resolve("bot.conf"));
        });
    assertThat(check(text, "rw-------").warnings()).isEmpty();
    assertThat(check(ACCOUNT, "rw-r--r--").warnings()).isEmpty();
  }

  @Test
  void aByteOrderMarkIsNoPartOfASecret() throws Exception {
    Path secret = folder.resolve("secret");
    Files.writeString(secret, "\uFEFFhunter2\r\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    String text =
        ACCOUNT.replace("nick = owl", "nick = owl\n password { file = \"" + secret + "\" }");

    Record settings = read(text).accounts().getFirst().settings();

    RecordComponent password =
        Stream.of(settings.getClass().getRecordComponents())
            .filter(component -> component.getName().equals("password"))
            .findFirst()
            .orElseThrow();
    Method accessor = password.getAccessor();
    accessor.setAccessible(true);
    assertThat(accessor.invoke(settings)).isEqualTo(Optional.of(new Secret("hunter2")));
  }

  @Test
  void aFileInUtf16IsSaid() throws Exception {
    Path file = folder.resolve("bot.conf");
    Files.write(file, ("\uFEFF" + ACCOUNT).getBytes(StandardCharsets.UTF_16LE));
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> new ProcessEnvironment(Map.of(), () -> {}).configurations().check(file)))
        .hasMessageContaining("is UTF-16: save the file as UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bot { name = owl } # a comment glued to nothing",
        "bot : { name : owl, }",
        "bot.name = owl\nbot.name = ${?OWLERY_NAME}",
        "bot { name = owl, prefix = \"#\" } //comment",
        "bot { data-dir = /var/lib/owlery }",
        "bot { data-dir = ./data\n }",
        "bot { name = \"\"\"owl\"\"\" }",
        "limits { patience = 5 s }",
        "limits { outbox = { attempts = 3 } { age = 1d } }",
        "plugins = [ help ] [ echo ]",
        "plugins = [ help\n  echo\n  # poll\n]",
        "plugins = [ help ]\nplugins = ${plugins} [ echo ]\nplugins += poll",
        "plugins = [\n  help, # comments, with [ and ] and { in them\n  echo,\n]",
        "topics { \"ci.**\" { to = [ \"libera/#owls\" ] } }",
        "\ufeffbot { name = owl }",
        "bot {\r\n  name = owl\r\n}\r\n",
        "limits {}\nlimits { commands-per-minute = 5 }\nlimits { failures = 3 }",
        "plugin.pipes { pipe { a { rooms = [ \"*\" ], command = [ sh, -c, \"echo ${HOME}\" ] } } }",
        "bot\n{\n  name = owl\n}",
        "permissions { grants { everyone = [ view, \"deploy.*\", deploy.staging ] } }",
      })
  void aSoundFileStaysSound(String text) throws Exception {
    assertThat(said(text + "\n" + ACCOUNT)).as(text).isEmpty();
  }
}
