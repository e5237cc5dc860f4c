package dev.owlery.adapter.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.AdapterProvider;
import dev.owlery.testkit.AdapterContract;
import dev.owlery.testkit.AdapterPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class ConsoleAdapterContractTest extends AdapterContract {

  @Override
  protected AdapterPeer peer() {
    return new Keyboard();
  }

  /** Somebody who types into a pipe and reads what comes out of another. */
  private static final class Keyboard implements AdapterPeer {

    private static final String IN_THE_ROOM = "[#dev] ";

    private final BlockingQueue<String> room = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> direct = new LinkedBlockingQueue<>();
    private PipedOutputStream typed = new PipedOutputStream();

    @Override
    public AdapterProvider provider() {
      return new AdapterProvider() {
        @Override
        public String protocol() {
          return "console";
        }

        @Override
        public Class<? extends Record> settingsType() {
          return ConsoleSettings.class;
        }

        @Override
        public Adapter create(Record settings, AdapterContext context) {
          return new ConsoleAdapter((ConsoleSettings) settings, context, completer -> plugIn());
        }
      };
    }

    private PipeScreen plugIn() throws IOException {
      PipedInputStream keyboard = new PipedInputStream(1 << 20);
      typed = new PipedOutputStream(keyboard);
      return new PipeScreen(keyboard, new Printer());
    }

    /** Sorts what is printed, line by line. */
    private final class Printer extends OutputStream {

      private final ByteArrayOutputStream line = new ByteArrayOutputStream();

      @Override
      public void write(int b) {
        if (b == '\n') {
          heard(line.toString(UTF_8));
          line.reset();
        } else {
          line.write(b);
        }
      }
    }

    private void heard(String line) {
      if (line.startsWith(IN_THE_ROOM)) {
        room.add(line.substring(IN_THE_ROOM.length()));
      } else {
        direct.add(line);
      }
    }

    @Override
    public Record settings() {
      return new ConsoleSettings("you", "owl", ConsoleSettings.Mode.PIPE, Optional.empty());
    }

    @Override
    public String room() {
      return "#dev";
    }

    @Override
    public String person() {
      return "you";
    }

    @Override
    public void botIsOnline() {
      type("/room #dev");
      // The person comes in, and is greeted: that belongs to no test.
      if (hearsInRoom(Duration.ofSeconds(10)).isEmpty()) {
        throw new IllegalStateException("the bot does not greet");
      }
    }

    @Override
    public void saysInRoom(String line) {
      type("/room #dev");
      type(line);
    }

    @Override
    public void tells(String line) {
      type("/dm");
      type(line);
    }

    @Override
    public String somebodyJoins() {
      type("/as ann");
      return "ann";
    }

    private void type(String line) {
      try {
        typed.write((line + "\n").getBytes(UTF_8));
        typed.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Optional<String> hearsInRoom(Duration patience) {
      return next(room, patience);
    }

    @Override
    public Optional<String> isTold(Duration patience) {
      return next(direct, patience);
    }

    private static Optional<String> next(BlockingQueue<String> lines, Duration patience) {
      try {
        return Optional.ofNullable(lines.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }

    @Override
    public void close() {
      try {
        typed.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
