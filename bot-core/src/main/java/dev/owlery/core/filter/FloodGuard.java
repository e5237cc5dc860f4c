package dev.owlery.core.filter;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import dev.owlery.spi.BoundedMap;
import java.time.Clock;
import java.util.Map;

/**
 * Counts each member's commands by the minute. Who goes over the limit is told once and then not
 * heard until the minute is over.
 */
public final class FloodGuard {

  private static final long WINDOW = 60_000;
  private static final int MEMBERS = 4_096;

  private final Clock clock;
  private final int perMinute;
  private final Map<String, Count> counts = BoundedMap.leastRecentlyUsed(MEMBERS);

  FloodGuard(Clock clock, int perMinute) {
    this.clock = clock;
    this.perMinute = perMinute;
  }

  /** What to do with a command. */
  public enum Verdict {
    /** Run it. */
    RUN,
    /** Do not run it, and say so. */
    WARN,
    /** Do not run it, and say nothing: it has been said. */
    IGNORE
  }

  Verdict command(Conversation where, Member caller) {
    if (perMinute == 0) {
      return Verdict.RUN;
    }
    String who =
        where.account()
            + "\n"
            + caller.identity().map(Identity::subject).orElse("\n" + caller.handle());
    long now = clock.millis();
    synchronized (counts) {
      Count count = counts.computeIfAbsent(who, w -> new Count());
      return count.next(now, perMinute);
    }
  }

  /** One member's count in the current window. */
  private static final class Count {
    private long since = Long.MIN_VALUE / 2;
    private int calls;

    Verdict next(long now, int limit) {
      if (now - since >= WINDOW) {
        since = now;
        calls = 0;
      }
      calls++;
      if (calls <= limit) {
        return Verdict.RUN;
      }
      return calls == limit + 1 ? Verdict.WARN : Verdict.IGNORE;
    }
  }
}
