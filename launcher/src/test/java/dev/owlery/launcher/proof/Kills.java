package dev.owlery.launcher.proof;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Kills the bot again and again at random moments, while somebody goes on speaking.
 *
 * <p>The first time the bot is ready and the speech is a burst, so that commands are certainly
 * under way: who comes into a room for the first time does not answer to its past, and a quick
 * machine leaves nothing open at a random moment. Later a quarter of the kills comes before the bot
 * is ready.
 */
final class Kills {
  private static final int BURST_PER_SECOND = 20_000;
  private static final int BURST = 20;

  /**
   * On a busy machine a login takes long, and what is said meanwhile must be answered in the end.
   */
  private static final int MOST_BURSTS = 10;

  private final Random random = Form.random();
  private final int times;
  private int early;
  private int open;

  Kills(int times) {
    this.times = times;
  }

  /**
   * Runs the bot and kills it; it is not running afterwards.
   *
   * @param home the bot's
   * @param speaker may say a part of the commands in each life
   * @param perSecond the speaker's pace
   * @param commands how many there are to be in all
   * @param now judges what has been said until now
   * @return how many commands are left to be said
   */
  int againAndAgain(
      BotHome home, Speaker speaker, int perSecond, int commands, Supplier<Verdict> now) {
    int each = commands / (times + 1);
    for (int kill = 1; kill <= times; kill++) {
      BotProcess bot = home.run();
      if (kill == 1) {
        bot.awaitReady();
        burst(speaker, each);
      } else if (random.nextInt(4) == 0) {
        early++;
        speaker.allow(each);
        pause(300 + random.nextInt(3_000));
      } else {
        bot.awaitReady();
        speaker.allow(each);
        pause(50 + random.nextInt(1_500));
      }
      bot.kill();
      Verdict verdict = now.get();
      open += verdict.said() - verdict.answered();
      speaker.pace(perSecond);
      pause(random.nextInt(800));
    }
    return commands - each * times;
  }

  /**
   * Runs the bot and kills it as soon as it is ready, while bursts of commands come during its
   * login: what is said while it is away, comes in and reads what it has missed is of several
   * bursts. It is not running afterwards.
   *
   * @param home the bot's
   * @param speaker says the bursts
   * @param now judges what has been said until now
   */
  void whenReady(BotHome home, Speaker speaker, Supplier<Verdict> now) {
    speaker.pace(BURST_PER_SECOND);
    for (int kill = 1; kill <= times; kill++) {
      BotProcess bot = home.run();
      bot.awaitLog(kill == 1 ? "\\bready\\b" : "\\bconnecting to\\b", BotProcess.PATIENCE);
      for (int bursts = 0; bursts < MOST_BURSTS && !bot.isReady(); bursts++) {
        speaker.allow(BURST);
        pause(50 + random.nextInt(150));
      }
      bot.awaitReady();
      burst(speaker, BURST);
      pause(random.nextInt(50));
      bot.kill();
      Verdict verdict = now.get();
      open += verdict.said() - verdict.answered();
      speaker.allow(BURST);
      pause(random.nextInt(200));
    }
  }

  private static void burst(Speaker speaker, int each) {
    speaker.pace(BURST_PER_SECOND);
    int before = speaker.said();
    speaker.allow(each);
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (speaker.said() < before + BURST && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  /** How many commands had no answer when the bot was killed, all kills together. */
  int open() {
    return open;
  }

  @Override
  public String toString() {
    return "%d kills (%d before ready, %d commands open when killed)".formatted(times, early, open);
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}
