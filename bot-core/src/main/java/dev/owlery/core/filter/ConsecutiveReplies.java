package dev.owlery.core.filter;

import java.time.Duration;

/**
 * How often somebody has answered the bot as only programs do since they last said anything else.
 * Guarded by the guard that it belongs to.
 */
final class ConsecutiveReplies {
  private static final long FIRST_MUTE = 60_000;
  private static final long LONGEST_MUTE = 3_600_000;

  /** So many times the bot's own words within the window. */
  private static final int ECHOES = 3;

  /** So many times the same behind an answer of the bot, each within {@link #AT_ONCE}. */
  private static final int REPETITIONS = 3;

  private static final long AT_ONCE = 2_000;

  private long firstEcho;
  private int echoes;
  private int repetitions;
  private int lastHash;
  private long heardUpTo;
  private long mute = FIRST_MUTE;
  private long mutedSince;
  private long mutedUntil;
  private boolean isNew;

  /** One that began in the future is over: the clock was set back. */
  boolean isMuted(long now) {
    isNew = false;
    return mutedSince <= now && now < mutedUntil;
  }

  /**
   * Somebody has said something.
   *
   * @param isEcho whether the bot has just said the same
   * @param mayRepeat whether to count what they say again
   * @param hash of what they said
   * @param here what the bot has said
   * @param now the time
   * @return whether to listen to it
   */
  boolean admits(boolean isEcho, boolean mayRepeat, int hash, RecentMessages here, long now) {
    if (isMuted(now)) {
      return false;
    }
    boolean isAnswer = here.count() > heardUpTo && Math.abs(now - here.newest()) <= AT_ONCE;
    boolean repeats = mayRepeat && heardUpTo > 0 && hash == lastHash && isAnswer;
    repetitions = repeats ? repetitions + 1 : 0;
    lastHash = hash;
    heardUpTo = here.count();
    if (isEcho) {
      countEcho(now);
    }
    if (echoes < ECHOES && repetitions < REPETITIONS) {
      return true;
    }
    echoes = 0;
    repetitions = 0;
    mutedSince = now;
    mutedUntil = now + mute;
    mute = Math.min(2 * mute, LONGEST_MUTE);
    isNew = true;
    return false;
  }

  private void countEcho(long now) {
    if (Math.abs(now - firstEcho) > RecentMessages.WINDOW_MILLIS) {
      firstEcho = now;
      echoes = 0;
    }
    echoes++;
  }

  boolean isNewlyMuted() {
    return isNew;
  }

  Duration lastMute() {
    return Duration.ofMillis(mute == LONGEST_MUTE ? mute : mute / 2);
  }
}
