package dev.owlery.spi;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The pauses before an account goes back into its rooms, a {@link Backoff} for each room: what was
 * refused or cut short makes the next pause longer, and only a minute inside begins again with the
 * first. At most 10,000 rooms; beyond that the room that was used longest ago begins again.
 *
 * <p>Every method may be called from any thread.
 */
public final class RejoinBackoff {
  private static final Duration STABLE = Duration.ofMinutes(1);
  private static final int MOST_ROOMS = 10_000;

  private static final class RoomPauses {
    private final Backoff backoff;
    private long enteredAt = Long.MAX_VALUE;

    RoomPauses(Backoff backoff) {
      this.backoff = backoff;
    }
  }

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private final InstantSource clock;

  /** Guarded by this. */
  private final Map<String, RoomPauses> rooms = BoundedMap.leastRecentlyUsed(MOST_ROOMS);

  /**
   * Nothing was refused yet.
   *
   * @param first the first pause
   * @param longest what pauses grow to
   * @param random spreads them
   * @param clock the time
   */
  public RejoinBackoff(
      Duration first, Duration longest, RandomGenerator random, InstantSource clock) {
    this.first = first;
    this.longest = longest;
    this.random = random;
    this.clock = clock;
  }

  private RoomPauses room(String name) {
    return rooms.computeIfAbsent(name, any -> new RoomPauses(new Backoff(first, longest, random)));
  }

  /**
   * The account has come into a room.
   *
   * @param name the room
   */
  public synchronized void entered(String name) {
    room(name).enteredAt = clock.millis();
  }

  /**
   * The account was sent out of a room, or not let in.
   *
   * @param name the room
   * @return how long to stay away from it
   */
  public synchronized Duration next(String name) {
    RoomPauses room = room(name);
    long now = clock.millis();
    if (room.enteredAt != Long.MAX_VALUE && now - room.enteredAt >= STABLE.toMillis()) {
      room.backoff.reset();
    }
    room.enteredAt = Long.MAX_VALUE;
    return room.backoff.next();
  }
}
