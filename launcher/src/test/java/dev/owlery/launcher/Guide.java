package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.irc.IrcServer;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.xmpp.XmppServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a guide prints, with the addresses of the tests' servers in the place of those in it. What
 * is to be replaced must be there, so that guides and tests go together.
 *
 * @param text as printed, but for what was replaced
 */
public record Guide(String text) {

  /** The root of the sources. */
  public static final Path ROOT =
      Path.of(System.getProperty("owlery.root", "..")).toAbsolutePath().normalize();

  /**
   * The configurations of a guide.
   *
   * @param name for example {@code feeds}
   * @return its blocks that name accounts, in their order
   */
  public static List<Guide> configurations(String name) {
    return blocks(name, "hocon").stream()
        .filter(guide -> guide.text().contains("accounts {"))
        .toList();
  }

  /**
   * The blocks of a guide in one language.
   *
   * @param name for example {@code feeds}
   * @param language for example {@code sh}
   * @return the blocks in their order
   */
  public static List<Guide> blocks(String name, String language) {
    try {
      String page = Files.readString(ROOT.resolve("docs/guides/" + name + ".md"));
      return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
          .matcher(page)
          .results()
          .map(block -> new Guide(block.group(1)))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * With something else in the place of what is printed.
   *
   * @param printed what is there
   * @param instead what shall be there
   * @return the text, changed everywhere
   */
  public Guide with(String printed, String instead) {
    assertThat(text).contains(printed);
    return new Guide(text.replace(printed, instead));
  }

  /**
   * With something else in the place of what an expression finds.
   *
   * @param printed an expression
   * @param instead what shall be there; may name groups
   * @return the text, changed everywhere
   */
  public Guide withFound(String printed, String instead) {
    assertThat(text).containsPattern(printed);
    return new Guide(text.replaceAll(printed, instead));
  }

  /**
   * With more at its beginning or end, whichever HOCON joins to the same.
   *
   * @param more lines of a configuration
   * @return the text, and those
   */
  public Guide and(String more) {
    return new Guide(text + "\n" + more);
  }

  /**
   * On a server of the tests.
   *
   * @param server in the place of irc.libera.chat
   * @return the text, changed
   */
  public Guide on(IrcServer server) {
    return with(
        "host = irc.libera.chat",
        "host = \"%s\", port = %d, tls = off".formatted(server.host(), server.port()));
  }

  /**
   * On a server of the tests, without TLS.
   *
   * @param server in the place of example.org
   * @return the text, changed
   */
  public Guide on(XmppServer server) {
    String account = "jid = \"$1@localhost\", host = \"127.0.0.1\", tls = off, port = ";
    return withFound("jid = \"(\\w+)@example\\.org\"", account + server.port())
        .replaced("conference.example.org", server.rooms())
        .replaced("pubsub.example.org", "pubsub.localhost")
        .replaced("@example.org", "@localhost");
  }

  private Guide replaced(String printed, String instead) {
    return new Guide(text.replace(printed, instead));
  }

  /**
   * On a double of Slack.
   *
   * @param slack in the place of slack.com
   * @return the text, changed
   */
  public Guide on(SlackDouble slack) {
    return with(
        "protocol = slack,", "protocol = slack, api-url = \"%s\",".formatted(slack.apiUrl()));
  }

  /**
   * The one group of an expression.
   *
   * @param expression with one group
   * @return what it found first
   */
  public String find(String expression) {
    Matcher found = Pattern.compile(expression).matcher(text);
    assertThat(found.find()).as(expression).isTrue();
    return found.group(1);
  }
}
