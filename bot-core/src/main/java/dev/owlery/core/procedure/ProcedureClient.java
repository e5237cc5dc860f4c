package dev.owlery.core.procedure;

import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.ProcedureException.Reason;
import dev.owlery.api.procedure.ProcedureRequest;
import dev.owlery.api.procedure.Procedures;
import dev.owlery.api.procedure.Value;
import dev.owlery.core.account.Accounts;
import dev.owlery.core.schedule.Timers;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Calls procedures of others through the accounts, with a deadline and a bound on how many at a
 * time. Every method may be called from any thread.
 */
public final class ProcedureClient implements Procedures {

  private static final int MOST = 256;

  private final Accounts accounts;
  private final Timers timers;
  private final Duration patience;
  private final Supplier<List<String>> served;
  private final Semaphore slots = new Semaphore(MOST);

  /**
   * A client.
   *
   * @param accounts who knows the adapters
   * @param timers the time
   * @param patience how long a call may take that says nothing else
   * @param served the names of our own procedures
   */
  public ProcedureClient(
      Accounts accounts, Timers timers, Duration patience, Supplier<List<String>> served) {
    this.accounts = accounts;
    this.timers = timers;
    this.patience = patience;
    this.served = served;
  }

  @Override
  public Value call(String peer, String method, List<?> arguments) {
    List<Value> values = new ArrayList<>(arguments.size());
    for (Object argument : arguments) {
      values.add(Values.of(argument));
    }
    return Peer.parse(peer, accounts).call(this, method, values, patience);
  }

  @Override
  public <T> T proxy(Class<T> type, String peer, String prefix, Duration patience) {
    if (!type.isInterface()) {
      throw new IllegalArgumentException(type.getName() + " is no interface");
    }
    if (!patience.isPositive()) {
      throw new IllegalArgumentException("the patience must be longer than nothing");
    }
    Peer there = Peer.parse(peer, accounts);
    TypedPeer typed =
        TypedPeer.of(
            type,
            peer,
            prefix,
            (method, arguments) -> there.call(this, method, arguments, patience));
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, typed));
  }

  @Override
  public List<String> served() {
    return served.get();
  }

  /**
   * The other side.
   *
   * @param adapter the account that it is reached by
   * @param address its address there
   */
  private record Peer(Adapter adapter, String address) {

    static Peer parse(String written, Accounts accounts) {
      int slash = written.indexOf('/');
      if (slash < 1 || slash == written.length() - 1) {
        throw new IllegalArgumentException(
            "a peer is written ACCOUNT/ADDRESS, not \"" + written + "\"");
      }
      AccountId account = new AccountId(written.substring(0, slash));
      return new Peer(accounts.adapter(account), written.substring(slash + 1));
    }

    Value call(ProcedureClient client, String method, List<Value> values, Duration patience) {
      return client.send(adapter, new ProcedureRequest(address, method, values, patience));
    }
  }

  private Value send(Adapter adapter, ProcedureRequest request) {
    if (!slots.tryAcquire()) {
      throw unavailable(MOST + " calls wait for their answers already");
    }
    Runnable deadline = () -> {};
    try {
      CompletableFuture<Value> answer = adapter.call(request).toCompletableFuture().copy();
      deadline =
          timers.schedule(
              request.patience(),
              () -> answer.completeExceptionally(unavailable("there was no answer in time")));
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("the wait for the answer was interrupted");
    } catch (ExecutionException e) {
      throw told(e);
    } finally {
      deadline.run();
      slots.release();
    }
  }

  private static ProcedureException told(ExecutionException e) {
    ProcedureException told =
        e.getCause() instanceof ProcedureException fault
            ? new ProcedureException(
                fault.reason(), fault.code(), String.valueOf(fault.getMessage()))
            : unavailable("the account failed: " + e.getCause());
    var _ = told.initCause(e.getCause());
    return told;
  }

  private static ProcedureException unavailable(String why) {
    return new ProcedureException(Reason.UNAVAILABLE, 0, why);
  }
}
