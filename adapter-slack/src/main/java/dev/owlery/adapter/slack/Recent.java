package dev.owlery.adapter.slack;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that holds so many entries, and forgets one for each more. For one thread at a time. */
final class Recent<T> extends LinkedHashMap<String, T> {
  private static final long serialVersionUID = 1L;

  private final int most;

  private Recent(int most, boolean byUse) {
    super(16, 0.75f, byUse);
    this.most = most;
  }

  /** Forgets what has not been used for longest. */
  static <T> Map<String, T> used(int most) {
    return new Recent<>(most, true);
  }

  /** Forgets what was added first, used or not. */
  static <T> Map<String, T> added(int most) {
    return new Recent<>(most, false);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
    return size() > most;
  }
}
