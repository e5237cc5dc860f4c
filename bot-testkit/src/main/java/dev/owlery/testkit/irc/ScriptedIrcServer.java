package dev.owlery.testkit.irc;

import dev.owlery.testkit.net.LoopbackPorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An IRC server for faults that real ones do not show on request: it welcomes whoever comes,
 * answers PING and JOIN, records each line as it came, says what the test tells it to say, and can
 * fall silent without closing the connection.
 *
 * <p>One client at a time is the one that {@link #send} speaks to: the last that was welcomed. Safe
 * for use by several threads.
 */
public final class ScriptedIrcServer implements AutoCloseable {
  /** What a server answers to a line. */
  @FunctionalInterface
  public interface Script {
    /**
     * Answers a line instead of the server.
     *
     * @param line what a client has sent, without tags
     * @return the lines to say; empty for the server's own answer
     */
    Optional<List<String>> answer(String line);
  }

  private final ServerSocket listener;
  private final Charset charset;
  private final String capabilities;
  private final List<String> received = new ArrayList<>();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private volatile boolean silent;
  private volatile @Nullable ScriptedConnection current;
  private volatile @Nullable ScriptedConnection newest;
  private volatile @Nullable String refusal;
  private volatile Script script = line -> Optional.empty();
  private volatile String features = "CASEMAPPING=ascii CHANTYPES=# PREFIX=(ov)@+";
  private int welcomed;

  private ScriptedIrcServer(Charset charset, String capabilities) {
    this.charset = charset;
    this.capabilities = capabilities;
    try {
      listener = new ServerSocket(LoopbackPorts.reserve(), 50, InetAddress.getLoopbackAddress());
    } catch (IOException taken) {
      throw new UncheckedIOException("cannot listen", taken);
    }
    Thread.ofVirtual().name("scripted-irc").start(this::accept);
  }

  /**
   * Starts a server.
   *
   * @param capabilities the IRCv3 capabilities that it offers and acknowledges
   * @return the server, listening
   */
  public static ScriptedIrcServer start(String... capabilities) {
    return start(StandardCharsets.UTF_8, capabilities);
  }

  /**
   * Starts a server that speaks in another encoding.
   *
   * @param charset how lines become bytes; with ISO 8859-1 a test sees and says any byte
   * @param capabilities the IRCv3 capabilities that it offers and acknowledges
   * @return the server, listening
   */
  public static ScriptedIrcServer start(Charset charset, String... capabilities) {
    return new ScriptedIrcServer(charset, String.join(" ", capabilities));
  }

  /**
   * Where it listens.
   *
   * @return a port on 127.0.0.1
   */
  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (!listener.isClosed()) {
        Socket socket = listener.accept();
        clients.add(socket);
        ScriptedConnection client = new ScriptedConnection(socket);
        newest = client;
        Thread.ofVirtual().name("scripted-irc-client").start(client::read);
      }
    } catch (IOException closed) {
      record("(closed)");
    }
  }

  private void record(String line) {
    synchronized (received) {
      received.add(line);
      received.notifyAll();
    }
  }

  /** One connection. */
  private final class ScriptedConnection {
    private final Socket socket;
    private final OutputStream out;
    private String nick = "";
    private boolean hasUser;
    private boolean negotiating;
    private boolean isWelcome;

    ScriptedConnection(Socket socket) throws IOException {
      this.socket = socket;
      this.out = socket.getOutputStream();
    }

    void read() {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), charset))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          record(line);
          if (!silent) {
            answer(line);
          }
        }
        record("(disconnected)");
      } catch (IOException lost) {
        record("(disconnected)");
      }
    }

    private void answer(String tagged) {
      String line = tagged.startsWith("@") ? tagged.substring(tagged.indexOf(' ') + 1) : tagged;
      Optional<List<String>> scripted = script.answer(line);
      if (scripted.isPresent()) {
        scripted.get().forEach(this::say);
        return;
      }
      String rest = line.substring(line.indexOf(' ') + 1);
      switch (line.split(" ", 2)[0]) {
        case "CAP" -> negotiate(rest);
        case "NICK" -> nick(rest);
        case "USER" -> hasUser = true;
        case "PING" -> say(":irc.test PONG irc.test :" + rest.replaceFirst("^:", ""));
        case "JOIN" -> {
          String room = rest.split(" ", 2)[0];
          say(":" + nick + "!" + nick + "@host JOIN " + room);
          say(":irc.test 366 " + nick + " " + room + " :End");
        }
        default -> {
          // Recorded, and left to the test.
        }
      }
      if (!isWelcome && hasUser && !nick.isEmpty() && !negotiating) {
        welcome();
      }
    }

    private void negotiate(String rest) {
      if (rest.startsWith("LS")) {
        negotiating = true;
        say(":irc.test CAP * LS :" + capabilities);
      } else if (rest.startsWith("REQ")) {
        say(":irc.test CAP * ACK " + rest.substring(4));
      } else if (rest.startsWith("END")) {
        negotiating = false;
      }
    }

    private void nick(String wanted) {
      if (isWelcome) {
        say(":" + nick + "!" + nick + "@host NICK :" + wanted);
      }
      nick = wanted;
    }

    private void welcome() {
      welcome(nick);
    }

    void welcome(String as) {
      nick = as;
      String refusing = refusal;
      if (refusing != null) {
        say(refusing);
        return;
      }
      isWelcome = true;
      current = this;
      say(":irc.test 001 " + nick + " :Welcome");
      say(":irc.test 005 " + nick + " " + features + " :are supported");
      say(":irc.test 376 " + nick + " :End of MOTD");
      synchronized (received) {
        welcomed++;
        received.notifyAll();
      }
    }

    void say(String line) {
      try {
        synchronized (out) {
          out.write((line + "\r\n").getBytes(charset));
          out.flush();
        }
      } catch (IOException gone) {
        record("(disconnected)");
      }
    }
  }

  /**
   * Says something to the client that was welcomed last.
   *
   * @param line a line without its end
   */
  public void send(String line) {
    ScriptedConnection client = current;
    if (client == null) {
      throw new IllegalStateException("nobody was welcomed yet");
    }
    client.say(line);
  }

  /**
   * Stops or begins to answer; connections stay open.
   *
   * @param now true to read lines and answer none of them
   */
  public void silent(boolean now) {
    silent = now;
  }

  /**
   * From now on nobody is welcomed.
   *
   * @param line what whoever registers is told instead, for example numeric 464
   */
  public void refuse(String line) {
    refusal = line;
  }

  /**
   * Welcomes the client that has connected last, whatever it has said so far.
   *
   * @param nick the nick that it gets
   */
  public void welcomeAs(String nick) {
    ScriptedConnection client = newest;
    if (client == null) {
      throw new IllegalStateException("nobody has connected yet");
    }
    client.welcome(nick);
  }

  /**
   * How often clients have asked for a sign of life.
   *
   * @return the number of PINGs
   */
  public long pings() {
    return received().stream().filter(line -> line.startsWith("PING")).count();
  }

  /**
   * From now on some lines are answered in another way.
   *
   * @param answers the other answers
   */
  public void script(Script answers) {
    script = answers;
  }

  /**
   * What the server says of itself to whoever it welcomes.
   *
   * @param tokens of numeric 005
   */
  public void features(String tokens) {
    features = tokens;
  }

  /**
   * How many clients were welcomed so far.
   *
   * @return the number of registrations
   */
  public int welcomed() {
    synchronized (received) {
      return welcomed;
    }
  }

  /**
   * All lines of all clients so far, in order.
   *
   * @return a copy
   */
  public List<String> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  /**
   * Waits until some client has sent a line, now or before.
   *
   * @param pattern a regular expression that is found somewhere in the line
   * @return the first such line
   * @throws AssertionError when it does not come within ten seconds
   */
  public String expect(String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    synchronized (received) {
      while (true) {
        for (String line : received) {
          if (wanted.matcher(line).find()) {
            return line;
          }
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new AssertionError("expected /" + pattern + "/, received " + received);
        }
        waitAtMost(left);
      }
    }
  }

  /** Called with the lock held. */
  private void waitAtMost(long nanos) {
    try {
      received.wait(Math.max(1, nanos / 1_000_000));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a line", stopped);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket each : clients) {
        each.close();
      }
    } catch (IOException alreadyGone) {
      throw new UncheckedIOException(alreadyGone);
    }
  }
}
