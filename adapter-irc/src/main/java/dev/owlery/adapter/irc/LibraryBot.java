package dev.owlery.adapter.irc;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.pircbotx.Configuration;
import org.pircbotx.InputParser;
import org.pircbotx.PircBotX;
import org.pircbotx.exception.IrcException;
import org.pircbotx.hooks.Event;
import org.pircbotx.hooks.Listener;
import org.pircbotx.hooks.managers.ListenerManager;
import org.pircbotx.output.OutputCAP;
import org.pircbotx.output.OutputRaw;

/**
 * PircBotX for one connection: it registers with the server and negotiates capabilities. Reading,
 * writing and everything after the registration is ours; docs/decisions/0003 says why.
 *
 * <p>None of its own lines are logged: it logs passwords.
 */
final class LibraryBot extends PircBotX {

  /** The session that it works for. */
  interface LibrarySession {
    /**
     * A line from the server.
     *
     * @param raw the line without its end
     * @throws IOException if the connection broke
     * @throws IrcException if the server refuses us
     */
    void received(String raw) throws IOException, IrcException;

    /**
     * Sends a line at once.
     *
     * @param line the line
     */
    void send(OutboundLine line);
  }

  private final LineReader reader;
  private @Nullable Exception failure;

  private LibraryBot(Configuration configuration, LineReader reader) {
    super(configuration);
    this.reader = reader;
  }

  /**
   * Prepares a bot; nothing is sent yet.
   *
   * @param settings the account
   * @param link the open connection
   * @param capabilities what negotiates them
   * @param session gets the lines
   * @return the bot
   * @throws IOException if the connection is gone
   */
  static LibraryBot create(
      IrcSettings settings,
      SocketConnector.OpenSockets link,
      Capabilities capabilities,
      LibrarySession session)
      throws IOException {
    String nick = settings.nick();
    Socket socket = link.channel();
    Configuration.Builder builder =
        new Configuration.Builder()
            .setName(nick)
            .setLogin(settings.user().orElse(nick))
            .setRealName(IrcMarkup.plain(settings.realName().orElse(nick)))
            .addServer(socket.getInetAddress().getHostAddress(), settings.port())
            .setSocketFactory(new Handover(socket))
            // No time-out: whether the connection lives is found out by asking the server.
            .setSocketTimeout(Integer.MAX_VALUE)
            .setEncoding(StandardCharsets.UTF_8)
            .setMessageDelay(0)
            .setAutoNickChange(true)
            .setAutoReconnect(false)
            .setShutdownHookEnabled(false)
            .setSnapshotsEnabled(false)
            .setOnJoinWhoEnabled(false)
            .setCapEnabled(true)
            .setListenerManager(new NoListeners())
            .setBotFactory(new Factory(session));
    // The library's own handlers would ask for more than we handle, each in a line of its own.
    builder.getCapHandlers().clear();
    builder.addCapHandler(capabilities);
    settings.password().ifPresent(password -> builder.setServerPassword(password.reveal()));
    return new LibraryBot(
        builder.buildConfiguration(),
        new LineReader(new PromptStream(socket.getInputStream(), link.transport())));
  }

  /**
   * Registers, then reads until the connection ends.
   *
   * @throws IOException if it broke
   * @throws IrcException if the server refuses us
   */
  void run() throws IOException, IrcException {
    ImmutableMap<?, Exception> unconnected = connect();
    if (!unconnected.isEmpty()) {
      throw new IOException("the connection was lost before it began");
    }
    switch (failure) {
      case IOException broken -> throw broken;
      case IrcException refused -> throw refused;
      case RuntimeException fault -> throw fault;
      case null, default -> {}
    }
  }

  /** The boundary for what goes wrong while lines are handled: {@link #run} throws it again. */
  @Override
  protected void startLineProcessing() {
    try {
      for (String raw = reader.next(); raw != null; raw = reader.next()) {
        getInputParser().handleLine(raw);
      }
    } catch (IOException | IrcException | RuntimeException ended) {
      failure = ended;
    }
  }

  /**
   * Lets the library react to a line of the registration.
   *
   * @param line the line
   * @param raw the same, as it came
   * @throws IOException if the connection broke
   * @throws IrcException if the server refuses us
   */
  void register(IrcLine line, String raw) throws IOException, IrcException {
    ((LibraryParser) getInputParser()).register(line, raw);
  }

  /** Hands over the connection that we have opened, instead of opening one. */
  private static final class Handover extends SocketFactory {
    private final Socket socket;

    Handover(Socket socket) {
      this.socket = socket;
    }

    @Override
    public Socket createSocket(
        InetAddress address, int port, @Nullable InetAddress localAddress, int localPort) {
      return socket;
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
      return socket;
    }
  }

  /** Makes our parts instead of the library's. Called while the bot is being made. */
  private static final class Factory extends Configuration.BotFactory {
    private final LibrarySession session;

    Factory(LibrarySession session) {
      this.session = session;
    }

    @Override
    public InputParser createInputParser(PircBotX bot) {
      return new LibraryParser(bot, session);
    }

    @Override
    public OutputRaw createOutputRaw(PircBotX bot) {
      return new Output(bot, session);
    }

    @Override
    public OutputCAP createOutputCAP(PircBotX bot) {
      return new CapabilityOutput(bot, session);
    }
  }

  private static final class LibraryParser extends InputParser {
    private final LibrarySession session;

    LibraryParser(PircBotX bot, LibrarySession session) {
      super(bot);
      this.session = session;
    }

    @Override
    public void handleLine(String raw) throws IOException, IrcException {
      session.received(raw);
    }

    void register(IrcLine line, String raw) throws IOException, IrcException {
      if (line.verb().equals("AUTHENTICATE")) {
        // The library knows this line only in one of the two spellings that servers use.
        for (var handler : getCapHandlersRemaining()) {
          if (handler.handleUnknown(bot, raw)) {
            addCapHandlerFinished(handler);
          }
        }
      } else {
        // The library takes the list apart.
        processConnect(raw, line.verb(), line.param(0), new ArrayList<>(line.params()));
      }
    }
  }

  private static final class Output extends OutputRaw {
    private final LibrarySession session;

    Output(PircBotX bot, LibrarySession session) {
      super(bot);
      this.session = session;
    }

    @Override
    public void rawLine(String line) {
      session.send(OutboundLine.ofLibrary(line));
    }

    @Override
    public void rawLineNow(String line) {
      session.send(OutboundLine.ofLibrary(line));
    }

    @Override
    public void rawLineNow(String line, boolean resetDelay) {
      session.send(OutboundLine.ofLibrary(line));
    }
  }

  private static final class CapabilityOutput extends OutputCAP {
    private final LibrarySession session;

    CapabilityOutput(PircBotX bot, LibrarySession session) {
      super(bot);
      this.session = session;
    }

    @Override
    public void getSupported() {
      session.send(OutboundLine.of("CAP", "LS", "302"));
    }
  }

  /** Nobody listens to the library's events, so none of its threads are started. */
  private static final class NoListeners implements ListenerManager {
    @Override
    public void onEvent(Event event) {
      // Events are made from the lines themselves.
    }

    @Override
    public void addListener(Listener listener) {
      // The library adds its own answers to CTCP and PING here; ours are in IrcSession.
    }

    @Override
    public boolean removeListener(Listener listener) {
      return false;
    }

    @Override
    public boolean listenerExists(Listener listener) {
      return false;
    }

    @Override
    public ImmutableSet<Listener> getListeners() {
      return ImmutableSet.of();
    }

    @Override
    public void shutdown(PircBotX bot) {
      // Nothing was started.
    }
  }
}
