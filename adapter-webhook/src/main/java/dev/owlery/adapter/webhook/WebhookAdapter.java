package dev.owlery.adapter.webhook;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.PublishItem;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.spi.EngineThreads;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An address of the web as an account: what is published on its topics is posted there, one item
 * after the other, from the outbox. There is nothing to be connected to, so it is always online.
 * The next item is asked for only when the one before has been answered, so that none overtakes one
 * that has to be posted again.
 */
final class WebhookAdapter implements Adapter {

  private final WebhookSettings settings;
  private final AdapterContext context;
  private final HttpClient http;
  private final WebhookOutbound outbound;
  private final ExecutorService posting;

  /** How many posts the adapter was given that have not come to their end. */
  private final AtomicInteger given = new AtomicInteger();

  private volatile Runnable more = () -> {};

  WebhookAdapter(WebhookSettings settings, AdapterContext context) {
    this.settings = settings;
    this.context = context;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(settings.patience())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.outbound = new WebhookOutbound(settings, context.clock(), http);
    this.posting =
        Executors.newSingleThreadExecutor(EngineThreads.named("webhook-" + context.account()));
  }

  @Override
  public void start() {
    context.report(new AccountState(Phase.ONLINE, "posts what is published"));
  }

  @Override
  public Member self() {
    return Member.self(context.account().name());
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.PUBLISH);
  }

  @Override
  public Set<String> topics() {
    return Set.copyOf(settings.topics());
  }

  @Override
  public Conversation locate(String room) {
    throw new IllegalArgumentException("a webhook has no rooms; its settings name its topics");
  }

  @Override
  public List<Action> divide(Action action) {
    return List.of(action);
  }

  @Override
  public CompletionStage<Outcome> perform(Outgoing outgoing) {
    if (!(outgoing.action() instanceof PublishItem publish)) {
      return CompletableFuture.completedStage(
          new Outcome.Settled(new Receipt.Unsupported("a webhook gets what is published")));
    }
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    given.incrementAndGet();
    try {
      posting.execute(() -> post(publish, outgoing.token(), outcome));
    } catch (RejectedExecutionException closed) {
      given.decrementAndGet();
      return CompletableFuture.completedStage(new Outcome.NotSent(Duration.ZERO, "the bot stops"));
    }
    return outcome;
  }

  private void post(PublishItem publish, String id, CompletableFuture<Outcome> outcome) {
    Outcome known = new Outcome.Doubtful("the adapter failed");
    try {
      known = outbound.post(publish, id);
    } finally {
      outcome.complete(known);
      // Behind the outcome: who hears it knows then whether the next item may leave.
      given.decrementAndGet();
      more.run();
    }
  }

  @Override
  public int demand() {
    return given.get() == 0 ? 1 : 0;
  }

  @Override
  public void onDemand(Runnable waiting) {
    more = waiting;
  }

  /** It is posted again under the same id: whoever got it before can tell. */
  @Override
  public CompletionStage<Outcome> lookUp(Outgoing outgoing) {
    return CompletableFuture.completedStage(
        new Outcome.NotSent(Duration.ZERO, "to be posted under the same id"));
  }

  @Override
  public void close() {
    http.shutdownNow();
    posting.shutdown();
    context.report(new AccountState(Phase.CLOSED, "closed"));
  }
}
