package dev.owlery.testkit;

import dev.owlery.api.action.Action;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.command.CommandInfo;
import dev.owlery.api.file.Transfers;
import dev.owlery.api.plugin.Administration;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.core.Engine;
import dev.owlery.core.command.CommandRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * A real bot between fake networks. Belongs to one thread, the test's; the bot itself runs on its
 * own threads as always.
 *
 * <p>Where a name of a conversation is asked for, {@code #dev} is a room and {@code ann} the direct
 * chat with her, both on the first account; {@code work/#dev} is a room on another.
 */
public final class BotScenario implements AutoCloseable {

  /** How long anything may take, by the machine's clock. */
  public static final Duration DEADLINE = Duration.ofSeconds(10);

  private final ScenarioParts parts;
  private final Map<Conversation, Integer> expected = new HashMap<>();
  private Engine engine;

  BotScenario(ScenarioParts parts) {
    this.parts = parts;
    this.engine = parts.start();
    await(() -> engine.ready().toCompletableFuture().isDone(), "to be online");
  }

  /**
   * A bot with one plugin, on one account called {@code here}, where everybody may {@code view} and
   * who is verified as {@code admin} may do everything.
   *
   * @param plugin the plugin's class
   * @return a running bot
   */
  public static BotScenario of(Class<? extends Plugin> plugin) {
    return new BotScenarioBuilder(List.of(plugin)).start();
  }

  /**
   * A bot with plugins, to be described further.
   *
   * @param plugins the plugins' classes; the id of each is its name in lower case, without {@code
   *     Plugin} at the end
   * @return a builder
   */
  @SafeVarargs
  public static BotScenarioBuilder with(Class<? extends Plugin>... plugins) {
    List<Class<? extends Plugin>> classes = new ArrayList<>();
    for (Class<? extends Plugin> plugin : plugins) {
      classes.add(plugin);
    }
    return new BotScenarioBuilder(classes);
  }

  /**
   * Somebody on the first account's network.
   *
   * @param handle the name
   * @return the same user each time
   */
  public FakeUser user(String handle) {
    return network().user(handle);
  }

  /**
   * The first account's network.
   *
   * @return the network
   */
  public FakeNetwork network() {
    return parts.networks().values().iterator().next();
  }

  /**
   * Another account's network.
   *
   * @param account the account's name
   * @return the network
   * @throws IllegalArgumentException if there is no such account
   */
  public FakeNetwork network(String account) {
    FakeNetwork network = parts.networks().get(new AccountId(account));
    if (network == null) {
      throw new IllegalArgumentException("the scenario has no account " + account);
    }
    return network;
  }

  /**
   * The bot's HTTP listener, without a network.
   *
   * @return for requests to the routes of plugins
   */
  public FakeHttp http() {
    return parts.http();
  }

  /**
   * What is expected of the bot in a conversation.
   *
   * @param conversation its name
   * @return takes up where the last expectation there stopped
   */
  public Expectation expect(String conversation) {
    int slash = conversation.indexOf('/');
    FakeNetwork network = slash < 0 ? network() : network(conversation.substring(0, slash));
    return new Expectation(this, network, network.conversation(conversation.substring(slash + 1)));
  }

  /**
   * The clock that bot and networks share.
   *
   * @return stands still until it is turned
   */
  public ManualClock clock() {
    return parts.clock();
  }

  /**
   * Lets the bot come to rest, then turns the clock.
   *
   * @param time how far
   */
  public void turn(Duration time) {
    settle();
    parts.clock().turn(time);
  }

  /**
   * Waits until everything that happened has been handled and everything that was asked for is
   * settled. What waits for an answer does not hinder it; if something waits for the clock or for a
   * network that is offline, the bot is at rest once nothing has happened for a quarter of a
   * second, in which its threads had their turn.
   */
  public void settle() {
    Stillness still = new Stillness();
    await(() -> parts.isRecorded() && !parts.clock().isBusy() && isAtRest(still), "to rest");
  }

  private boolean isAtRest(Stillness still) {
    return engine.quiet() || still.lasts(List.of(parts.happened(), administration().health()));
  }

  /**
   * The bot, as a plugin sees it.
   *
   * @return for looking, and for actions outside of a handler
   */
  public Bot bot() {
    return engine.bot();
  }

  /**
   * Files to and from others.
   *
   * @return for looking, and for sending outside of a handler
   */
  public Transfers transfers() {
    return engine.transfers();
  }

  /**
   * The bot, as its administrator sees it.
   *
   * @return for looking and turning
   */
  public Administration administration() {
    return engine.administration();
  }

  /**
   * What commands there are.
   *
   * @return all of them, but not the bot's own such as {@code more}
   */
  public List<CommandInfo> commands() {
    return engine.commands().all().stream()
        .filter(command -> !command.plugin().equals(CommandRouter.CORE))
        .toList();
  }

  /** Stops the bot as SIGTERM does, and starts it again with the same journal. */
  public void restart() {
    engine.stop();
    again();
  }

  /**
   * Kills the bot in the middle of whatever it is doing, and starts it again with the same journal:
   * what was not committed is lost.
   */
  public void crash() {
    parts.kill(engine);
    again();
  }

  private void again() {
    engine = parts.start();
    await(() -> engine.ready().toCompletableFuture().isDone(), "to be online again");
  }

  /** Stops the bot. */
  @Override
  public void close() {
    engine.stop();
    parts.close();
  }

  /**
   * Everything that was said, by everybody, network by network.
   *
   * @return one line each
   */
  public String conversation() {
    return parts.networks().values().stream()
        .flatMap(network -> network.chronicle().stream())
        .collect(Collectors.joining("\n"));
  }

  Optional<Action> next(FakeNetwork network, Conversation where, Duration patience) {
    int seen = expected.getOrDefault(where, 0);
    try {
      List<Action> here =
          network.await(all -> in(where, all).size() > seen, patience.toMillis()).stream()
              .map(FakeNetwork.PerformedAction::action)
              .filter(action -> isIn(where, action))
              .toList();
      if (here.size() <= seen) {
        return Optional.empty();
      }
      expected.put(where, seen + 1);
      return Optional.of(here.get(seen));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", stopped);
    }
  }

  private static List<FakeNetwork.PerformedAction> in(
      Conversation where, List<FakeNetwork.PerformedAction> all) {
    return all.stream().filter(heard -> isIn(where, heard.action())).toList();
  }

  private static boolean isIn(Conversation where, Action action) {
    return action.where().address().equals(where.address());
  }

  AssertionError failure(Conversation where, String expected, String found) {
    return new AssertionError(
        "in "
            + where
            + "\n  expected: "
            + expected
            + "\n  but was:  "
            + found
            + "\nthe whole conversation:\n"
            + conversation().indent(2));
  }

  private void await(BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "the bot takes more than "
                + DEADLINE
                + " "
                + what
                + "\nthe whole conversation:\n"
                + conversation().indent(2));
      }
      // There is no event for rest: look again after half a millisecond.
      LockSupport.parkNanos(500_000);
    }
  }
}
