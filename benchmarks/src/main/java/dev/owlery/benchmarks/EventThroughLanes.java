package dev.owlery.benchmarks;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.plugin.Handled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long an event takes from the inbox through its lane until its last handler has run and its
 * unit is committed, with {@code durability = off}. Events come in batches over several rooms; the
 * figure is the time per event.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(2)
public class EventThroughLanes {

  private static final int BATCH = 1_000;

  /** How many handlers get each event. */
  @Param({"1", "8", "64"})
  public int handlers;

  /** Over how many rooms the events are spread. */
  @Param({"1", "16"})
  public int rooms;

  private final List<Conversation> places = new ArrayList<>();
  private Stations stations;
  private CountDownLatch left;
  private long key;

  /** Opens the stations with as many handlers as asked for. */
  @Setup
  public void open() {
    stations = Stations.open();
    for (int i = 1; i < handlers; i++) {
      stations.handlers().add("bench", MessagePosted.class, i, message -> Handled.CONTINUE);
    }
    stations
        .handlers()
        .add(
            "bench",
            MessagePosted.class,
            handlers,
            message -> {
              left.countDown();
              return Handled.STOP;
            });
    for (int i = 0; i < rooms; i++) {
      places.add(Conversation.room(Stations.ACCOUNT, "#room" + i));
    }
  }

  /** Closes the stations. */
  @TearDown
  public void close() {
    stations.close();
  }

  /**
   * Publishes a batch and waits for its last event.
   *
   * @throws InterruptedException never
   */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void event() throws InterruptedException {
    left = new CountDownLatch(BATCH);
    for (int i = 0; i < BATCH; i++) {
      var unused =
          stations.inbox().publish(Stations.message(key++, places.get(i % rooms), "hello there"));
    }
    left.await();
  }
}
