package dev.owlery.launcher.control;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueFactory;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One end of a connection over the control socket: lines of JSON. One thread reads, any may write.
 * Every wait has an end: when it is over, the connection is closed.
 */
public final class ControlConnection implements AutoCloseable {

  /** How long either side may be silent, and may take to read what it is sent. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int LONGEST_LINE = 64 << 10;

  private final SocketChannel channel;
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("control-deadline").factory());
  private final ByteBuffer read = ByteBuffer.allocate(8192).flip();
  private volatile boolean late;

  /**
   * Takes over an open channel.
   *
   * @param channel closed with this
   */
  ControlConnection(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for the next line of the other side.
   *
   * @param patience how long; the connection is closed then
   * @return its fields
   * @throws IOException if the other side is gone, silent for too long, or sends no line of JSON
   */
  public Map<String, Object> receive(Duration patience) throws IOException {
    Future<?> deadline = deadline(patience);
    try {
      return parse(line());
    } catch (IOException e) {
      throw late ? new IOException("nothing was heard for " + patience.toSeconds() + " s", e) : e;
    } finally {
      deadline.cancel(false);
    }
  }

  /**
   * Sends a line.
   *
   * @param fields texts, numbers, truth values, lists and maps of them; must fit into 64 KiB
   * @throws IOException if the other side is gone, or does not read for too long
   */
  public synchronized void send(Map<String, ?> fields) throws IOException {
    byte[] line =
        (ConfigValueFactory.fromMap(fields).render(ConfigRenderOptions.concise()) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    if (line.length > LONGEST_LINE) {
      throw new IOException("a line of " + line.length + " bytes is too long");
    }
    Future<?> deadline = deadline(PATIENCE);
    try {
      ByteBuffer rest = ByteBuffer.wrap(line);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } finally {
      deadline.cancel(false);
    }
  }

  private Future<?> deadline(Duration patience) throws IOException {
    if (!channel.isOpen()) {
      throw new EOFException("the connection is closed");
    }
    try {
      return deadlines.schedule(
          () -> {
            late = true;
            close();
          },
          patience.toMillis(),
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new IOException("the connection is closed", e); // by another thread, just now
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (!read.hasRemaining()) {
        read.clear();
        int count = channel.read(read);
        read.flip();
        if (count < 0) {
          throw new EOFException("the other side has closed the connection");
        }
      }
      while (read.hasRemaining()) {
        byte next = read.get();
        if (next == '\n') {
          return line.toString(StandardCharsets.UTF_8);
        }
        if (line.size() == LONGEST_LINE) {
          throw new IOException("a line is longer than 64 KiB");
        }
        line.write(next);
      }
    }
  }

  private static Map<String, Object> parse(String line) throws IOException {
    try {
      return ConfigFactory.parseString(
              line, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON))
          .root()
          .unwrapped();
    } catch (ConfigException | StackOverflowError e) {
      throw new IOException("a line is no JSON object", e);
    }
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** Closes it; whoever waits for it stops waiting. */
  @Override
  public void close() {
    deadlines.shutdown();
    try {
      channel.close();
    } catch (IOException e) {
      late = true; // nobody waits for it any more, which is what closing is for
    }
  }
}
