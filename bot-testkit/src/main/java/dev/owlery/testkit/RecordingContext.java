package dev.owlery.testkit;

import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.Origin;
import dev.owlery.api.http.Http;
import dev.owlery.api.plugin.Store;
import dev.owlery.core.http.HttpListener;
import dev.owlery.core.http.HttpRoutes;
import dev.owlery.core.journal.MemoryJournal;
import dev.owlery.core.lane.Incidents;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * The core's side of an adapter, for tests of an adapter alone: keeps what the adapter publishes
 * and reports. Every method may be called from any thread.
 */
public final class RecordingContext implements AdapterContext {

  private final AccountId account;
  private final Clock clock;
  private final Http http;
  private final List<ChatEvent> events = new ArrayList<>();
  private final List<AccountState> states = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private boolean neverRecords;
  private final MemoryJournal cursors;
  private final Store memory = new MemoryStore();
  private final Queue<Error> faults = new ArrayDeque<>();
  private Optional<Instant> inDoubtSince = Optional.empty();

  /**
   * A context in which nothing has happened yet, with HTTP that nobody reaches.
   *
   * @param account the account that the adapter serves
   * @param clock the time that it gets
   */
  public RecordingContext(AccountId account, Clock clock) {
    this(account, clock, new FakeHttp());
  }

  /**
   * A context in which nothing has happened yet.
   *
   * @param account the account that the adapter serves
   * @param clock the time that it gets
   * @param listener the port for its routes: a {@link FakeHttp} of the test's, or a real one
   */
  public RecordingContext(AccountId account, Clock clock, HttpListener listener) {
    HttpRoutes routes = new HttpRoutes(new Incidents());
    routes.listen(listener);
    routes.begin();
    this.http = routes.of("account " + account);
    this.account = account;
    this.clock = clock;
    this.cursors = new MemoryJournal(clock);
  }

  @Override
  public AccountId account() {
    return account;
  }

  @Override
  public String product() {
    return "Owlery test";
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public synchronized CompletionStage<Boolean> publish(ChatEvent event) {
    Error fault = faults.poll();
    if (fault != null) {
      throw fault;
    }
    if (neverRecords) {
      return new CompletableFuture<>();
    }
    boolean fresh = keys.add(event.origin().key());
    if (fresh) {
      events.add(event);
      var _ = cursors.record(event, entry -> {});
      notifyAll();
    }
    return CompletableFuture.completedStage(fresh);
  }

  @Override
  public synchronized void report(AccountState state) {
    states.add(state);
    notifyAll();
  }

  @Override
  public synchronized Optional<Origin> lastSeen(Conversation where) {
    return cursors.lastSeen(where);
  }

  @Override
  public synchronized Optional<Instant> inDoubtSince() {
    return inDoubtSince;
  }

  /**
   * Says since when the account has actions that may or may not have been sent.
   *
   * @param since what {@link #inDoubtSince} answers from now on, as if it came from the outbox
   */
  public synchronized void inDoubtSince(Instant since) {
    inDoubtSince = Optional.of(since);
  }

  /**
   * Lets a later {@link #publish} fail, as if memory or stack had been exhausted in it.
   *
   * @param fault what it throws, once; further ones are thrown by the calls that follow
   */
  public synchronized void failPublishing(Error fault) {
    faults.add(fault);
  }

  /** From now on no event is recorded, as if the disk were full: no call is ever answered. */
  public synchronized void neverRecord() {
    neverRecords = true;
  }

  @Override
  public Http http() {
    return http;
  }

  @Override
  public Store memory() {
    return memory;
  }

  /**
   * What the adapter has published.
   *
   * @return events with different keys, in order
   */
  public synchronized List<ChatEvent> events() {
    return List.copyOf(events);
  }

  /**
   * What the adapter has reported.
   *
   * @return all states, in order
   */
  public synchronized List<AccountState> states() {
    return List.copyOf(states);
  }

  /**
   * Waits for something to have been published or reported.
   *
   * @param condition called with this context whenever there is something new
   * @param millis how long to wait at most, by the machine's clock
   * @return whether it came true
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public synchronized boolean await(Predicate<RecordingContext> condition, long millis)
      throws InterruptedException {
    long deadline = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (!condition.test(this) && left > 0) {
      wait(left);
      left = (deadline - System.nanoTime()) / 1_000_000;
    }
    return condition.test(this);
  }

  /** A store that nothing outlives. */
  private static final class MemoryStore implements Store {

    private final TreeMap<String, String> values = new TreeMap<>();

    @Override
    public synchronized Optional<String> get(String key) {
      return Optional.ofNullable(values.get(key));
    }

    @Override
    public synchronized void put(String key, String value) {
      values.put(key, value);
    }

    @Override
    public synchronized void remove(String key) {
      values.remove(key);
    }

    @Override
    public synchronized Map<String, String> entries(String prefix) {
      return new TreeMap<>(values.subMap(prefix, prefix + Character.MAX_VALUE));
    }
  }
}
