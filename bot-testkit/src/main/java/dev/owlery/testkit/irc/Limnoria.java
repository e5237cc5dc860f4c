package dev.owlery.testkit.irc;

import dev.owlery.testkit.net.ScratchDirectory;
import dev.owlery.testkit.net.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Limnoria, a bot of others: with the plugins and settings that its package has at first, so that
 * it answers what it does not know with an error, in a channel when it is addressed, and always in
 * a query. It knows the command {@code echo}.
 *
 * <p>For one thread.
 */
public final class Limnoria implements AutoCloseable {
  private static final Pattern SAID =
      Pattern.compile("Outgoing message \\(\\w+\\): (?:@\\S+ )?(?:PRIVMSG|NOTICE) ");
  private static final List<String> PLUGINS =
      List.of("Config", "Misc", "Owner", "User", "Utilities");

  private final ScratchDirectory directory = ScratchDirectory.create("limnoria");
  private final ServerProcess process;

  private Limnoria(IrcServer server, String nick, String room) {
    StringBuilder text =
        new StringBuilder(
            """
            supybot.nick: %s
            supybot.networks: test
            supybot.networks.test.servers: %s:%d
            supybot.networks.test.channels: %s
            supybot.networks.test.ssl: False
            supybot.log.level: DEBUG
            supybot.plugins: %s
            """
                .formatted(nick, server.host(), server.port(), room, String.join(" ", PLUGINS)));
    for (String plugin : PLUGINS) {
      text.append("supybot.plugins.").append(plugin).append(": True\n");
    }
    String file = directory.write("limnoria.conf", text.toString()).toString();
    process = ServerProcess.start(List.of("supybot", "--allow-root", file), directory.path(), 0);
  }

  /**
   * Starts a Limnoria. It takes some seconds until it is in its room.
   *
   * @param server where it logs in, without TLS
   * @param nick its nick
   * @param room the room that it goes into
   * @return the program, started
   * @throws IllegalStateException when {@code supybot} is not installed
   */
  public static Limnoria start(IrcServer server, String nick, String room) {
    return new Limnoria(server, nick, room);
  }

  /**
   * How much it has said, in rooms and to people.
   *
   * @return the number of its PRIVMSG and NOTICE lines so far
   */
  public int said() {
    Path log = directory.path().resolve("logs/messages.log");
    try {
      return Files.exists(log)
          ? (int) Files.readAllLines(log).stream().filter(SAID.asPredicate()).count()
          : 0;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    process.close();
    directory.close();
  }
}
