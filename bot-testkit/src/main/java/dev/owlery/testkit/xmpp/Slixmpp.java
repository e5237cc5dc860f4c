package dev.owlery.testkit.xmpp;

import dev.owlery.testkit.net.OtherPrograms;
import dev.owlery.testkit.net.ScratchDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A person with slixmpp, a client library in Python that shares nothing with the adapter's: Java
 * tells it what to do in JSON lines, it tells what happens in JSON lines.
 *
 * <p>What it can do by itself stands in {@code owlery_slixmpp.py}: {@code say}, {@code raw}, {@code
 * enter}, {@code features}, {@code items}, {@code command}. A test with other needs gives a script
 * of its own, which imports that one. Safe for use by several threads, except that only one of them
 * should {@code expect}.
 */
public final class Slixmpp implements AutoCloseable {
  /** How long every wait here lasts. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String PYTHON = "/usr/bin/python3";
  private static final String BASE = "owlery_slixmpp.py";

  private final ScratchDirectory directory = ScratchDirectory.create("slixmpp");
  private final Process process;
  private final AtomicInteger ids = new AtomicInteger();
  private final List<Map<String, Object>> seen = new ArrayList<>();
  private int next;
  private boolean ended;

  private Slixmpp(XmppServer server, String user, String password, String script, String text) {
    OtherPrograms.orSkip();
    try (InputStream base = Slixmpp.class.getResourceAsStream(BASE)) {
      if (base == null) {
        throw new IllegalStateException(BASE + " is missing");
      }
      directory.write(BASE, new String(base.readAllBytes(), StandardCharsets.UTF_8));
      Path file = script.equals(BASE) ? path(BASE) : directory.write(script, text);
      ProcessBuilder builder =
          new ProcessBuilder(
              PYTHON,
              "-B",
              file.toString(),
              server.host(),
              Integer.toString(server.port()),
              user + "@" + server.domain(),
              password,
              server.isEncryptionRequired() ? "starttls" : "off",
              server.certificates().authority().toString());
      process = builder.redirectError(path("error.log").toFile()).start();
    } catch (IOException cannotStart) {
      throw new UncheckedIOException(
          PYTHON + " is missing; run scripts/install-test-servers", cannotStart);
    }
    Thread.ofVirtual().name("slixmpp").start(this::read);
  }

  private Path path(String name) {
    return directory.path().resolve(name);
  }

  /**
   * Starts a client, and waits until it is online.
   *
   * @param server the server
   * @param user the local part of an account that exists
   * @param password its password
   * @return a client that is online
   * @throws AssertionError when it does not come online; the message has what Python has said
   */
  public static Slixmpp connect(XmppServer server, String user, String password) {
    return online(new Slixmpp(server, user, password, BASE, ""));
  }

  /**
   * Starts a script, and waits until it is online.
   *
   * @param server the server
   * @param user the local part of an account that exists
   * @param password its password
   * @param script a Python program that imports {@code owlery_slixmpp}
   * @return a client that is online
   * @throws AssertionError when it does not come online; the message has what Python has said
   */
  public static Slixmpp connect(XmppServer server, String user, String password, String script) {
    return online(new Slixmpp(server, user, password, "script.py", script));
  }

  private static Slixmpp online(Slixmpp client) {
    client.expect("online", event -> true);
    return client;
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("{")) {
          // slixmpp 1.8.3 prints some of its own thoughts.
          continue;
        }
        Map<String, Object> event = JsonLines.parse(line);
        synchronized (seen) {
          seen.add(event);
          seen.notifyAll();
        }
      }
    } catch (IOException killed) {
      // The end of the process is a fact that the test may ask for, not a failure.
      return;
    } finally {
      synchronized (seen) {
        ended = true;
        seen.notifyAll();
      }
    }
  }

  /**
   * Gives an order and waits for nothing.
   *
   * @param order what it is, for example {@code say}
   * @param arguments names and values in turn: texts, numbers, truth values, lists, maps
   */
  public void tell(String order, Object... arguments) {
    write(order(order, arguments));
  }

  /**
   * Gives an order and waits for its answer; what else happens meanwhile can still be expected.
   *
   * @param order what it is, for example {@code command}
   * @param arguments names and values in turn: texts, numbers, truth values, lists, maps
   * @return the line of the answer: {@code result}, or {@code error} with the condition
   * @throws AssertionError when no answer comes
   */
  public Map<String, Object> ask(String order, Object... arguments) {
    Map<String, Object> line = order(order, arguments);
    int id = ids.incrementAndGet();
    line.put("id", id);
    write(line);
    synchronized (seen) {
      return seen.get(
          find(
              0,
              "answer to " + order,
              event ->
                  "answer".equals(event.get("event"))
                      && event.get("id") instanceof Number answered
                      && answered.intValue() == id));
    }
  }

  private static Map<String, Object> order(String order, Object... arguments) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("do", order);
    for (int at = 0; at < arguments.length; at += 2) {
      line.put(arguments[at].toString(), arguments[at + 1]);
    }
    return line;
  }

  private void write(Map<String, Object> line) {
    try {
      OutputStream out = process.getOutputStream();
      synchronized (process) {
        out.write((JsonLines.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (IOException gone) {
      throw new UncheckedIOException("slixmpp has ended:\n" + errors(), gone);
    }
  }

  /**
   * Waits for an event, {@link #PATIENCE} long.
   *
   * @param event its name, for example {@code message}
   * @param wanted which one
   * @return its line; the next call looks behind it
   * @throws AssertionError when it does not come; the message has all that came instead
   */
  public Map<String, Object> expect(String event, Predicate<Map<String, Object>> wanted) {
    synchronized (seen) {
      int found = find(next, event, line -> event.equals(line.get("event")) && wanted.test(line));
      next = found + 1;
      return seen.get(found);
    }
  }

  /**
   * Waits for an event, {@link #PATIENCE} long, or finds it among those that were.
   *
   * @param event its name, for example {@code message}
   * @param wanted which one
   * @return its line, the first if there are several
   * @throws AssertionError when it does not come; the message has all that came instead
   */
  public Map<String, Object> await(String event, Predicate<Map<String, Object>> wanted) {
    synchronized (seen) {
      return seen.get(find(0, event, line -> event.equals(line.get("event")) && wanted.test(line)));
    }
  }

  /** Called with the lock held. */
  private int find(int from, String what, Predicate<Map<String, Object>> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (int at = from; ; at++) {
      while (at >= seen.size()) {
        long left = deadline - System.nanoTime();
        if (left <= 0 || ended) {
          throw new AssertionError(
              "expected %s, saw %s%n%s".formatted(what, seen.subList(from, at), errors()));
        }
        try {
          seen.wait(Math.max(1, left / 1_000_000));
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("interrupted while waiting", stopped);
        }
      }
      if (wanted.test(seen.get(at))) {
        return at;
      }
    }
  }

  /**
   * Everything that it has told, the oldest first.
   *
   * @return a copy
   */
  public List<Map<String, Object>> events() {
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  private String errors() {
    try {
      return Files.readString(path("error.log"));
    } catch (IOException unreadable) {
      return "(its errors cannot be read: " + unreadable.getMessage() + ")";
    }
  }

  /** Kills the process and deletes its files. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    directory.close();
  }
}
