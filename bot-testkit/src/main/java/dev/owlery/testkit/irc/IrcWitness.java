package dev.owlery.testkit.irc;

import dev.owlery.testkit.net.TestCertificates;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * A person with a plain IRC client and a perfect memory: what it saw is what the network delivered,
 * whatever the bot thinks it has sent.
 *
 * <p>It speaks raw lines on a bare socket, answers PING by itself, and keeps every line from the
 * server in the order of arrival. {@code expect} methods look from the line after the last one that
 * they returned, so that a test reads as a conversation. Safe for use by several threads, except
 * that only one of them should {@code expect}.
 */
public final class IrcWitness implements AutoCloseable {
  /** How long {@link #expect(String)} waits. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Socket socket;
  private final OutputStream out;
  private final List<String> seen = new ArrayList<>();
  private int next;
  private boolean ended;
  private String nick = "*";

  private IrcWitness(Socket socket) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    Thread.ofVirtual().name("irc-witness").start(this::read);
  }

  /**
   * Connects and does nothing else: for tests of the registration.
   *
   * @param host the server's host
   * @param port its port without TLS
   * @return a witness that has said nothing yet
   */
  public static IrcWitness open(String host, int port) {
    try {
      Socket socket = new Socket(host, port);
      socket.setTcpNoDelay(true);
      return new IrcWitness(socket);
    } catch (IOException refused) {
      throw new UncheckedIOException("cannot connect to " + host + ":" + port, refused);
    }
  }

  /**
   * Connects and registers.
   *
   * @param server the server
   * @param nick the nick to take
   * @param capabilities the IRCv3 capabilities to ask for; none when the server has no CAP
   * @return a witness that the server has welcomed
   */
  public static IrcWitness connect(IrcServer server, String nick, String... capabilities) {
    return connect(server.host(), server.port(), nick, capabilities);
  }

  /**
   * Connects and registers.
   *
   * @param host the server's host
   * @param port its port without TLS
   * @param nick the nick to take
   * @param capabilities the IRCv3 capabilities to ask for
   * @return a witness that the server has welcomed
   */
  public static IrcWitness connect(String host, int port, String nick, String... capabilities) {
    return open(host, port).register(nick, capabilities);
  }

  /**
   * Connects by TLS with a client certificate, and registers.
   *
   * @param server the server
   * @param nick the nick to take
   * @param certificate who this client is
   * @return a witness that the server has welcomed
   */
  public static IrcWitness connectByTls(
      InspIrcd server, String nick, TestCertificates.CertificateWithKey certificate) {
    try {
      SSLContext context = server.certificates().clientContext(certificate);
      Socket socket = context.getSocketFactory().createSocket("localhost", server.tlsPort());
      return new IrcWitness(socket).register(nick);
    } catch (IOException refused) {
      throw new UncheckedIOException("cannot connect by TLS", refused);
    }
  }

