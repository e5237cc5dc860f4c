package dev.owlery.testkit;

import dev.owlery.api.procedure.ProcedureCall;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.ProcedureException.Reason;
import dev.owlery.api.procedure.ProcedureRequest;
import dev.owlery.api.procedure.Value;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Programs on a {@link FakeNetwork} that serve procedures and call those of the bot. Every method
 * may be called from any thread.
 */
public final class FakeProcedures {

  private static final Value NO_ANSWER = new Value.Text("never sent");

  private final FakeNetwork network;
  private final Map<String, Function<List<Value>, Value>> served = new ConcurrentHashMap<>();

  FakeProcedures(FakeNetwork network) {
    this.network = network;
  }

  /**
   * Lets a program serve a procedure.
   *
   * @param peer the program's address
   * @param method the procedure
   * @param body makes the answer of the arguments; a {@link ProcedureException} is the answer too
   * @return these
   */
  public FakeProcedures serve(String peer, String method, Function<List<Value>, Value> body) {
    served.put(peer + " " + method, body);
    return this;
  }

  /**
   * Lets a program take calls of a procedure and never answer.
   *
   * @param peer the program's address
   * @param method the procedure
   * @return these
   */
  public FakeProcedures neverAnswer(String peer, String method) {
    return serve(peer, method, arguments -> NO_ANSWER);
  }

  /**
   * Calls a procedure of the bot.
   *
   * @param caller the caller's address, as the network vouches for it
   * @param method which procedure
   * @param arguments in order
   * @return completes as the bot answers
   */
  public CompletionStage<Value> begin(String caller, String method, Value... arguments) {
    ProcedureCall call = new ProcedureCall(network.account(), caller, method, List.of(arguments));
    return network
        .connected()
        .map(bot -> bot.serve(call))
        .orElseGet(() -> failed(Reason.UNAVAILABLE, "the bot is not there"));
  }

  /**
   * Calls a procedure of the bot and waits for its answer.
   *
   * @param caller the caller's address, as the network vouches for it
   * @param method which procedure
   * @param arguments in order
   * @return the answer
   * @throws ProcedureException if the bot answers so
   */
  public Value call(String caller, String method, Value... arguments) {
    try {
      return begin(caller, method, arguments)
          .toCompletableFuture()
          .get(BotScenario.DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProcedureException told) {
        throw told;
      }
      throw new AssertionError("the call failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (TimeoutException e) {
      throw new AssertionError(method + " is not answered", e);
    }
  }

  CompletionStage<Value> answer(ProcedureRequest request) {
    Function<List<Value>, Value> body = served.get(request.peer() + " " + request.method());
    if (body == null) {
      return failed(Reason.UNKNOWN, "there is no such procedure");
    }
    try {
      Value answer = body.apply(request.arguments());
      return answer.equals(NO_ANSWER)
          ? new CompletableFuture<>()
          : CompletableFuture.completedStage(answer);
    } catch (ProcedureException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static CompletionStage<Value> failed(Reason reason, String text) {
    return CompletableFuture.failedStage(new ProcedureException(reason, 0, text));
  }
}
