package dev.owlery.core.procedure;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.procedure.ProcedureCall;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.ProcedureException.Reason;
import dev.owlery.api.procedure.Value;
import dev.owlery.core.lane.Incidents;
import dev.owlery.core.permission.Audit;
import dev.owlery.core.schedule.Timers;
import dev.owlery.core.work.Committer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Serves the procedures of all plugins to those whom the access list names, with a bound on how
 * many at a time. Every method may be called from any thread.
 */
public final class ProcedureServer {

  /** What every server of procedures has: the names of those that the caller may call. */
  public static final String LIST_METHODS = "system.listMethods";

  private static final Duration REMOVAL = Duration.ofSeconds(5);

  private final ProcedureSettings settings;
  private final AccessList access;
  private final CallSlots slots;
  private final Committer committer;
  private final Incidents incidents;
  private final Timers timers;
  private final Map<String, ServedProcedure> procedures = new ConcurrentHashMap<>();
  private final Set<ServedCall> running = ConcurrentHashMap.newKeySet();

  /**
   * A server without procedures.
   *
   * @param settings who may call, and how many at a time
   * @param committer where what they do is committed
   * @param incidents where plugins' faults are reported
   * @param timers the time
   */
  public ProcedureServer(
      ProcedureSettings settings, Committer committer, Incidents incidents, Timers timers) {
    this.settings = settings;
    this.access = new AccessList(settings.allow());
    this.slots = new CallSlots(settings.parallel(), settings.perCaller());
    this.committer = committer;
    this.incidents = incidents;
    this.timers = timers;
  }

  /**
   * Adds a procedure.
   *
   * @param plugin whose
   * @param method what it takes and returns
   * @param body calls it
   * @throws IllegalArgumentException if the name is taken; the text names both owners
   */
  public void add(String plugin, ProcedureMethod method, ProcedureBody body) {
    ServedProcedure other =
        procedures.putIfAbsent(method.name(), new ServedProcedure(plugin, method, body));
    if (other != null) {
      throw new IllegalArgumentException(
          "the procedure "
              + method.name()
              + " of plugin "
              + plugin
              + " is already one of plugin "
              + other.plugin());
    }
  }

  /**
   * Removes a plugin's procedures, gives up its calls, and waits until nobody runs its code.
   *
   * @param plugin the plugin's id
   * @return whether nobody runs it any more
   */
  public boolean remove(String plugin) {
    procedures.values().removeIf(procedure -> procedure.plugin().equals(plugin));
    List<ServedCall> theirs = new ArrayList<>();
    for (ServedCall call : running) {
      boolean own = ServedCall.CURRENT.isBound() && ServedCall.CURRENT.get() == call;
      if (call.procedure().plugin().equals(plugin) && !own) {
        theirs.add(call);
        call.giveUp("the plugin was unloaded");
      }
    }
    long deadline = System.nanoTime() + REMOVAL.toNanos();
    try {
      for (ServedCall call : theirs) {
        if (!call.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * All procedures, whoever may call them.
   *
   * @return their names, sorted
   */
  public List<String> names() {
    return procedures.keySet().stream().sorted().toList();
  }

  /**
   * Whether the access list names anybody on an account.
   *
   * @param account the account
   * @return as {@link dev.owlery.api.adapter.AdapterContext#servesProcedures}
   */
  public boolean serves(AccountId account) {
    return access.serves(account);
  }

  /**
   * Serves a call, if its caller is on the access list.
   *
   * @param call who calls what
   * @return as {@link dev.owlery.api.adapter.AdapterContext#serve}
   */
  public CompletionStage<Value> serve(ProcedureCall call) {
    boolean lists = call.method().equals(LIST_METHODS);
    if (lists
        ? !access.knows(call.account(), call.caller())
        : !access.permits(call.account(), call.caller(), call.method())) {
      Audit.refused(call, "procedures.allow does not name it");
      return failed(Reason.FORBIDDEN, "you may not call that");
    }
    Audit.permitted(call, "procedures.allow names it");
    if (lists) {
      return CompletableFuture.completedStage(list(call));
    }
    ServedProcedure procedure = procedures.get(call.method());
    return procedure == null
        ? failed(Reason.UNKNOWN, "there is no such procedure")
        : begin(procedure, call);
  }

  private Value list(ProcedureCall call) {
    return new Value.Row(
        Stream.concat(names().stream(), Stream.of(LIST_METHODS))
            .filter(name ->
                name.equals(LIST_METHODS) || access.permits(call.account(), call.caller(), name))
            .<Value>map(Value.Text::new)
            .toList());
  }

  private CompletionStage<Value> begin(ServedProcedure procedure, ProcedureCall call) {
    String caller = who(call);
    if (!slots.take(caller)) {
      return failed(Reason.UNAVAILABLE, "there are too many calls at once");
    }
    ServedCall served =
        new ServedCall(
            procedure,
            call,
            committer,
            incidents,
            ended -> {
              running.remove(ended);
              slots.free(caller);
            });
    running.add(served);
    Runnable patience = timers.schedule(settings.patience(), served::expire);
    var _ = served.answer().whenComplete((value, fault) -> patience.run());
    if (!procedure.equals(procedures.get(call.method()))) {
      boolean _ = served.giveUp("the plugin was unloaded");
    }
    served.start();
    return served.answer();
  }

  /** One person's programs share a limit: an address up to its resource. */
  private static String who(ProcedureCall call) {
    String caller = call.caller();
    int slash = caller.indexOf('/');
    return call.account() + "/" + (slash < 0 ? caller : caller.substring(0, slash));
  }

  private static CompletionStage<Value> failed(Reason reason, String text) {
    return CompletableFuture.failedStage(new ProcedureException(reason, 0, text));
  }
}
