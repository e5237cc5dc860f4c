package dev.owlery.core.journal;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys of the events that the database knows: the newest half a million at least, whatever
 * their age, since a clock that jumps ahead must not make old events new. They are looked up in
 * memory; the database only keeps their prints, bundled, so that the next start need not read a row
 * for each. An index over the keys would cost more than everything else, because it is written all
 * over the place. Belongs to the writer's thread.
 */
final class EventKeys {

  /** So many keys are known again at least, and at most twice as many. */
  private static final int KEYS = 1 << 19;

  /** From so many bundles on they are merged at the next start, so that it stays quick. */
  private static final int MANY_BUNDLES = 256;

  private final Tables tables;
  private final RecentKeys recent;

  /** Those of the open transaction: forgotten if it is undone. */
  private final Set<Long> adding = new HashSet<>();

  /** Those whose rows are in the inbox and that no bundle holds. */
  private final List<Long> loose = new ArrayList<>();

  EventKeys(Tables tables) throws SQLException {
    this.tables = tables;
    this.recent = new RecentKeys(KEYS, seed("seed-1"), seed("seed-2"));
    if (tables.countKeyBundles() > MANY_BUNDLES) {
      tables.mergeKeyBundles(KEYS);
    }
    for (byte[] bundle : tables.keyBundles()) {
      ByteBuffer prints = ByteBuffer.wrap(bundle);
      while (prints.hasRemaining()) {
        recent.add(prints.getLong());
      }
    }
  }

  private long seed(String name) throws SQLException {
    if (tables.meta(name).isEmpty()) {
      tables.meta(name, Long.toString(new SecureRandom().nextLong()));
    }
    return Long.parseLong(tables.meta(name).orElseThrow());
  }

  long fingerprint(String account, String key) {
    return recent.print(account, key);
  }

  /** Remembers a key whose row an earlier process has left in the inbox. */
  void load(String account, String key) {
    long print = fingerprint(account, key);
    recent.add(print);
    loose.add(print);
  }

  /** Takes a new key into the open transaction; false if it is known. */
  boolean add(long print) {
    return !recent.contains(print) && adding.add(print);
  }

  void committed() {
    for (long print : adding) {
      recent.add(print);
      loose.add(print);
    }
    adding.clear();
  }

  void rolledBack() {
    adding.clear();
  }

  /** Bundles the loose keys in the open transaction, and forgets the oldest beyond the limit. */
  void save(long number, long now) throws SQLException {
    ByteBuffer bundle = ByteBuffer.allocate(loose.size() * Long.BYTES);
    loose.forEach(bundle::putLong);
    tables.addKeyBundle(number, now, loose.size(), bundle.array());
    tables.forgetKeyBundles(2 * KEYS);
  }

  /** What {@link #save} did is durable. */
  void saved() {
    loose.clear();
  }
}
