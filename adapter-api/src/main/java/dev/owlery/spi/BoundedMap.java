package dev.owlery.spi;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map with a capacity: each entry beyond it evicts one. For one thread at a time.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private final int capacity;

  private BoundedMap(int capacity, boolean byUse) {
    super(16, 0.75f, byUse);
    this.capacity = capacity;
  }

  /**
   * A map that evicts the entry that was read or written least recently.
   *
   * @param capacity how many entries it holds at most
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @return an empty map
   */
  public static <K, V> Map<K, V> leastRecentlyUsed(int capacity) {
    return new BoundedMap<>(capacity, true);
  }

  /**
   * A map that evicts the entry that was added first, read since or not.
   *
   * @param capacity how many entries it holds at most
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @return an empty map
   */
  public static <K, V> Map<K, V> firstInFirstOut(int capacity) {
    return new BoundedMap<>(capacity, false);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > capacity;
  }
}
