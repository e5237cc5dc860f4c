package dev.owlery.core.lane;

import dev.owlery.api.event.ChatEvent;
import dev.owlery.core.plugin.PluginWatchdog;
import dev.owlery.core.plugin.Registrar.EventHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which handlers get which events, in which order. Looking up is quick and takes no lock;
 * registering copies. Every method may be called from any thread.
 */
public final class Handlers {

  private static final Duration REMOVAL = Duration.ofSeconds(5);

  private final Map<String, PluginGate> gates = new ConcurrentHashMap<>();
  private final int failureLimit;
  private final PluginWatchdog watch;
  private volatile Table table = new Table(List.of());

  /**
   * No handlers yet.
   *
   * @param failureLimit how many failures in a row pause a plugin; 0 for never
   */
  public Handlers(int failureLimit) {
    this(failureLimit, new PluginWatchdog(0, plugin -> {}));
  }

  /**
   * No handlers yet.
   *
   * @param failureLimit how many failures in a row pause a plugin; 0 for never
   * @param watch looks for those that compute without end
   */
  public Handlers(int failureLimit, PluginWatchdog watch) {
    this.failureLimit = failureLimit;
    this.watch = watch;
  }

  /**
   * Lets a plugin's commands be called. Before they are registered: from then on the plugin can be
   * paused. What adds handlers needs no more than that.
   *
   * @param plugin the plugin's id
   */
  public void open(String plugin) {
    PluginGate _ = gate(plugin);
  }

  /**
   * Calls a plugin's handlers and commands no more, until it is loaded anew. Does nothing if it is
   * not loaded.
   *
   * @param plugin the plugin's id
   */
  public void pause(String plugin) {
    PluginGate gate = gates.get(plugin);
    if (gate != null) {
      gate.pause();
    }
  }

  /**
   * Adds a handler of the core.
   *
   * @param <E> the kind of event
   * @param plugin its name
   * @param type the kind of event
   * @param priority lowest first
   * @param handler what to call
   */
  public <E extends ChatEvent> void add(
      String plugin, Class<E> type, int priority, EventHandler<E> handler) {
    add(plugin, type.getSimpleName(), type, priority, handler);
  }

  /**
   * Adds a handler.
   *
   * @param <E> the kind of event
   * @param plugin the plugin's id
   * @param method what it is called in the log
   * @param type the kind of event
   * @param priority lowest first
   * @param handler what to call
   */
  public synchronized <E extends ChatEvent> void add(
      String plugin, String method, Class<E> type, int priority, EventHandler<E> handler) {
    List<RegisteredHandler<?>> entries = new ArrayList<>(table.entries);
    entries.add(
        new RegisteredHandler<>(
            gate(plugin), method, type, priority, handler, new AtomicInteger()));
    entries.sort(Comparator.comparingInt(RegisteredHandler::priority));
    table = new Table(List.copyOf(entries));
  }

  /**
   * Removes a plugin's handlers and waits until nobody runs its code.
   *
   * @param plugin the plugin's id
   * @return whether nobody runs it any more
   */
  public boolean remove(String plugin) {
    PluginGate gate;
    synchronized (this) {
      table =
          new Table(table.entries.stream().filter(e -> !e.gate().plugin().equals(plugin)).toList());
      gate = gates.remove(plugin);
    }
    return gate == null || gate.remove(REMOVAL);
  }

  /** Wakes every command that waits for an answer: the bot stops. */
  public void wakeWaiting() {
    gates.values().forEach(PluginGate::wakeWaiting);
  }

  PluginGate gate(String plugin) {
    return gates.computeIfAbsent(plugin, id -> new PluginGate(id, failureLimit, watch));
  }

  List<RegisteredHandler<?>> of(ChatEvent event) {
    return table.of(event.getClass());
  }

  record RegisteredHandler<E extends ChatEvent>(
      PluginGate gate,
      String method,
      Class<E> type,
      int priority,
      EventHandler<E> handler,
      AtomicInteger failures) {

    Object call(ChatEvent event) throws Throwable {
      return handler.handle(type.cast(event));
    }
  }

  /**
   * The handlers of one moment, sorted, with those of each kind of event picked out as they are
   * asked for.
   */
  private static final class Table {
    private final List<RegisteredHandler<?>> entries;
    private final Map<Class<?>, List<RegisteredHandler<?>>> byType = new ConcurrentHashMap<>();

    Table(List<RegisteredHandler<?>> entries) {
      this.entries = entries;
    }

    List<RegisteredHandler<?>> of(Class<?> kind) {
      return byType.computeIfAbsent(
          kind,
          type ->
              entries.stream()
                  .filter(e -> e.type().isAssignableFrom(type))
                  .<RegisteredHandler<?>>map(e -> e)
                  .toList());
    }
  }
}
