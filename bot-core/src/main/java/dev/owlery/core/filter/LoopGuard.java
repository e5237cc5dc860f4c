package dev.owlery.core.filter;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.spi.BoundedMap;
import java.time.Clock;
import java.util.Map;

/**
 * Notices when somebody keeps saying what the bot has just said: another program that answers it.
 * After three such messages within ten seconds the member is not heard for a minute, then for two,
 * for four, at most for an hour.
 */
final class LoopGuard {

  private static final long WINDOW = 10_000;
  private static final long FIRST_MUTE = 60_000;
  private static final long LONGEST_MUTE = 3_600_000;
  private static final int ECHOES = 3;
  private static final int REMEMBERED = 8;
  private static final int PLACES = 2_048;

  private final Clock clock;
  private final Map<String, Said> said = BoundedMap.leastRecentlyUsed(PLACES);
  private final Map<String, Echoer> echoers = BoundedMap.leastRecentlyUsed(PLACES);

  LoopGuard(Clock clock) {
    this.clock = clock;
  }

  void said(Conversation where, String text) {
    long now = clock.millis();
    synchronized (this) {
      said.computeIfAbsent(where.address(), a -> new Said()).add(text.hashCode(), now);
    }
  }

  boolean admits(MessagePosted message) {
    long now = clock.millis();
    String who = message.where().address() + "\n" + message.sender().handle();
    synchronized (this) {
      Said here = said.get(message.where().address());
      if (here == null && echoers.isEmpty()) {
        return true;
      }
      boolean echo = here != null && here.contains(message.text().hashCode(), now);
      Echoer echoer = echo ? echoers.computeIfAbsent(who, w -> new Echoer()) : echoers.get(who);
      return echoer == null || echoer.admits(echo, now);
    }
  }

  /** What the bot has said lately in one place: hashes with times, in a ring. */
  private static final class Said {
    private final int[] hashes = new int[REMEMBERED];
    private final long[] times = new long[REMEMBERED];
    private int next;

    void add(int hash, long now) {
      hashes[next] = hash;
      times[next] = now;
      next = (next + 1) % REMEMBERED;
    }

    boolean contains(int hash, long now) {
      for (int i = 0; i < REMEMBERED; i++) {
        if (hashes[i] == hash && times[i] != 0 && now - times[i] <= WINDOW) {
          return true;
        }
      }
      return false;
    }
  }

  /** Somebody who has said what the bot said. */
  private static final class Echoer {
    private long first;
    private int echoes;
    private long mute = FIRST_MUTE;
    private long mutedUntil;

    boolean admits(boolean echo, long now) {
      if (now < mutedUntil) {
        return false;
      }
      if (!echo) {
        return true;
      }
      if (now - first > WINDOW) {
        first = now;
        echoes = 0;
      }
      echoes++;
      if (echoes < ECHOES) {
        return true;
      }
      echoes = 0;
      mutedUntil = now + mute;
      mute = Math.min(2 * mute, LONGEST_MUTE);
      return false;
    }
  }
}
