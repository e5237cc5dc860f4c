package dev.owlery.core.account;

import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.spi.EngineThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All accounts with their adapters and states. Filled before the start; then every method may be
 * called from any thread.
 */
public final class Accounts {

  private static final Logger log = LoggerFactory.getLogger(Accounts.class);
  private static final Duration GOODBYE = Duration.ofSeconds(3);

  /** A thread's written form. No room of a network with threads has such a name. */
  private static final Pattern THREAD =
      Pattern.compile("(?<room>[^?/]+)\\?(?<thread>[^?/@]+)", Pattern.DOTALL);

  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

  private final Map<AccountId, Adapter> adapters = new LinkedHashMap<>();
  private final Map<AccountId, Adapter> internal = new LinkedHashMap<>();
  private final Map<AccountId, AccountState> states = new ConcurrentHashMap<>();

  /** No accounts yet. */
  public Accounts() {}

  /**
   * Adds an account, before the start.
   *
   * @param account its name
   * @param adapter what serves it
   */
  public void add(AccountId account, Adapter adapter) {
    adapters.put(account, adapter);
    states.put(account, new AccountState(AccountState.Phase.CONNECTING, "not started"));
  }

  /**
   * Adds an account of the core's own, before the start: it is started and closed with the others,
   * and does what they do, but is in no list and has no state.
   *
   * @param account its name
   * @param adapter what serves it
   */
  public void addInternal(AccountId account, Adapter adapter) {
    internal.put(account, adapter);
  }

  /**
   * The accounts of the core's own.
   *
   * @return their names
   */
  public List<AccountId> internal() {
    return List.copyOf(internal.keySet());
  }

  /**
   * Whether there is an account.
   *
   * @param account its name
   * @return true also for the core's own
   */
  public boolean knows(AccountId account) {
    return adapters.containsKey(account) || internal.containsKey(account);
  }

  /**
   * The adapter of an account.
   *
   * @param account its name
   * @return the adapter
   * @throws IllegalArgumentException if there is no such account; the text is fit for a user
   */
  public Adapter adapter(AccountId account) {
    Adapter adapter = adapters.getOrDefault(account, internal.get(account));
    if (adapter == null) {
      throw new IllegalArgumentException("there is no account " + account);
    }
    return adapter;
  }

  /**
   * All accounts.
   *
   * @return their names, in the order of the configuration
   */
  public List<AccountId> names() {
    return List.copyOf(adapters.keySet());
  }

  /**
   * All states.
   *
   * @return by name, in the order of the configuration
   */
  public Map<AccountId, AccountState> states() {
    Map<AccountId, AccountState> all = new LinkedHashMap<>();
    adapters.keySet().forEach(account -> all.put(account, state(account)));
    return all;
  }

  /**
   * The state of one account.
   *
   * @param account its name
   * @return the newest state
   * @throws IllegalArgumentException if there is no such account
   */
  public AccountState state(AccountId account) {
    AccountState state = states.get(account);
    if (state == null) {
      throw new IllegalArgumentException("there is no account " + account);
    }
    return state;
  }

  /**
   * Notes a state.
   *
   * @param account whose
   * @param state the new state
   * @return the state before
   */
  public AccountState note(AccountId account, AccountState state) {
    AccountState before = states.put(account, state);
    return before == null ? state : before;
  }

  /**
   * Whether every account is in one of some phases.
   *
   * @param phases which
   * @return true if none is in another
   */
  public boolean all(List<AccountState.Phase> phases) {
    return states.values().stream().allMatch(state -> phases.contains(state.phase()));
  }

  /**
   * Finds the conversation that a person, or {@link Conversation#toString}, wrote.
   *
   * @param address {@code account/room}, {@code account/room?thread}, or {@code account/} for the
   *     account's own
   * @return the conversation
   * @throws IllegalArgumentException if there is none; the text is fit for a user
   */
  public Conversation locate(String address) {
    int slash = address.indexOf('/');
    if (slash < 1) {
      throw new IllegalArgumentException(
          "a conversation is written ACCOUNT/ROOM, not \"" + address + "\"");
    }
    AccountId account = new AccountId(address.substring(0, slash));
    Adapter adapter = adapter(account);
    String room = address.substring(slash + 1);
    if (room.isEmpty()) {
      return Conversation.ofAccount(account);
    }
    Matcher thread = THREAD.matcher(room);
    if (thread.matches() && adapter.capabilities().contains(Capability.THREADS)) {
      return adapter
          .locate(unescaped(thread.group("room")))
          .inThread(unescaped(thread.group("thread")));
    }
    return adapter.locate(room);
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                Character.toString(Integer.parseInt(found.group().substring(1), 16))));
  }

  /** Starts every adapter. */
  public void start() {
    internal.values().forEach(Adapter::start);
    adapters.values().forEach(Adapter::start);
  }

  /** Closes every adapter, all at the same time; each has three seconds to say goodbye. */
  public void close() {
    List<Thread> closing = new ArrayList<>();
    Map<AccountId, Adapter> all = new LinkedHashMap<>(adapters);
    all.putAll(internal);
    all.forEach((account, adapter) ->
        closing.add(
            EngineThreads.start(
                "close-" + account,
                () -> {
                  try {
                    adapter.close();
                  } catch (RuntimeException e) {
                    log.warn("account {} did not close cleanly", account, e);
                  }
                })));
    for (Thread thread : closing) {
      try {
        if (!thread.join(GOODBYE)) {
          log.warn("{} takes more than {}", thread.getName(), GOODBYE);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
