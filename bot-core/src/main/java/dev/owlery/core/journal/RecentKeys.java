package dev.owlery.core.journal;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.security.SecureRandom;

/**
 * Remembers which event keys were seen lately: at least the last {@code capacity}, at most twice as
 * many. Keeps a print of 64 bits of each, 16 bytes of memory, where a set of strings would take ten
 * times that: a bot has little memory and these may be many. The prints are keyed at random
 * (SipHash), so nobody can make two keys that collide; by chance it happens once in 10^13 keys.
 *
 * <p>For one thread at a time.
 */
final class RecentKeys {

  private static final int FIRST_SIZE = 1_024;

  private final HashFunction hash;
  private final int capacity;
  private long[] young = new long[FIRST_SIZE];
  private long[] old = new long[0];
  private int count;

  /** Remembers the last {@code capacity} keys, a power of two, with prints of its own. */
  RecentKeys(int capacity) {
    this(capacity, new SecureRandom().nextLong(), new SecureRandom().nextLong());
  }

  /** Remembers the last {@code capacity} keys, a power of two, with prints that others know. */
  RecentKeys(int capacity, long seed, long secondSeed) {
    this.hash = Hashing.sipHash24(seed, secondSeed);
    this.capacity = capacity;
  }

  /** The print of a key; never 0. */
  long print(String account, String key) {
    // An account's name holds no slash, so the pair is unmistakable.
    long print = hash.hashUnencodedChars(account + "/" + key).asLong();
    return print == 0 ? 1 : print;
  }

  boolean contains(long print) {
    return young[find(young, print)] == print || (old.length > 0 && old[find(old, print)] == print);
  }

  /** Remembers a print that is not contained. */
  void add(long print) {
    if (count == capacity) {
      old = young;
      young = new long[FIRST_SIZE];
      count = 0;
    } else if (2 * count >= young.length) {
      young = copy(young);
    }
    young[find(young, print)] = print;
    count++;
  }

  private static long[] copy(long[] places) {
    long[] larger = new long[2 * places.length];
    for (long print : places) {
      if (print != 0) {
        larger[find(larger, print)] = print;
      }
    }
    return larger;
  }

  /** The place where the print is or would be; there is always an empty one. */
  private static int find(long[] places, long print) {
    int mask = places.length - 1;
    int place = (int) print & mask;
    while (places[place] != 0 && places[place] != print) {
      place = (place + 1) & mask;
    }
    return place;
  }
}
