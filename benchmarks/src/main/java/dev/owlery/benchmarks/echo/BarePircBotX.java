package dev.owlery.benchmarks.echo;

import java.io.IOException;
import org.pircbotx.Configuration;
import org.pircbotx.PircBotX;
import org.pircbotx.exception.IrcException;
import org.pircbotx.hooks.ListenerAdapter;
import org.pircbotx.hooks.events.MessageEvent;
import org.pircbotx.hooks.events.PrivateMessageEvent;

/** The peer: PircBotX with one listener and its send delay off. Runs in a process of its own. */
public final class BarePircBotX {

  private static final String COMMAND = "!echo ";

  private BarePircBotX() {}

  /**
   * Connects and answers until it is ended.
   *
   * @param args host, port, nick, channel
   * @throws IOException if there is no server
   * @throws IrcException if the server refuses it
   */
  public static void main(String[] args) throws IOException, IrcException {
    Configuration configuration =
        new Configuration.Builder()
            .addServer(args[0], Integer.parseInt(args[1]))
            .setName(args[2])
            .addAutoJoinChannel(args[3])
            .setMessageDelay(0)
            .addListener(new Echo())
            .buildConfiguration();
    try (PircBotX bot = new PircBotX(configuration)) {
      bot.startBot();
    }
  }

  private static final class Echo extends ListenerAdapter {
    @Override
    public void onMessage(MessageEvent event) {
      if (event.getMessage().startsWith(COMMAND)) {
        event.getChannel().send().message(event.getMessage().substring(COMMAND.length()));
      }
    }

    @Override
    public void onPrivateMessage(PrivateMessageEvent event) {
      if (event.getMessage().startsWith(COMMAND)) {
        event.getUser().send().message(event.getMessage().substring(COMMAND.length()));
      }
    }
  }
}
