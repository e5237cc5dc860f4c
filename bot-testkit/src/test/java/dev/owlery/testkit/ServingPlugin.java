package dev.owlery.testkit;

import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.plugin.Store;
import dev.owlery.api.procedure.Procedure;
import dev.owlery.api.procedure.ProcedureCall;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.Procedures;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Permission;

/** Serves procedures of all sorts and calls those of others. */
public final class ServingPlugin implements Plugin {

  /** A peer's procedures. */
  interface Sums {
    int add(int a, int b);

    @Procedure("other.name")
    List<String> names(Map<String, Boolean> of);

    default int twice(int a) {
      return add(a, a);
    }
  }

  private final Bot bot;
  private final Store store;
  private final Procedures procedures;
  private final CountDownLatch never = new CountDownLatch(1);

  @Inject
  ServingPlugin(Bot bot, Store store, Procedures procedures) {
    this.bot = bot;
    this.store = store;
    this.procedures = procedures;
  }

  /** Adds. */
  @Procedure("math.add")
  public int add(int a, int b) {
    return a + b;
  }

  /** Says who calls, and remembers it. */
  @Procedure("talk.say")
  public void say(ProcedureCall call, String text) {
    bot.say(bot.locate("here/#dev"), call.caller() + ": " + text);
    store.put("last", text);
    if (text.equals("no")) {
      throw new ProcedureException(7, "I do not say that");
    }
  }

  /** What was said last. */
  @Procedure("talk.last")
  public String last() {
    return store.get("last").orElse("nothing");
  }

  /** Has a fault. */
  @Procedure("broken")
  public int broken() {
    bot.say(bot.locate("here/#dev"), "never said");
    return List.<Integer>of().getFirst();
  }

  /** Never ends by itself. */
  @Procedure("stuck")
  public int stuck() throws InterruptedException {
    bot.say(bot.locate("here/#dev"), "never said");
    never.await();
    return 0;
  }

  /** Asks somebody else. */
  @Command("ask <peer> <a>")
  @Permission("view")
  public String ask(@Argument("peer") String peer, @Argument("a") int a) {
    Sums sums = procedures.proxy(Sums.class, peer, "sums", Duration.ofSeconds(3));
    try {
      return sums.twice(a) + " " + sums.names(Map.of("owl", true)) + " " + procedures.served();
    } catch (ProcedureException e) {
      return e.reason() + ": " + e.getMessage();
    }
  }

  /** Asks without an interface. */
  @Command("call <peer> <method>")
  @Permission("view")
  public String call(@Argument("peer") String peer, @Argument("method") String method) {
    try {
      return procedures.call(peer, method, List.of(1, "two", List.of(3.5))).toString();
    } catch (ProcedureException | IllegalArgumentException e) {
      return e.toString();
    }
  }
}
