package dev.owlery.plugins.filerelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.plugin.Store;
import dev.owlery.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody sends more in a day than they may, however many files they offer at a time. */
class QuotaTest {
  private static final long MEBIBYTE = 1 << 20;

  private final ManualClock clock = new ManualClock();
  private final MapStore store = new MapStore();
  private final AtomicInteger ids = new AtomicInteger();

  /** A store whose writes are there at once. */
  private record MapStore(Map<String, String> all) implements Store {
    MapStore() {
      this(new ConcurrentSkipListMap<>());
    }

    @Override
    public Optional<String> get(String key) {
      return Optional.ofNullable(all.get(key));
    }

    @Override
    public void put(String key, String value) {
      all.put(key, value);
    }

    @Override
    public void remove(String key) {
      all.remove(key);
    }

    @Override
    public Map<String, String> entries(String prefix) {
      Map<String, String> found = new ConcurrentSkipListMap<>(all);
      found.keySet().removeIf(key -> !key.startsWith(prefix));
      return found;
    }
  }

  @AfterEach
  void close() {
    clock.close();
  }

  private Quota quota() {
    return new Quota(store, clock.clock(), 20 * MEBIBYTE);
  }

  private boolean take(Quota quota, String sender, OptionalLong size) {
    return quota.take(sender, size, 8 * MEBIBYTE, _ -> "t" + ids.incrementAndGet());
  }

  @Test
  void offersSideBySideAreCountedOneAfterTheOther() throws Exception {
    Quota quota = quota();
    CyclicBarrier together = new CyclicBarrier(18);
    try (ExecutorService offers = Executors.newFixedThreadPool(18)) {
      List<Future<Boolean>> taken = new ArrayList<>();
      for (int i = 0; i < 18; i++) {
        taken.add(
            offers.submit(() -> {
              together.await(20, TimeUnit.SECONDS);
              return take(quota, "ann", OptionalLong.of(4 * MEBIBYTE));
            }));
      }
      int count = 0;
      for (Future<Boolean> each : taken) {
        count += each.get(20, TimeUnit.SECONDS) ? 1 : 0;
      }
      assertThat(count).isEqualTo(5);
      assertThat(quota.left("ann")).isZero();
      assertThat(take(quota, "bob", OptionalLong.of(MEBIBYTE))).isTrue();
    }
  }

  @Test
  void whatDidNotComeIsGivenBackAndARestartForgetsNothing() {
    Quota quota = quota();
    assertThat(take(quota, "ann", OptionalLong.empty())).isTrue();
    assertThat(quota.left("ann")).isEqualTo(12 * MEBIBYTE);
    assertThat(quota().left("ann")).isEqualTo(12 * MEBIBYTE);
    quota.ended("t1", MEBIBYTE);
    assertThat(quota.left("ann")).isEqualTo(19 * MEBIBYTE);
    assertThat(quota().left("ann")).isEqualTo(19 * MEBIBYTE);
  }

  @Test
  void aNewDayBeginsAnew() {
    Quota quota = quota();
    assertThat(take(quota, "ann", OptionalLong.of(8 * MEBIBYTE))).isTrue();
    clock.turn(Duration.ofDays(1));
    assertThat(quota.left("ann")).isEqualTo(20 * MEBIBYTE);
    assertThat(take(quota, "ann", OptionalLong.of(MEBIBYTE))).isTrue();
    assertThat(store.entries("took ")).hasSize(1);
  }
}
