package dev.owlery.plugins.poll;

import static java.util.stream.Collectors.joining;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.command.TypedText;
import dev.owlery.api.event.MemberRenamed;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.plugin.Store;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Permission;

/**
 * One poll at a time in each room, drawn up in a dialogue, one vote for each person, kept over
 * restarts. Commands of one room run one at a time, so votes do not overtake each other.
 */
public final class PollPlugin implements Plugin {

  private static final int MOST_OPTIONS = 10;
  private static final Set<String> NO_MORE = Set.of("done", ".", "no more");

  private final Store store;

  @Inject
  PollPlugin(Store store) {
    this.store = store;
  }

  /**
   * Asks for the question, then draws up the poll.
   *
   * @param call who asks, and where
   * @return the poll as the room sees it
   */
  @Command("poll new")
  @Permission("view")
  @CommandDescription("Draws up a poll in a dialogue, and opens it")
  public String create(CommandCall call) {
    refuseSecond(call.where());
    return create(call, call.ask("What is the question?"));
  }

  /**
   * Draws up a poll in a dialogue, and opens it.
   *
   * @param call who asks, and where
   * @param question what to vote on
   * @return the poll as the room sees it
   */
  @Command("poll new <question>")
  @Permission("view")
  @CommandDescription("Asks for the options of a poll, and opens it")
  public String create(CommandCall call, @Argument("question") @Greedy String question) {
    refuseSecond(call.where());
    List<String> options = askOptions(call);
    if (!call.confirm("Open the poll \"" + oneLine(question) + "\"?")) {
      throw new CommandException("no poll, then");
    }
    refuseSecond(call.where()); // somebody else may have opened one during the dialogue
    Poll poll = Poll.of(voter(call), oneLine(question), options);
    save(call.where(), poll);
    return shown(poll);
  }

  /**
   * Votes, or changes one's vote.
   *
   * @param call who votes, and where
   * @param option its number, or its words
   * @return one line
   */
  @Command("poll vote <option>")
  @Permission("view")
  @CommandDescription("Votes for an option, by number or by its words")
  public String vote(CommandCall call, @Argument("option") @Greedy String option) {
    Poll poll = open(call.where());
    int chosen = poll.find(option);
    if (chosen < 0) {
      throw new CommandException(
          "vote for one of 1 to " + poll.options().size() + ", or write the option out");
    }
    save(call.where(), poll.withVote(voter(call), chosen));
    return "vote of " + call.caller().displayName() + ": " + poll.options().get(chosen);
  }

  /**
   * Shows how the votes stand.
   *
   * @param call where
   * @return the question, and a line for each option
   */
  @Command("poll show")
  @Permission("view")
  @CommandDescription("Shows how the votes stand")
  public String show(CommandCall call) {
    return shown(open(call.where()));
  }

  /**
   * Closes the poll and tells the result: whoever opened it may, and an administrator.
   *
   * @param call who asks, and where
   * @return the result
   */
  @Command("poll close")
  @Permission("view")
  @CommandDescription("Closes your poll and tells the result")
  public Stream<String> close(CommandCall call) {
    Poll poll = open(call.where());
    if (!poll.owner().equals(voter(call)) && !call.permits("admin.poll")) {
      throw new CommandException("only whoever opened the poll may close it");
    }
    store.remove(key(call.where()));
    return Stream.of("The poll is closed.", shown(poll));
  }

  /**
   * Lets the vote follow who has got another nick, and the poll its owner.
   *
   * @param renamed who, and where
   */
  @On
  public void follow(MemberRenamed renamed) {
    if (renamed.before().identity().isEmpty() && renamed.after().identity().isEmpty()) {
      store
          .get(key(renamed.where()))
          .map(Poll::read)
          .ifPresent(poll -> {
            Poll now = poll.renamed(nick(renamed.before()), nick(renamed.after()));
            if (!now.equals(poll)) {
              save(renamed.where(), now);
            }
          });
    }
  }

  private static List<String> askOptions(CommandCall call) {
    List<String> options = new ArrayList<>();
    while (options.size() < MOST_OPTIONS) {
      String hint = options.size() < 2 ? "" : " (or: done)";
      String answer = oneLine(call.ask("Option " + (options.size() + 1) + "?" + hint));
      if (options.size() >= 2 && NO_MORE.contains(answer)) {
        break;
      }
      if (!options.contains(answer)) {
        options.add(answer);
      }
    }
    return options;
  }

  private void refuseSecond(Conversation where) {
    if (store.get(key(where)).isPresent()) {
      throw new CommandException("there is a poll here already; close it first");
    }
  }

  private Poll open(Conversation where) {
    return store
        .get(key(where))
        .map(Poll::read)
        .orElseThrow(() -> new CommandException("there is no poll here; poll new opens one"));
  }

  private void save(Conversation where, Poll poll) {
    store.put(key(where), poll.written());
  }

  private static String key(Conversation where) {
    return "poll:" + where.address();
  }

  /** Whom the network vouches for has one vote under any nick; others have one for each nick. */
  private static String voter(CommandCall call) {
    return call.person()
        .map(person -> "person:" + person)
        .or(() -> call.caller().identity().map(identity -> "identity:" + identity))
        .orElseGet(() -> nick(call.caller()));
  }

  private static String nick(Member member) {
    return "nick:" + member.handle();
  }

  private static String oneLine(String text) {
    return String.join(" ", TypedText.words(text));
  }

  private static String shown(Poll poll) {
    List<Long> counts = poll.counts();
    String options =
        IntStream.range(0, poll.options().size())
            .mapToObj(i -> (i + 1) + ". " + poll.options().get(i) + ": " + counts.get(i))
            .collect(joining("\n"));
    return poll.question() + "\n" + options;
  }
}
