package dev.owlery.adapter.irc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LineWriterTest {
  private static final IrcSettings.Flood UNLIMITED = new IrcSettings.Flood(0, 1);

  private final Confirmations confirmations = new Confirmations(UNLIMITED);
  private final AtomicReference<IOException> broken = new AtomicReference<>();
  private final Wire wire = new Wire();
  private final LineWriter writer =
      new LineWriter("writer", wire, UNLIMITED, confirmations, broken::set);

  /** Counts the threads that write, and can be made to wait. */
  private static final class Wire extends OutputStream {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<Thread> writers = new ArrayList<>();
    private final CountDownLatch stuck = new CountDownLatch(1);
    private volatile CountDownLatch free = new CountDownLatch(0);
    private volatile boolean fails;

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (fails) {
        throw new IOException("gone");
      }
      if (length > 0 && free.getCount() > 0) {
        stuck.countDown();
        awaitFree();
      }
      synchronized (this) {
        writers.add(Thread.currentThread());
        written.write(bytes, from, length);
      }
    }

    private void awaitFree() throws IOException {
      try {
        assertThat(free.await(10, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException stopped) {
        throw new IOException(stopped);
      }
    }

    synchronized List<String> lines() {
      return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    List<String> said() {
      return lines().stream().filter(line -> line.startsWith("PRIVMSG")).toList();
    }

    synchronized List<Thread> writers() {
      return List.copyOf(writers);
    }
  }

  @AfterEach
  void close() {
    List<SentLine> _ = writer.close(Duration.ofSeconds(5));
  }

  private SentLine line(String text) {
    return confirmations.prepare(OutboundLine.of("PRIVMSG", "#a", text), "#a", text, "");
  }

  private void await(String what, java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what + ": " + wire.lines()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void aVirtualThreadWritesItsLineItself() throws InterruptedException {
    writer.start();
    Thread speaker = Thread.ofVirtual().start(() -> assertThat(writer.send(line("hi"))).isTrue());
    speaker.join();
    assertThat(wire.said()).containsExactly("PRIVMSG #a hi");
    assertThat(wire.writers().getFirst()).isEqualTo(speaker);
  }

  @Test
  void aPlatformThreadNeverWrites() {
    writer.start();
    assertThat(writer.send(line("hi"))).isTrue();
    await("written", () -> wire.said().size() == 1);
    assertThat(wire.writers()).doesNotContain(Thread.currentThread());
  }

  @Test
  void linesThatFollowSoonShareAPingThatComesByItself() throws InterruptedException {
    writer.start();
    Thread.ofVirtual().start(() -> writer.send(line("one"))).join();
    await("a ping", () -> wire.lines().contains("PING owlery1"));
    Thread.ofVirtual()
        .start(() -> {
          writer.send(line("two"));
          confirmations.answered("owlery1");
          writer.send(line("three"));
        })
        .join();
    await("a second ping", () -> wire.lines().contains("PING owlery2"));
    assertThat(wire.said()).hasSize(3);
  }

  @Test
  void whoWritesKeepsTheOthersLinesInOrder() throws InterruptedException {
    wire.free = new CountDownLatch(1);
    writer.start();
    Thread first = Thread.ofVirtual().start(() -> writer.send(line("first")));
    assertThat(wire.stuck.await(10, TimeUnit.SECONDS)).isTrue();
    Thread.ofVirtual().start(() -> writer.send(line("second"))).join();
    assertThat(writer.send(line("third"))).isTrue();
    wire.free.countDown();
    first.join();
    await("all written", () -> wire.said().size() == 3);
    assertThat(wire.said())
        .containsExactly("PRIVMSG #a first", "PRIVMSG #a second", "PRIVMSG #a third");
  }

  @Test
  void manyThreadsLoseNothingAndEachKeepsItsOrder() throws InterruptedException {
    int each = 500;
    writer.start();
    List<Thread> speakers =
        IntStream.range(0, 8)
            .mapToObj(speaker ->
                (speaker % 2 == 0 ? Thread.ofVirtual() : Thread.ofPlatform())
                    .start(() ->
                        IntStream.range(0, each)
                            .forEach(i -> {
                              while (!writer.send(line("s" + speaker + " " + i))) {
                                Thread.onSpinWait();
                              }
                            })))
            .toList();
    for (Thread speaker : speakers) {
      speaker.join();
    }
    await("all written", () -> wire.said().size() == 8 * each);
    for (int speaker = 0; speaker < 8; speaker++) {
      String mine = "PRIVMSG #a :s" + speaker + " ";
      assertThat(wire.said().stream().filter(line -> line.startsWith(mine)))
          .containsExactlyElementsOf(IntStream.range(0, each).mapToObj(i -> mine + i).toList());
    }
  }

  @Test
  void aBrokenWireIsToldWhoeverWrites() throws InterruptedException {
    wire.fails = true;
    writer.start();
    Thread.ofVirtual().start(() -> writer.send(line("hi"))).join();
    assertThat(broken.get()).hasMessage("gone");
  }

  @Test
  void whoeverAsksForMoreThanTheBucketHoldsLearnsWhenItFills() {
    IrcSettings.Flood slow = new IrcSettings.Flood(2, 0.25);
    Confirmations book = new Confirmations(slow);
    LineWriter limited = new LineWriter("limited", wire, slow, book, broken::set);
    AtomicInteger told = new AtomicInteger();
    limited.start();
    try {
      assertThat(limited.demand(told::incrementAndGet)).isEqualTo(2);
      for (String text : List.of("one", "two")) {
        assertThat(
                limited.send(book.prepare(OutboundLine.of("PRIVMSG", "#a", text), "#a", text, "")))
            .isTrue();
      }
      assertThat(limited.demand(told::incrementAndGet)).isZero();
      await("the bucket to fill", () -> told.get() == 1);
      assertThat(limited.demand(told::incrementAndGet)).isEqualTo(1);
    } finally {
      List<SentLine> _ = limited.close(Duration.ofSeconds(5));
    }
  }
}
