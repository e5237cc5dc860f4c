package dev.owlery.testkit;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Say;
import dev.owlery.api.chat.Conversation;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a test expects of the bot in one conversation. Each method takes up where the one before
 * stopped: what has been expected once is not looked at again. All wait, with a deadline, and fail
 * with the whole conversation in the message.
 */
public final class Expectation {

  private static final Duration REST = Duration.ofMillis(300);

  private final BotScenario scenario;
  private final FakeNetwork network;
  private final Conversation where;

  Expectation(BotScenario scenario, FakeNetwork network, Conversation where) {
    this.scenario = scenario;
    this.network = network;
    this.where = where;
  }

  /**
   * The bot says this next.
   *
   * @param messages the messages in order, in plain characters
   * @return this expectation, for what comes after
   */
  public Expectation says(String... messages) {
    for (String message : messages) {
      check(message, text -> text.equals(message));
    }
    return this;
  }

  /**
   * The bot says something next that holds these words.
   *
   * @param words all of them, in any order
   * @return this expectation, for what comes after
   */
  public Expectation saysWith(String... words) {
    check(
        "something with " + String.join(", ", words),
        text -> List.of(words).stream().allMatch(text::contains));
    return this;
  }

  /**
   * The bot says something next that matches.
   *
   * @param regex the whole message
   * @return this expectation, for what comes after
   */
  public Expectation saysLike(String regex) {
    Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
    check("something like " + regex, text -> pattern.matcher(text).matches());
    return this;
  }

  /**
   * The bot says something next.
   *
   * @return what it says, in plain characters
   */
  public String saysSomething() {
    Action action = next("something");
    if (!(action instanceof Say say)) {
      throw scenario.failure(where, "something said", action.toString());
    }
    return say.content().plain();
  }

  /**
   * The bot does something next.
   *
   * @param <A> the kind of action
   * @param kind the kind of action
   * @return what it does
   */
  public <A extends Action> A does(Class<A> kind) {
    Action action = next("a " + kind.getSimpleName());
    if (!kind.isInstance(action)) {
      throw scenario.failure(where, "a " + kind.getSimpleName(), action.toString());
    }
    return kind.cast(action);
  }

  /**
   * The bot does something next.
   *
   * @param kind the kind of action, by its class's simple name
   * @return what it does
   */
  public Action does(String kind) {
    Action action = next("a " + kind);
    if (!action.getClass().getSimpleName().equals(kind)) {
      throw scenario.failure(where, "a " + kind, action.toString());
    }
    return action;
  }

  /**
   * The bot has nothing more to say here once it has come to rest.
   *
   * @return this expectation, for what comes after
   */
  public Expectation nothing() {
    scenario.settle();
    scenario
        .next(network, where, REST)
        .ifPresent(action -> {
          throw scenario.failure(where, "nothing", shown(action));
        });
    return this;
  }

  private void check(String expected, Predicate<String> matches) {
    Action action = next(expected);
    if (!(action instanceof Say say) || !matches.test(say.content().plain())) {
      throw scenario.failure(where, expected, shown(action));
    }
  }

  private Action next(String expected) {
    return scenario
        .next(network, where, BotScenario.DEADLINE)
        .orElseThrow(() -> scenario.failure(where, expected, "nothing"));
  }

  private static String shown(Action action) {
    return action instanceof Say say ? say.content().plain() : action.toString();
  }
}
