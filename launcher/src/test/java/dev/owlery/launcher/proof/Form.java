package dev.owlery.launcher.proof;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** How much of a proof is run. {@code -Dowlery.proof=full} (make soak) asks for all of it. */
enum Form {
  SHORT,
  FULL;

  static final Form NOW = "full".equals(System.getProperty("owlery.proof")) ? FULL : SHORT;

  /** Chooses a size. */
  static int of(int inShort, int inFull) {
    return NOW == FULL ? inFull : inShort;
  }

  /** Random moments that can be had again: {@code -Dowlery.seed}. */
  static Random random() {
    long seed = Long.getLong("owlery.seed", System.nanoTime() & 0xffffff);
    System.out.println("random seed: -Dowlery.seed=" + seed);
    return new Random(seed);
  }

  /** Lets others go on for a while. */
  static void pause(Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < deadline) {
      LockSupport.parkNanos(deadline - System.nanoTime());
    }
  }

  /** A line of figures for the log of the build. */
  static void figures(String proof, String figures) {
    System.out.println("[proof] " + proof + ": " + figures);
  }
}
