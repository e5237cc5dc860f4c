package dev.owlery.launcher.proof;

import dev.owlery.testkit.slack.SlackDouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** What stands in the channels, against what was said there. */
record SlackVerdict(
    int said, int answered, List<String> lost, List<String> doubled, List<String> late) {

  /** Longer than a bot may have to wait for the next minute of a method's limit. */
  private static final Duration PATIENCE = Duration.ofSeconds(75);

  static SlackVerdict of(SlackTalk talk, SlackDouble slack) {
    List<String> lost = new ArrayList<>();
    List<String> doubled = new ArrayList<>();
    List<String> late = new ArrayList<>();
    int answered = 0;
    for (String channel : talk.channels()) {
      String mark = SlackTalk.text(channel, 0).replaceAll("0$", "");
      Set<Integer> seen = new HashSet<>();
      int highest = -1;
      for (String text : slack.channel(channel).textsOfBot()) {
        if (text.matches("n-talk-\\d+-\\d+") && !text.startsWith(mark)) {
          doubled.add(text + " in " + channel);
        } else if (text.startsWith(mark)) {
          int number = Integer.parseInt(text.substring(mark.length()));
          if (!seen.add(number)) {
            doubled.add(text);
          } else if (number < highest) {
            late.add(text);
          }
          highest = Math.max(highest, number);
        }
      }
      answered += seen.size();
      for (int number = 0; number < talk.said(channel); number++) {
        if (!seen.contains(number)) {
          lost.add(SlackTalk.text(channel, number));
        }
      }
    }
    return new SlackVerdict(talk.said(), answered, lost, doubled, late);
  }

  /** Waits until all answers are there, or none has come for a while; then judges. */
  static SlackVerdict await(SlackTalk talk, SlackDouble slack) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int before = -1;
    while (true) {
      SlackVerdict now = of(talk, slack);
      if (now.lost().isEmpty() || System.nanoTime() > deadline) {
        // What comes too often comes a little later.
        LockSupport.parkNanos(Duration.ofSeconds(4).toNanos());
        return of(talk, slack);
      }
      if (now.answered() > before) {
        before = now.answered();
        deadline = System.nanoTime() + PATIENCE.toNanos();
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  boolean isClean() {
    return lost.isEmpty() && doubled.isEmpty() && late.isEmpty();
  }

  String counts() {
    return "%d said, %d answered, %d lost, %d doubled, %d out of order"
        .formatted(said, answered, lost.size(), doubled.size(), late.size());
  }
}
