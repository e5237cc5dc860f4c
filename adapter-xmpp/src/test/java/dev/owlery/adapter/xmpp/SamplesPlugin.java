package dev.owlery.adapter.xmpp;

import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.procedure.Procedure;
import dev.owlery.api.procedure.ProcedureCall;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.Procedures;
import dev.owlery.api.procedure.Value;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Procedures for tests, and a call of somebody else's. */
public final class SamplesPlugin implements Plugin {

  /** What travels between two bots. */
  record Owl(String name, Optional<Integer> age, List<Owl> young) {}

  /** The same plugin, elsewhere. */
  interface Samples {
    int add(int a, int b);

    Owl older(Owl owl);

    String caller();

    void fail(String why);
  }

  private final Procedures procedures;
  private final CountDownLatch never = new CountDownLatch(1);

  @Inject
  SamplesPlugin(Procedures procedures) {
    this.procedures = procedures;
  }

  /** Adds. */
  @Procedure("samples.add")
  public int add(int a, int b) {
    return a + b;
  }

  /** Gives back what it got. */
  @Procedure("samples.echo")
  public Value echo(Value value) {
    return value;
  }

  /** Makes an owl a year older. */
  @Procedure("samples.older")
  public Owl older(Owl owl) {
    return new Owl(owl.name(), owl.age().map(age -> age + 1), owl.young());
  }

  /** Who calls. */
  @Procedure("samples.caller")
  public String caller(ProcedureCall call) {
    return call.caller();
  }

  /** Fails as it is told. */
  @Procedure("samples.fail")
  public void fail(String why) {
    throw new ProcedureException(7, why);
  }

  /** Says what XML cannot carry. */
  @Procedure("samples.bell")
  public String bell() {
    return "\u0007";
  }

  /** Never ends by itself. */
  @Procedure("samples.stuck")
  public void stuck() throws InterruptedException {
    never.await();
  }

  /** Asks the same of another bot, by a typed interface. */
  @Procedure("samples.relay")
  public List<String> relay(String peer) {
    Samples there = procedures.proxy(Samples.class, peer, "samples", Duration.ofSeconds(5));
    Owl owl = there.older(new Owl("Strix", Optional.of(3), List.of()));
    String failure;
    try {
      there.fail("as told");
      failure = "none";
    } catch (ProcedureException e) {
      failure = e.reason() + " " + e.code() + " " + e.getMessage();
    }
    return List.of(there.add(2, 3) + "", owl.toString(), there.caller(), failure);
  }
}
