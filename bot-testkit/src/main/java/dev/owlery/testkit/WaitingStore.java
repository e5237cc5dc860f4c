package dev.owlery.testkit;

import dev.owlery.api.plugin.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A store of a journal that is full: a write waits until the journal's own thread has done what it
 * does next. Who writes with a lock held that this thread needs, waits in vain. For one thread.
 */
public final class WaitingStore implements Store {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Map<String, String> values = new TreeMap<>();
  private final List<Boolean> ended = new ArrayList<>();
  private Optional<Runnable> next = Optional.empty();

  /** Makes an empty one, of which no write waits. */
  public WaitingStore() {}

  /**
   * Lets the next write wait.
   *
   * @param what the journal's own thread does meanwhile; once
   */
  public void whileNextWriteWaits(Runnable what) {
    next = Optional.of(what);
  }

  /**
   * How the waiting has ended.
   *
   * @return for each write that waited, whether the journal's own thread came to an end within 20 s
   */
  public List<Boolean> ended() {
    return List.copyOf(ended);
  }

  @Override
  public Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  @Override
  public void put(String key, String value) {
    values.put(key, value);
    Optional<Runnable> callback = next;
    next = Optional.empty();
    callback.ifPresent(what -> ended.add(endsInTime(what)));
  }

  private static boolean endsInTime(Runnable what) {
    try {
      return Thread.ofPlatform().daemon().start(what).join(PATIENCE);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Override
  public void remove(String key) {
    values.remove(key);
  }

  @Override
  public Map<String, String> entries(String prefix) {
    return Map.copyOf(values);
  }
}