  private IrcWitness register(String wanted, String... capabilities) {
    nick = wanted;
    if (capabilities.length > 0) {
      raw("CAP REQ :" + String.join(" ", capabilities));
    }
    raw("NICK " + nick);
    raw("USER " + nick + " 0 * :a witness");
    if (capabilities.length > 0) {
      expect("CAP \\S+ ACK");
      raw("CAP END");
    }
    expect(" (376|422) ");
    return this;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1 << 16)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("PING ")) {
          raw("PONG " + line.substring(5));
        }
        synchronized (seen) {
          seen.add(line);
          seen.notifyAll();
        }
      }
    } catch (IOException | UncheckedIOException connectionLost) {
      // The end of the connection is a fact that the test may ask for, not a failure.
      synchronized (seen) {
        seen.add("(" + connectionLost.getMessage() + ")");
      }
    } finally {
      synchronized (seen) {
        ended = true;
        seen.notifyAll();
      }
    }
  }

  /**
   * Sends one line as it is; the line end is added here.
   *
   * @param line anything, injected line ends included
   */
  public void raw(String line) {
    bytes((line + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends bytes as they are.
   *
   * @param bytes anything, malformed UTF-8 included
   */
  public void bytes(byte[] bytes) {
    try {
      synchronized (out) {
        out.write(bytes);
        out.flush();
      }
    } catch (IOException lost) {
      throw new UncheckedIOException("the server has closed the connection", lost);
    }
  }

  /**
   * Joins a room and waits until the server has confirmed it.
   *
   * @param room the room
   */
  public void join(String room) {
    raw("JOIN " + room);
    expect(" 366 \\S+ " + Pattern.quote(room) + " ");
  }

  /**
   * Says something.
   *
   * @param target a room or a nick
   * @param text one line
   */
  public void say(String target, String text) {
    raw("PRIVMSG " + target + " :" + text);
  }

  /**
   * Makes a NickServ account with this nick's name, and is logged in to it from then on.
   *
   * @param password the account's password
   */
  public void registerAccount(String password) {
    say("NickServ", "REGISTER " + password + " " + nick + "@example.org");
    expect("NickServ\\S* NOTICE \\S+ :.*registered");
  }

  /**
   * Waits for a line, {@link #PATIENCE} long.
   *
   * @param pattern a regular expression that is found somewhere in the line
   * @return the line; the next call looks behind it
   * @throws AssertionError when it does not come; the message has all that came instead
   */
  public String expect(String pattern) {
    return expect(pattern, PATIENCE);
  }

  /**
   * Waits for a line.
   *
   * @param pattern a regular expression that is found somewhere in the line
   * @param patience how long
   * @return the line; the next call looks behind it
   * @throws AssertionError when it does not come; the message has all that came instead
   */
  public String expect(String pattern, Duration patience) {
    Pattern wanted = Pattern.compile(pattern);
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (seen) {
      int from = next;
      for (int at = from; ; at++) {
        while (at >= seen.size()) {
          long left = deadline - System.nanoTime();
          if (left <= 0 || ended) {
            throw new AssertionError(
                "expected /"
                    + pattern
                    + "/"
                    + (ended ? " (connection ended)" : "")
                    + ", saw "
                    + String.join("\n  ", seen.subList(from, seen.size())));
          }
          waitAtMost(left);
        }
        if (wanted.matcher(seen.get(at)).find()) {
          next = at + 1;
          return seen.get(at);
        }
      }
    }
  }

  /** Called with the lock held. */
  private void waitAtMost(long nanos) {
    try {
      seen.wait(Math.max(1, nanos / 1_000_000));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a line", stopped);
    }
  }

  /**
   * Makes sure that everything which the server had for this client until now has been seen.
   *
   * @return all lines so far
   */
  public List<String> settle() {
    String token = "settle" + System.nanoTime();
    raw("PING " + token);
    expect("PONG .*" + token);
    return lines();
  }

  /**
   * Every line that has come, the oldest first.
   *
   * @return a copy
   */
  public List<String> lines() {
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  /**
   * The texts that somebody has sent to a room or to this nick, in order, tags and prefix removed.
   *
   * @param sender the sender's nick
   * @param target the room, or this witness's nick
   * @return the texts of the PRIVMSG lines so far
   */
  public List<String> textsFrom(String sender, String target) {
    Pattern line =
        Pattern.compile(
            "^(?:@\\S+ +)?:"
                + Pattern.quote(sender)
                + "(?:!\\S*)? PRIVMSG "
                + Pattern.quote(target)
                + " :?(.*)$",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    return lines().stream()
        .map(line::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1))
        .toList();
  }

  /**
   * Waits until something holds, looking every few milliseconds.
   *
   * @param what what is waited for, for the failure message
   * @param condition what must become true
   * @throws AssertionError when it does not within {@link #PATIENCE}
   */
  public static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /** Drops the connection without a word. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      throw new UncheckedIOException(alreadyGone);
    }
  }
}
