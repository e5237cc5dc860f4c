package dev.owlery.core.journal;

import java.util.LinkedHashMap;
import java.util.Map;

/** Holds the newest entries up to a limit; what is put or read again is newest again. */
final class Newest<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1;
  private final int limit;

  Newest(int limit) {
    super(16, 0.75f, true);
    this.limit = limit;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > limit;
  }
}
