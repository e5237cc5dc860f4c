package dev.owlery.core.journal;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.security.SecureRandom;

/**
 * Remembers which event keys were seen lately: at least the last {@code capacity}, at most twice as
 * many. Keeps 64 bits of each, 2 MiB for 65,536 keys, where a map of strings would take twenty: a
 * bot has little memory and these may be many. The hash is keyed at random (SipHash), so nobody can
 * make two keys that collide; by chance it happens once in 10^14 keys.
 *
 * <p>For one thread at a time.
 */
final class RecentKeys {

  private final HashFunction hash;
  private final int capacity;
  private long[] young;
  private long[] old;
  private int count;

  /** Remembers the last {@code capacity} keys, a power of two. */
  RecentKeys(int capacity) {
    SecureRandom random = new SecureRandom();
    this.hash = Hashing.sipHash24(random.nextLong(), random.nextLong());
    this.capacity = capacity;
    this.young = new long[2 * capacity];
    this.old = new long[0];
  }

  /** Remembers a key; false if it was seen already. */
  boolean add(String account, String key) {
    // An account's name holds no slash, so the pair is unmistakable.
    long print = hash.hashUnencodedChars(account + "/" + key).asLong();
    long mark = print == 0 ? 1 : print; // zero marks an empty place
    int place = find(young, mark);
    if (young[place] == mark || (old.length > 0 && old[find(old, mark)] == mark)) {
      return false;
    }
    young[place] = mark;
    count++;
    if (count == capacity) {
      old = young;
      young = new long[2 * capacity];
      count = 0;
    }
    return true;
  }

  /** The place where the mark is or would be; there is always an empty one. */
  private static int find(long[] places, long mark) {
    int mask = places.length - 1;
    int place = (int) mark & mask;
    while (places[place] != 0 && places[place] != mark) {
      place = (place + 1) & mask;
    }
    return place;
  }
}
