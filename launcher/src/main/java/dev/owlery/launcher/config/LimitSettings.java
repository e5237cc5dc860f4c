package dev.owlery.launcher.config;

import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import java.time.Duration;

/**
 * The block {@code limits}: nothing grows without bound, and nobody waits for ever.
 *
 * @param commandsPerMinute how many commands one person may give; 0 for no limit
 * @param linesPerReply how many messages an answer may have before the rest waits for {@code more};
 *     0 for no limit
 * @param askTimeout how long a command's question waits for its answer
 * @param patience how long a handler may keep its room waiting
 * @param oldestCommand commands that were missed for longer than this are not run any more
 * @param failures so many failures in a row pause a plugin; 0 for never
 * @param waitingEvents so many events may wait to be handled, in all rooms together
 * @param outbox what waits to be sent
 */
@Settings
public record LimitSettings(
    @Default("12") int commandsPerMinute,
    @Default("20") int linesPerReply,
    @Default("2m") Duration askTimeout,
    @Default("30s") Duration patience,
    @Default("10m") Duration oldestCommand,
    @Default("5") int failures,
    @Default("10000") int waitingEvents,
    @Default("{}") OutboxLimits outbox) {

  /**
   * The block {@code limits.outbox}.
   *
   * @param perAccount so many actions of one account may wait; more are given up at once
   * @param attempts an action that could not be sent so often is given up
   * @param age an action that has waited longer is given up
   * @param doubtful what becomes of an action if its network cannot tell whether it arrived
   */
  @Settings
  public record OutboxLimits(
      @Default("10000") int perAccount,
      @Default("20") int attempts,
      @Default("1d") Duration age,
      @Default("send") Doubt doubtful) {

    /** What to do where a network cannot tell whether an action has reached it. */
    public enum Doubt {
      /** Send it again: it may be seen twice. */
      SEND,
      /** Give it up: it may never be seen. An administrator can send it again. */
      GIVE_UP
    }

    /**
     * Checks the limits.
     *
     * @throws SettingException if a limit would let nothing pass
     */
    public OutboxLimits {
      atLeast("per-account", perAccount, 1);
      atLeast("attempts", attempts, 1);
      positive("age", age);
    }
  }

  /**
   * Checks the limits.
   *
   * @throws SettingException if a limit is negative, or would let nothing pass
   */
  public LimitSettings {
    atLeast("commands-per-minute", commandsPerMinute, 0);
    atLeast("lines-per-reply", linesPerReply, 0);
    positive("ask-timeout", askTimeout);
    positive("patience", patience);
    positive("oldest-command", oldestCommand);
    atLeast("failures", failures, 0);
    atLeast("waiting-events", waitingEvents, 1);
  }

  private static void atLeast(String key, int number, int least) {
    if (number < least) {
      throw new SettingException(key, "must be at least " + least);
    }
  }

  private static void positive(String key, Duration time) {
    if (!time.isPositive()) {
      throw new SettingException(key, "must be longer than nothing");
    }
  }
}
