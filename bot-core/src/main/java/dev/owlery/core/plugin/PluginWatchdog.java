package dev.owlery.core.plugin;

import dev.owlery.spi.EngineThreads;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for plugins' code that computes without end. Such code keeps one of the carriers that all
 * virtual threads share, and Java cannot take it away: so the log names the plugin, the method and
 * where it is, another carrier is added in its place (64 at most), and each ten seconds count as a
 * failure, so that in the end the plugin is paused. The log also names the plugin that calls {@code
 * System.exit}.
 *
 * <p>A call is looked at every second, by a platform thread; it is busy if it is never seen
 * waiting. Waiting calls, however many, cost nothing else. One that is only ever seen in a native
 * method, such as a slow look-up of a host, gets its carrier, but counts as no failure. Safe for
 * use by several threads.
 */
public final class PluginWatchdog implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PluginWatchdog.class);

  /** So many looks, a second apart, make a busy call. */
  private static final int BUSY = 5;

  /** After so many more it counts again. */
  private static final int AGAIN = 10;

  /** After so many looks without a busy call, what a plugin has done is forgotten. */
  private static final int FORGIVEN = 60;

  private static final int MOST_CARRIERS_ADDED = 64;
  private static final int FRAMES_SHOWN = 12;

  private final int limit;
  private final Duration every;
  private final Consumer<String> pause;
  private final Set<WatchedCall> calls = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread atExit = EngineThreads.unstarted("plugin-exit", this::nameWhoEndsTheProcess);

  /** Only of the watching thread. */
  private final Map<Life, FailureRecord> records = new HashMap<>();

  private int carriersAtFirst;
  private volatile int busy;

  /** Counts what one plugin has done in one life. */
  private static final class FailureRecord {
    private int failures;
    private int calm;
  }

  /**
   * Watches nothing before {@link #start}.
   *
   * @param limit how many failures pause a plugin; 0 for never
   * @param pause told the id of a plugin that is to be paused; called on the watching thread, or on
   *     that of a timer
   */
  public PluginWatchdog(int limit, Consumer<String> pause) {
    this(limit, Duration.ofSeconds(1), pause);
  }

  /** Looks more often, for tests. */
  PluginWatchdog(int limit, Duration every, Consumer<String> pause) {
    this.limit = limit;
    this.every = every;
    this.pause = pause;
  }

  /** Begins to watch. */
  public void start() {
    Runtime.getRuntime().addShutdownHook(atExit);
    EngineThreads.start("plugin-watch", this::watch);
  }

  /**
   * One life of a plugin, from its making to its end, as far as its calls go the same way.
   *
   * @param plugin the plugin's id
   * @return to be ended with that life
   */
  public Life life(String plugin) {
    return new Life(plugin);
  }

  /**
   * How many calls compute without end.
   *
   * @return those that are known by now
   */
  public int busy() {
    return busy;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException ending) {
      log.debug("the process is ending already");
    }
  }

  /** The thread that has called {@code System.exit} waits there until this is done. */
  private void nameWhoEndsTheProcess() {
    for (WatchedCall call : calls) {
      List<StackTraceElement> stack = List.of(call.thread.getStackTrace());
      int exit =
          stack.stream().map(PluginWatchdog::method).toList().indexOf("java.lang.System.exit");
      if (exit >= 0) {
        log.error(
            "plugin {} ends the process: {} calls System.exit; it is at\n{}",
            call.plugin,
            call.method,
            shown(stack.subList(exit + 1, stack.size())));
      }
    }
  }

  private static String method(StackTraceElement frame) {
    return frame.getClassName() + "." + frame.getMethodName();
  }

  private static String shown(List<StackTraceElement> stack) {
    return stack.stream()
        .limit(FRAMES_SHOWN)
        .map(frame -> "    at " + frame)
        .collect(Collectors.joining("\n"));
  }

  /**
   * One life of a plugin. What is left running of a life that has ended is named once and gets its
   * carrier, but is not held against the plugin that has taken its place. Safe for use by several
   * threads.
   */
  public final class Life {
    private final String plugin;
    private volatile boolean ended;

    private Life(String plugin) {
      this.plugin = plugin;
    }

    /**
     * Notes that the calling thread is about to run the plugin's code.
     *
     * @param method what is called, for the log
     * @return to be closed by the same thread when it comes back
     */
    public WatchedCall enter(String method) {
      return enter(method, true);
    }

    /**
     * The same for what has a deadline of its own, such as a constructor: it is named, and gets its
     * carrier, but counts as no failure.
     *
     * @param method what is called, for the log
     * @return to be closed by the same thread when it comes back
     */
    public WatchedCall enterUncounted(String method) {
      return enter(method, false);
    }

    private WatchedCall enter(String method, boolean isFailure) {
      WatchedCall call = new WatchedCall(this, method, isFailure);
      calls.add(call);
      return call;
    }

    /**
     * Counts a failure outside the conversations, where the lanes count them; the one that is the
     * last in a row pauses the plugin.
     *
     * @param inARow how often the same code has failed in a row; begins anew after a pause
     */
    void failed(AtomicInteger inARow) {
      if (!ended && inARow.incrementAndGet() == limit) {
        inARow.set(0);
        pause.accept(plugin);
      }
    }

    /** The plugin is unloaded, or its place taken by another. */
    public void end() {
      ended = true;
    }
  }

  /** One call of a plugin's code. */
  public final class WatchedCall implements AutoCloseable {
    private final Life life;
    private final String plugin;
    private final String method;
    private final Thread thread = Thread.currentThread();
    private final boolean isFailure;
    private int looks;
    private boolean abandoned;
    private int natives;

    private WatchedCall(Life life, String method, boolean isFailure) {
      this.life = life;
      this.isFailure = isFailure;
      this.plugin = life.plugin;
      this.method = method;
    }

    private boolean counts() {
      return isFailure && !abandoned && !life.ended;
    }

    @Override
    public void close() {
      calls.remove(this);
    }
  }

  private void watch() {
    try {
      while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        lookAround();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The boundary: whatever goes wrong in one look, there is another. */
  private void lookAround() {
    try {
      int before = busy;
      Set<String> plugins = new HashSet<>();
      int now = 0;
      for (WatchedCall call : calls) {
        if (look(call)) {
          now++;
          if (!call.life.ended) {
            plugins.add(call.plugin);
          }
        }
      }
      busy = now;
      if (now != before) {
        adjustCarriers(now);
      }
      records.entrySet().removeIf(each -> isForgotten(each.getKey(), each.getValue(), plugins));
    } catch (Throwable fault) {
      log.error("the watch over plugins failed, and goes on", fault);
    }
  }

  private static boolean isForgotten(Life life, FailureRecord record, Set<String> busyOnes) {
    if (!busyOnes.contains(life.plugin)) {
      record.calm++;
    }
    return life.ended || record.calm > FORGIVEN;
  }

  /** Looks at one call; returns whether it is busy. */
  private boolean look(WatchedCall call) {
    StackTraceElement[] stack =
        call.thread.getState() == Thread.State.RUNNABLE
            ? call.thread.getStackTrace()
            : new StackTraceElement[0];
    if (stack.length == 0 || isWaiting(stack[0])) {
      call.looks = 0;
      call.natives = 0;
      return false;
    }
    call.looks++;
    call.natives += stack[0].isNativeMethod() ? 1 : 0;
    boolean again = call.looks > BUSY && (call.looks - BUSY) % AGAIN == 0 && call.counts();
    if (call.looks == BUSY || again) {
      tell(call, stack);
    }
    return call.looks >= BUSY;
  }

  /** Ready to go on, but without a carrier: that is the fault of others. */
  private static boolean isWaiting(StackTraceElement top) {
    return top.getClassName().startsWith("java.lang.VirtualThread")
        || top.getClassName().startsWith("jdk.internal.vm.Continuation");
  }

  private void tell(WatchedCall call, StackTraceElement[] stack) {
    boolean computes = call.natives < call.looks;
    log.warn(
        "plugin {} is busy without end in {}, for {} s by now{}; it is at\n{}",
        call.plugin,
        call.method,
        call.looks * every.toMillis() / 1_000,
        computes ? "" : " (in a native method)",
        shown(List.of(stack)));
    if (computes && call.counts()) {
      count(call);
    }
  }

  private void count(WatchedCall busy) {
    FailureRecord record = records.computeIfAbsent(busy.life, any -> new FailureRecord());
    record.calm = 0;
    record.failures++;
    if (failures(busy.plugin) == limit) {
      pause.accept(busy.plugin);
      records.keySet().removeIf(life -> life.plugin.equals(busy.plugin)); // for its next life
      calls.stream()
          .filter(call -> call.plugin.equals(busy.plugin))
          .forEach(call -> call.abandoned |= call.looks >= BUSY);
    }
  }

  /** Of what runs now: its handlers and commands are one life, its timers and the like another. */
  private int failures(String plugin) {
    return records.entrySet().stream()
        .filter(each -> each.getKey().plugin.equals(plugin) && !each.getKey().ended)
        .mapToInt(each -> each.getValue().failures)
        .sum();
  }

  /** A carrier for each one that is kept; they go again when it is given back. */
  private void adjustCarriers(int kept) {
    VirtualThreadSchedulerMXBean scheduler = scheduler();
    if (scheduler == null) {
      return;
    }
    if (carriersAtFirst == 0) {
      carriersAtFirst = scheduler.getParallelism();
    }
    int wanted = carriersAtFirst + Math.min(kept, MOST_CARRIERS_ADDED);
    if (wanted != scheduler.getParallelism()) {
      scheduler.setParallelism(wanted);
      log.info("{} carriers for virtual threads, since {} are kept busy", wanted, kept);
    }
    if (kept > MOST_CARRIERS_ADDED) {
      log.error("too many carriers are kept busy; only a restart helps");
    }
  }

  private static @Nullable VirtualThreadSchedulerMXBean scheduler() {
    return ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
  }
}
