package dev.owlery.launcher.proof;

import dev.owlery.testkit.irc.IrcWitness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the channels saw, against what was said: which answers are lost, doubled, or behind a later
 * one of their conversation.
 */
record Verdict(int said, int answered, List<Fault> lost, List<Fault> doubled, List<Fault> late) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** An answer that is not as it should be. */
  record Fault(String room, int number) {}

  /**
   * Judges.
   *
   * @param speaker who has said the commands
   * @param bot the bot's nick
   * @param seen all lines that the witnesses have seen, in order
   */
  static Verdict of(Speaker speaker, String bot, List<String> seen) {
    Pattern answer =
        Pattern.compile(
            "^(?:@\\S+ +)?:"
                + Pattern.quote(bot)
                + "[^ !]*(?:!\\S*)? PRIVMSG (#\\S+) :?n-"
                + Pattern.quote(speaker.mark())
                + "-(\\d+)$");
    Map<String, List<Integer>> answers = new HashMap<>();
    for (String line : seen) {
      Matcher found = answer.matcher(line);
      if (found.matches()) {
        answers
            .computeIfAbsent(found.group(1), room -> new ArrayList<>())
            .add(Integer.parseInt(found.group(2)));
      }
    }
    return of(speaker, answers);
  }

  /**
   * Judges.
   *
   * @param speaker who has said the commands
   * @param answers the numbers of the answers that were seen in each room, in order
   */
  static Verdict of(Speaker speaker, Map<String, List<Integer>> answers) {
    List<Fault> lost = new ArrayList<>();
    List<Fault> doubled = new ArrayList<>();
    List<Fault> late = new ArrayList<>();
    int answered = 0;
    for (String room : speaker.rooms()) {
      Map<Integer, Integer> times = new HashMap<>();
      int highest = -1;
      for (int number : answers.getOrDefault(room, List.of())) {
        if (times.merge(number, 1, Integer::sum) > 1) {
          doubled.add(new Fault(room, number));
        } else if (number < highest) {
          late.add(new Fault(room, number));
        }
        highest = Math.max(highest, number);
      }
      answered += times.size();
      for (int number : speaker.numbers(room)) {
        if (times.remove(number) == null) {
          lost.add(new Fault(room, number));
        }
      }
      // An answer in a room where it was not asked for is a doubled one, too.
      times.keySet().forEach(number -> doubled.add(new Fault(room, number)));
    }
    return new Verdict(speaker.said(), answered, lost, doubled, late);
  }

  /** Waits until all answers are there, or none has come for a while; then judges. */
  static Verdict await(Speaker speaker, String bot, IrcWitness witness) {
    return await(() -> of(speaker, bot, witness.settle()));
  }

  /** Waits until all answers are there, or none has come for a while; then judges. */
  static Verdict await(Supplier<Verdict> judge) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int before = -1;
    while (true) {
      Verdict now = judge.get();
      if (now.lost().isEmpty() || System.nanoTime() > deadline) {
        // What comes too often comes a little later.
        LockSupport.parkNanos(PATIENCE.dividedBy(20).toNanos());
        return judge.get();
      }
      if (now.answered() > before) {
        before = now.answered();
        deadline = System.nanoTime() + PATIENCE.toNanos();
      }
      LockSupport.parkNanos(PATIENCE.dividedBy(150).toNanos());
    }
  }

  boolean isClean() {
    return lost.isEmpty() && doubled.isEmpty() && late.isEmpty();
  }

  String counts() {
    return "%d said, %d answered, %d lost, %d doubled, %d out of order"
        .formatted(said, answered, lost.size(), doubled.size(), late.size());
  }

  /** The counts, and for some faults what the channel saw around them. */
  String forensics(Speaker speaker, String bot, List<String> seen) {
    StringBuilder text = new StringBuilder(counts()).append('\n');
    show(text, "lost", lost, speaker, bot, seen);
    show(text, "doubled", doubled, speaker, bot, seen);
    show(text, "out of order", late, speaker, bot, seen);
    return text.toString();
  }

  private static void show(
      StringBuilder text,
      String what,
      List<Fault> faults,
      Speaker speaker,
      String bot,
      List<String> seen) {
    if (faults.isEmpty()) {
      return;
    }
    text.append(what).append(": ");
    faults.stream()
        .limit(60)
        .forEach(f -> text.append(f.room()).append('/').append(f.number()).append(' '));
    text.append('\n');
    faults.stream()
        .limit(3)
        .forEach(fault -> {
          String words = speaker.text(fault.number());
          text.append("  around ").append(fault).append(":\n");
          around(seen, words, bot, text);
        });
  }

  /** Each line with the words, and the comings and goings of the bot nearest to it. */
  private static void around(List<String> seen, String words, String bot, StringBuilder text) {
    Pattern whole = Pattern.compile(Pattern.quote(words) + "$");
    Pattern moves = Pattern.compile(":" + Pattern.quote(bot) + "[^ ]* (QUIT|JOIN|KILL|PART|NICK)");
    String lastMove = "(none)";
    boolean after = false;
    for (String line : seen) {
      if (moves.matcher(line).find()) {
        if (after) {
          text.append("    then   ").append(line).append('\n');
          after = false;
        }
        lastMove = line;
      } else if (whole.matcher(line).find()) {
        text.append("    before ").append(lastMove).append('\n');
        text.append("    LINE   ").append(line).append('\n');
        after = true;
      }
    }
  }
}
