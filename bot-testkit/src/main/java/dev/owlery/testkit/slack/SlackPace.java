package dev.owlery.testkit.slack;

import java.time.Duration;
import java.util.List;

/**
 * How long Slack waits for what. {@link #DOCUMENTED} is what its documentation says; a test that
 * does not want to wait for minutes scales it.
 *
 * @param answerWithin how long an event, a slash command or a click may stay unanswered
 * @param socketRetries how often an unacknowledged envelope is sent again; without a socket it
 *     waits for one, and that is no attempt
 * @param httpRetries when an event whose request failed is posted again, each counted from the
 *     failure before
 * @param pingEvery how often a socket is pinged
 * @param warningBefore how long after a {@code warning} the socket is closed
 * @param triggerLife how long a trigger opens a view
 */
public record SlackPace(
    Duration answerWithin,
    int socketRetries,
    List<Duration> httpRetries,
    Duration pingEvery,
    Duration warningBefore,
    Duration triggerLife) {

  /** What Slack's documentation says. */
  public static final SlackPace DOCUMENTED =
      new SlackPace(
          Duration.ofSeconds(3),
          3,
          List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(5)),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(3));

  /** Keeps its own copy of the list. */
  public SlackPace {
    httpRetries = List.copyOf(httpRetries);
  }

  /**
   * The same, faster or slower.
   *
   * @param factor less than one for faster
   * @return every duration times that
   */
  public SlackPace times(double factor) {
    return new SlackPace(
        scaled(answerWithin, factor),
        socketRetries,
        httpRetries.stream().map(retry -> scaled(retry, factor)).toList(),
        scaled(pingEvery, factor),
        scaled(warningBefore, factor),
        scaled(triggerLife, factor));
  }

  /**
   * The same, but an envelope is sent again until somebody acknowledges it: for proofs in which
   * every event counts.
   *
   * @return without a limit
   */
  public SlackPace untilAcknowledged() {
    return new SlackPace(
        answerWithin, Integer.MAX_VALUE, httpRetries, pingEvery, warningBefore, triggerLife);
  }

  /**
   * The same, but what failed over HTTP is posted again soon.
   *
   * @param pause before each of the three attempts that follow the first
   * @return as patient as before with each of them
   */
  public SlackPace retryingAfter(Duration pause) {
    return new SlackPace(
        answerWithin,
        socketRetries,
        List.of(pause, pause, pause),
        pingEvery,
        warningBefore,
        triggerLife);
  }

  private static Duration scaled(Duration duration, double factor) {
    return Duration.ofNanos((long) (duration.toNanos() * factor));
  }
}
