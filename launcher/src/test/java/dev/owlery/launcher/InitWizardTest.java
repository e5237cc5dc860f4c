package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.launcher.config.Configuration;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code owlery init} writes for some answers is a configuration that can be read. */
final class InitWizardTest {

  @TempDir private Path folder;

  private final StringWriter shown = new StringWriter();

  private InitWizard.WizardResult answered(String... answers) throws Exception {
    return new InitWizard(
            new BufferedReader(new StringReader(String.join("\n", answers))),
            new PrintWriter(shown))
        .ask();
  }

  private Configuration read(InitWizard.WizardResult result) throws Exception {
    Path file = Files.writeString(folder.resolve("bot.conf"), result.configuration());
    return new ProcessEnvironment(result.variables(), () -> {}).configurations().read(file);
  }

  @Test
  void aConsoleBotNeedsTwoAnswers() throws Exception {
    InitWizard.WizardResult result = answered("hedwig", "no");

    Configuration configuration = read(result);
    assertThat(configuration.bot().name()).isEqualTo("hedwig");
    assertThat(configuration.accounts()).singleElement().hasToString("here (console)");
    assertThat(result.variables()).isEmpty();
  }

  @Test
  void anIrcAccountAsksForItsPasswordInTheEnvironment() throws Exception {
    InitWizard.WizardResult result =
        answered(
            "owl",
            "yes",
            "oftc",
            "irc.oftc.net",
            "",
            "owly",
            "#owls  #\"quoted\"",
            "owly",
            "alice",
            "no",
            "no",
            "no");

    assertThat(read(result).accounts()).singleElement().hasToString("oftc (irc)");
    assertThat(result.variables()).containsOnlyKeys("OWLERY_OFTC_PASSWORD");
    assertThat(result.configuration())
        .contains("rooms = [ \"#owls\", \"#\\\"quoted\\\"\" ]")
        .contains("port = 6697")
        .contains("persons { administrator = [ \"oftc/account:alice\" ] }")
        .doesNotContain("tls = off");
  }

  @Test
  void aServerOnThisMachineMayDoWithoutTls() throws Exception {
    InitWizard.WizardResult result =
        answered("owl", "yes", "home", "localhost", "no", "", "", "#owls", "", "", "", "", "yes");

    assertThat(result.configuration()).contains("port = 6667", "tls = off");
    assertThat(read(result).accounts()).hasSize(2);
  }

  @Test
  void onXmppAndSlackItAsksWhoTheAdministratorIs() throws Exception {
    InitWizard.WizardResult result =
        answered(
            "owl",
            "no",
            "yes",
            "home",
            "owl@example.org",
            "ops@conference.example.org",
            "alice@example.org",
            "yes",
            "work",
            "#owls",
            "U0123ABCD",
            "no");

    Configuration configuration = read(result);
    assertThat(configuration.accounts()).hasSize(2);
    assertThat(configuration.permissions().persons().get("administrator"))
        .hasToString("[home/alice@example.org, work/U0123ABCD]");
    assertThat(result.variables())
        .containsOnlyKeys("OWLERY_HOME_PASSWORD", "OWLERY_WORK_BOT_TOKEN", "OWLERY_WORK_APP_TOKEN");
  }

  @Test
  void theEndOfTheInputTakesTheDefaults() throws Exception {
    assertThat(read(answered("")).accounts()).hasSize(2);
  }

  @Test
  void anAnswerThatDoesNotFitIsToldWhatDoes() throws Exception {
    InitWizard.WizardResult result =
        answered(
            "owl",
            "yes",
            "Libera Chat",
            "libera",
            "ircs://irc.libera.chat",
            "irc.libera.chat:6697",
            "irc.libera.chat",
            "66970",
            "6697",
            "0wl",
            "owl",
            "owls",
            "#owls",
            "",
            "",
            "yes",
            "home",
            "owl",
            "owl@example.org",
            "ops",
            "ops@conference.example.org",
            "",
            "yes",
            "work",
            "owls",
            "#owls",
            "alice",
            "U0123ABCD",
            "no");

    assertThat(read(result).accounts()).hasSize(3);
    assertThat(shown.toString().lines().filter(line -> line.contains("does not fit")))
        .hasSize(10)
        .anySatisfy(line -> assertThat(line).contains("the server's name alone, like irc.libera"))
        .anySatisfy(line -> assertThat(line).contains("channels with their sign, like #owls"))
        .anySatisfy(line -> assertThat(line).contains("addresses like ops@conference.example.org"))
        .anySatisfy(line -> assertThat(line).contains("a member id like U0123ABCD"))
        .anySatisfy(line -> assertThat(line).contains("a number from 1 to 65535"));
  }

  @Test
  void answersThatDoNotFitAreAskedForAgain() throws Exception {
    assertThat(answered("two words", "owl", "no").configuration()).contains("name = \"owl\"");
    assertThat(shown.toString()).contains("That does not fit; what does is one word, like owl.");
    assertThatThrownBy(() -> answered("a b", "a b", "a b", "a b", "a b"))
        .hasMessageContaining("nothing was written");
  }
}
