package dev.owlery.launcher.proof;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Breaks files off on their way, each of them one to so many times at any byte: resets the
 * connection there, or holds it until somebody has been killed. Knows files by how they begin, and
 * counts what goes.
 */
final class FileCuts {
  private static final int MARK = 8;
  private static final int PIECE = 1 << 16;

  /**
   * The line carries some 8 MB/s: on an endless one, whatever fits into the kernel's buffers would
   * be lost at each cut.
   */
  private static final long NANOS_PER_BYTE = 120;

  private static final int PATIENCE_SECONDS = 120;

  /** On whose side of a proxy the bytes are; without one, there is only {@code DOWN}. */
  enum Hop {
    UP,
    DOWN
  }

  private final Random random;
  private final int most;
  private final Map<String, Long> sizes;
  private final Map<String, Journey> journeys = new ConcurrentHashMap<>();
  private final LinkedBlockingQueue<CompletableFuture<Boolean>> deaths =
      new LinkedBlockingQueue<>();
  private final AtomicInteger resets = new AtomicInteger();
  private int deathsLeft;

  /**
   * Makes it.
   *
   * @param most how often a file is broken off at most
   * @param deaths how often somebody is to be killed for that
   * @param sizes how long each file is, by its {@link #mark}
   */
  FileCuts(Random random, int most, int deaths, Map<String, Long> sizes) {
    this.random = random;
    this.most = most;
    this.deathsLeft = deaths;
    this.sizes = sizes;
  }

  /** By what a file is recognised. */
  static String mark(byte[] beginning) {
    return HexFormat.of().formatHex(Arrays.copyOf(beginning, Math.min(MARK, beginning.length)));
  }

  /** One file under one name on the wire, with all its attempts. Guarded by itself. */
  final class Journey {
    private final Map<Hop, Long> carried = new EnumMap<>(Hop.class);
    private final Map<Hop, Integer> streams = new EnumMap<>(Hop.class);
    private Optional<Long> size = Optional.empty();
    private int left;

    private synchronized OptionalLong begin(Hop hop, byte[] beginning) {
      streams.merge(hop, 1, Integer::sum);
      if (size.isEmpty()) {
        size = Optional.ofNullable(sizes.get(mark(beginning)));
        left = 1 + chance(most);
      }
      if (size.isEmpty() || left == 0 || (hop == Hop.UP && chance(2) == 0)) {
        return OptionalLong.empty();
      }
      left--;
      long remaining = size.get() - carried.getOrDefault(Hop.DOWN, 0L);
      return OptionalLong.of(remaining < 2 ? 0 : chance(remaining));
    }

    private synchronized void count(Hop hop, int bytes) {
      carried.merge(hop, (long) bytes, Long::sum);
    }

    synchronized long carried(Hop hop) {
      return carried.getOrDefault(hop, 0L);
    }

    /** How much of it may have gone: a tenth more than it has, and 1 MiB for each time it broke. */
    synchronized long allowed(Hop hop) {
      int breaks = Math.max(0, streams.getOrDefault(hop, 0) - 1);
      return size.orElse(0L) * 11 / 10 + ((long) breaks << 20);
    }

    synchronized boolean isKnown() {
      return size.isPresent();
    }

    @Override
    public synchronized String toString() {
      return size + " bytes, carried " + carried + " in " + streams;
    }
  }

  private synchronized int chance(int of) {
    return random.nextInt(of);
  }

  private synchronized long chance(long of) {
    return random.nextLong(of);
  }

  private synchronized boolean isDeadly() {
    boolean deadly = deathsLeft > 0 && random.nextInt(3) == 0;
    deathsLeft -= deadly ? 1 : 0;
    return deadly;
  }

  /**
   * Carries what comes, to its end or to where it is to break.
   *
   * @param file its name on the wire, the same in each attempt
   * @param length how many bytes are to go at most
   * @return false if the connection is to be reset now
   * @throws IOException if one of the sides has gone
   */
  boolean carry(String file, Hop hop, InputStream in, OutputStream out, long length)
      throws IOException {
    byte[] piece = in.readNBytes((int) Math.min(MARK, length));
    if (piece.length == 0) {
      return true;
    }
    Journey journey = journeys.computeIfAbsent(file, any -> new Journey());
    OptionalLong cut = journey.begin(hop, piece);
    int some = piece.length;
    for (long left = length, until = cut.orElse(Long.MAX_VALUE); some >= 0; ) {
      int now = (int) Math.min(some, until);
      out.write(piece, 0, now);
      out.flush();
      journey.count(hop, now);
      LockSupport.parkNanos(now * NANOS_PER_BYTE);
      left -= now;
      until -= now;
      if (until == 0) {
        if (!isDeadly()) {
          resets.incrementAndGet();
          return false;
        }
        awaitDeath();
        until = Long.MAX_VALUE;
        out.write(piece, now, some - now);
        journey.count(hop, some - now);
        left -= some - now;
      }
      if (left == 0) {
        break;
      }
      piece = piece.length == PIECE ? piece : new byte[PIECE];
      some = in.read(piece, 0, (int) Math.min(PIECE, left));
    }
    if (some < 0 && length < Long.MAX_VALUE) {
      throw new IOException("the sender has gone");
    }
    return true;
  }

  private void awaitDeath() throws IOException {
    CompletableFuture<Boolean> death = new CompletableFuture<>();
    deaths.add(death);
    try {
      death.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException nobodyKills) {
      throw new IOException(nobodyKills);
    }
  }

  /** Waits a moment for a file that is to be broken off by a death; completes it then. */
  Optional<CompletableFuture<Boolean>> awaitDeadly() throws InterruptedException {
    return Optional.ofNullable(deaths.poll(100, TimeUnit.MILLISECONDS));
  }

  int resets() {
    return resets.get();
  }

  Map<String, Journey> journeys() {
    return new HashMap<>(journeys);
  }

  long carried(Hop hop) {
    return journeys.values().stream().mapToLong(journey -> journey.carried(hop)).sum();
  }
}
