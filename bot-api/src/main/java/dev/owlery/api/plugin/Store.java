package dev.owlery.api.plugin;

import java.util.Map;
import java.util.Optional;

/**
 * What a plugin remembers over restarts: text by key. Every method may be called from any thread.
 *
 * <p>While a handler or command runs, its writes are seen by itself at once and by everybody else
 * when it returns, together with what it says: all of it or, if it throws or the process dies,
 * none. Two handlers of different rooms that write one key at the same time: the later to return
 * wins.
 *
 * <p>With {@code durability = off} it forgets everything when the process ends.
 */
public interface Store {

  /**
   * Looks up a key.
   *
   * @param key any text, at most 512 characters
   * @return its value, if there is one
   */
  Optional<String> get(String key);

  /**
   * Sets a value.
   *
   * @param key any text, at most 512 characters
   * @param value any text, at most 1 MiB
   * @throws IllegalArgumentException if one is too long
   */
  void put(String key, String value);

  /**
   * Forgets a key; does nothing if it is not there.
   *
   * @param key the key
   */
  void remove(String key);

  /**
   * Looks up all keys that begin alike.
   *
   * @param prefix how they begin; empty for all
   * @return keys and values, sorted by key
   */
  Map<String, String> entries(String prefix);
}
