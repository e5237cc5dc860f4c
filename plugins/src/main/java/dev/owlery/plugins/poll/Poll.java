package dev.owlery.plugins.poll;

import dev.owlery.api.command.TypedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A poll and its votes.
 *
 * @param owner who may close it
 * @param question one line
 * @param options one line each
 * @param votes which option each voter chose, by its place
 */
record Poll(String owner, String question, List<String> options, Map<String, Integer> votes) {

  Poll {
    options = List.copyOf(options);
    votes = Map.copyOf(votes);
  }

  static Poll of(String owner, String question, List<String> options) {
    return new Poll(owner, question, options, Map.of());
  }

  /** The place of an option by its number, counted from 1, or by its words; -1 if it is none. */
  int find(String option) {
    String wanted = TypedText.plain(TypedText.strip(option));
    return IntStream.range(0, options.size())
        .filter(i ->
            wanted.equals(Integer.toString(i + 1))
                || wanted.equalsIgnoreCase(TypedText.plain(options.get(i))))
        .findFirst()
        .orElse(-1);
  }

  Poll withVote(String voter, int option) {
    Map<String, Integer> more = new LinkedHashMap<>(votes);
    more.put(voter, option);
    return new Poll(owner, question, options, more);
  }

  /**
   * The poll after somebody has got another name: their vote and their ownership follow them. A
   * vote that somebody else has left under the new name stays, under a name that nobody has.
   */
  Poll renamed(String before, String after) {
    Map<String, Integer> renamed = new LinkedHashMap<>();
    votes.forEach((voter, option) -> {
      boolean gives = voter.equals(after) && votes.containsKey(before);
      renamed.put(voter.equals(before) ? after : gives ? left(after) : voter, option);
    });
    return new Poll(owner.equals(before) ? after : owner, question, options, renamed);
  }

  private String left(String voter) {
    String name = "left:" + voter;
    while (votes.containsKey(name)) {
      name = "left:" + name;
    }
    return name;
  }

  List<Long> counts() {
    return IntStream.range(0, options.size())
        .mapToObj(i -> votes.values().stream().filter(vote -> vote == i).count())
        .toList();
  }

  /**
   * The poll as text: owner, question and number of options, the options, then the votes, a line
   * each. No part holds a line end: everything typed has been made one line, and nicks and
   * identities have none.
   */
  String written() {
    List<String> lines = new ArrayList<>();
    lines.add(owner);
    lines.add(question);
    lines.add(Integer.toString(options.size()));
    lines.addAll(options);
    votes.forEach((voter, option) -> lines.add(option + " " + voter));
    return String.join("\n", lines);
  }

  static Poll read(String written) {
    List<String> lines = written.lines().toList();
    int firstVote = 3 + Integer.parseInt(lines.get(2));
    Map<String, Integer> votes = new LinkedHashMap<>();
    for (String line : lines.subList(firstVote, lines.size())) {
      int space = line.indexOf(' ');
      votes.put(line.substring(space + 1), Integer.valueOf(line.substring(0, space)));
    }
    return new Poll(lines.get(0), lines.get(1), lines.subList(3, firstVote), votes);
  }
}
