package dev.owlery.adapter.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.slack.api.SlackSettings;
import dev.owlery.api.action.Action;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.testkit.RecordingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One account of the adapter alone, with a context that keeps what it publishes. */
public final class TestAccount implements AutoCloseable {

  static final long PATIENCE = 20_000;
  public static final AccountId WORK = new AccountId("work");
  private static final AtomicInteger TOKENS = new AtomicInteger();

  private final RecordingContext context;
  private final Adapter adapter;

  private TestAccount(SlackSettings settings, RecordingContext context) {
    this.context = context;
    this.adapter = new SlackAdapterProvider().create(settings, context);
  }

  public static TestAccount online(SlackSettings settings) throws Exception {
    return online(settings, new RecordingContext(WORK, Clock.systemUTC()));
  }

  public static TestAccount online(SlackSettings settings, RecordingContext context)
      throws Exception {
    TestAccount account = started(settings, context);
    account.reaches(Phase.ONLINE);
    return account;
  }

  public static TestAccount started(SlackSettings settings, RecordingContext context) {
    TestAccount account = new TestAccount(settings, context);
    account.adapter.start();
    return account;
  }

  public Adapter adapter() {
    return adapter;
  }

  public RecordingContext context() {
    return context;
  }

  /** Waits for a phase; returns what was said of it. */
  public String reaches(Phase phase) throws InterruptedException {
    assertThat(context.await(now -> is(now, phase), PATIENCE))
        .as("%s, but it is %s", phase, context.states())
        .isTrue();
    return context.states().getLast().detail();
  }

  private static boolean is(RecordingContext now, Phase phase) {
    return !now.states().isEmpty() && now.states().getLast().phase() == phase;
  }

  /** Waits for the next event of a kind; the first one if it is there already. */
  public <E extends ChatEvent> E event(Class<E> kind) throws InterruptedException {
    return event(kind, 0);
  }

  public <E extends ChatEvent> E event(Class<E> kind, int index) throws InterruptedException {
    assertThat(context.await(now -> events(kind).size() > index, PATIENCE))
        .as("%s among %s", kind.getSimpleName(), context.events())
        .isTrue();
    return events(kind).get(index);
  }

  public <E extends ChatEvent> List<E> events(Class<E> kind) {
    return context.events().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public CompletionStage<Outcome> begin(Action action) {
    return adapter.perform(outgoing(action));
  }

  public static Outgoing outgoing(Action action) {
    return new Outgoing("token-" + TOKENS.incrementAndGet(), action, 1, Instant.now());
  }

  public Outcome perform(Action action) throws Exception {
    return begin(action).toCompletableFuture().get(PATIENCE, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    adapter.close();
  }
}
