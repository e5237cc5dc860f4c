package dev.owlery.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.Origin;
import dev.owlery.core.schedule.SystemTimers;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin leaves in memory when it is gone: nothing. */
final class PluginCollectionTest {

  private static final Duration DEADLINE = Duration.ofSeconds(20);

  /** Uses everything that a plugin may use. */
  private static final String BUSY =
      """
      package acme;

      import dev.owlery.api.command.Commands;
      import dev.owlery.api.event.*;
      import dev.owlery.api.plugin.*;
      import dev.owlery.api.procedure.*;
      import dev.owlery.api.settings.*;
      import jakarta.inject.Inject;
      import java.time.*;
      import java.util.*;
      import java.util.concurrent.*;
      import org.incendo.cloud.annotations.Command;
      import org.slf4j.Logger;

      public final class Busy implements Plugin {
        @Settings public record Words(String word) {}
        public enum Mood { GOOD, BAD }
        public record State(Mood mood, List<State> parts) {}
        public interface Peer { State state(State state); }

        private static final ThreadLocal<Busy> LAST = new ThreadLocal<>();
        private static final Map<String, Object> CACHE = new ConcurrentHashMap<>();
        private final Bot bot;
        private final Store store;
        private final Scheduler scheduler;
        private final CountDownLatch never = new CountDownLatch(1);

        @Inject
        Busy(Bot bot, Store store, Scheduler scheduler, Clock clock, Logger log, Words words,
            Commands commands, Administration administration, Procedures procedures) {
          this.bot = bot;
          this.store = store;
          this.scheduler = scheduler;
          LAST.set(this);
          log.info("{} at {}", words, clock.instant());
          Peer peer = procedures.proxy(Peer.class, "net/peer", "it", Duration.ofSeconds(1));
          try { peer.state(new State(Mood.BAD, List.of())); }
          catch (ProcedureException e) { CACHE.put("peer", peer.toString() + peer.hashCode()); }
          scheduler.every(Duration.ofHours(9), () -> CACHE.clear());
          scheduler.after(Duration.ZERO, () -> CACHE.put("x", Mood.GOOD));
        }

        @Override public void start() {
          new Thread(() -> {
            LAST.set(this);
            try { never.await(); } catch (InterruptedException e) { CACHE.clear(); }
          }, "busy-worker").start();
        }

        @On public void joined(MemberJoined joined) {
          CACHE.put(joined.member().handle(), this);
          LAST.set(this);
          store.put("last", joined.member().handle());
          bot.say(joined.where(), "hi").thenAccept(receipt -> CACHE.put("r", receipt));
        }

        @On(priority = 3) public Handled all(ChatEvent event) {
          return switch (event) {
            case MemberJoined j when j.member().isBot() -> Handled.STOP;
            default -> Handled.CONTINUE;
          };
        }

        @Command("busy") public String busy() {
          LAST.set(this);
          return "busy " + store.get("last").orElse("");
        }

        @Procedure("busy.state")
        public State state(ProcedureCall call, List<State> parts) {
          LAST.set(this);
          return new State(Mood.GOOD, parts);
        }

        @Every("1ms") public void often() { CACHE.put("often", LAST); }
        @Cron("30 8 * * *") public void morning() { CACHE.clear(); }
      }
      """;

  @TempDir private Path directory;

  private final FakeEngine engine = new FakeEngine();
  private final ReferenceQueue<ClassLoader> gone = new ReferenceQueue<>();
  private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

  @Test
  void theClassLoaderIsCollectedAfterTheUnloading() throws Exception {
    JarWriter.plugin("busy", "acme.Busy")
        .source("acme.Busy", BUSY)
        .write(directory.resolve("busy.jar"));
    try (SystemTimers timers = new SystemTimers();
        PluginHost host = host(timers)) {
      host.load("busy");
      use();
      host.unload("busy");
      awaitCollected(1);
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .doesNotContain("busy-worker");
    }
  }

  @Test
  void fiftyReloadsLeaveOneClassLoaderAndNoMetaspaceBehind() throws Exception {
    JarWriter.plugin("busy", "acme.Busy")
        .source("acme.Busy", BUSY)
        .write(directory.resolve("busy.jar"));
    try (SystemTimers timers = new SystemTimers();
        PluginHost host = host(timers)) {
      host.load("busy");
      use();
      for (int i = 0; i < 5; i++) {
        host.reload("busy");
        use();
      }
      awaitCollected(5);
      long before = metaspace();
      for (int i = 0; i < 50; i++) {
        host.reload("busy");
        use();
      }
      awaitCollected(55);
      long grown = metaspace() - before;
      assertThat(grown).isLessThan(512L * 1024);
      host.unload("busy");
      awaitCollected(56);
    }
  }

  /** Calls its handlers and its command as a lane does: on a virtual thread for the purpose. */
  private void use() throws Exception {
    FutureTask<Object> calls =
        new FutureTask<>(() -> {
          engine.happens(joined());
          assertThat(engine.procedure("busy.state")).hasToString("State[mood=GOOD, parts=[]]");
          return engine.command("busy");
        });
    Thread.ofVirtual().start(calls);
    assertThat(calls.get(10, TimeUnit.SECONDS)).isEqualTo("busy ann");
    ClassLoader loader = engine.commands.get("busy").getClass().getClassLoader();
    assertThat(loader).isInstanceOf(JarClassLoader.class);
    loaders.add(new WeakReference<>(loader, gone));
  }

  private static MemberJoined joined() {
    Conversation room = Conversation.room(new AccountId("net"), "#owls");
    return new MemberJoined(Origin.live("1", Instant.EPOCH), room, Member.unverified("ann"));
  }

  private void awaitCollected(int wanted) throws InterruptedException {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (collected() < wanted && System.nanoTime() < deadline) {
      System.gc();
      gone.remove(100); // waits for the collector, at most this many milliseconds
    }
    assertThat(collected()).as("class loaders collected of %s", loaders.size()).isEqualTo(wanted);
  }

  private long collected() {
    return loaders.stream().filter(loader -> loader.refersTo(null)).count();
  }

  private static long metaspace() {
    System.gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .map(MemoryPoolMXBean::getUsage)
        .findFirst()
        .orElseThrow()
        .getUsed();
  }

  private PluginHost host(SystemTimers timers) {
    SettingsSource words =
        new SettingsSource() {
          @Override
          public <R extends Record> R read(String plugin, Class<R> type) {
            try {
              Constructor<?> constructor = type.getDeclaredConstructors()[0];
              return type.cast(constructor.newInstance("hoot"));
            } catch (ReflectiveOperationException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    return new PluginHost(
        new PluginHostSettings(directory, Map.of(), words), engine, engine, timers);
  }
}
