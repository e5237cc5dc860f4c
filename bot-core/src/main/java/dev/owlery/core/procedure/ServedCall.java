package dev.owlery.core.procedure;

import dev.owlery.api.procedure.ProcedureCall;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.ProcedureException.Reason;
import dev.owlery.api.procedure.Value;
import dev.owlery.core.lane.Incidents;
import dev.owlery.core.work.Committer;
import dev.owlery.core.work.UnitOfWork;
import dev.owlery.spi.EngineThreads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of a plugin's procedure, on a virtual thread of its own. It is settled once: by what the
 * procedure returns or throws, or by whoever gives it up. What it did takes effect only in the
 * first case.
 */
final class ServedCall implements Runnable {

  /** The call that the current thread runs: who unloads their own plugin is not waited for. */
  static final ScopedValue<ServedCall> CURRENT = ScopedValue.newInstance();

  private static final Logger log = LoggerFactory.getLogger(ServedCall.class);
  private static final int FAILED = 500;

  /** Neither the journal's thread nor a timer's waits for whoever takes the answer. */
  private static final Executor ANSWERS = task -> EngineThreads.start("procedure-answer", task);

  private final ServedProcedure procedure;
  private final ProcedureCall call;
  private final Committer committer;
  private final Incidents incidents;
  private final CompletableFuture<Value> answer = new CompletableFuture<>();
  private final AtomicBoolean settled = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private final Runnable afterwards;

  /**
   * A call that has not begun.
   *
   * @param afterwards run when the procedure's code has been left
   */
  ServedCall(
      ServedProcedure procedure,
      ProcedureCall call,
      Committer committer,
      Incidents incidents,
      Consumer<ServedCall> afterwards) {
    this.procedure = procedure;
    this.call = call;
    this.committer = committer;
    this.incidents = incidents;
    this.afterwards = () -> afterwards.accept(this);
    this.thread = Thread.ofVirtual().name("procedure-" + procedure.method().name()).unstarted(this);
  }

  ServedProcedure procedure() {
    return procedure;
  }

  CompletableFuture<Value> answer() {
    return answer;
  }

  void start() {
    thread.start();
  }

  /** The boundary to the plugin's code: whatever it throws becomes the caller's answer. */
  @Override
  public void run() {
    UnitOfWork unit = new UnitOfWork();
    try {
      Value value =
          ScopedValue.<UnitOfWork>where(UnitOfWork.CURRENT, unit)
              .where(CURRENT, this)
              .<Value, Throwable>call(() -> procedure.call(call));
      if (settled.compareAndSet(false, true)) {
        committer.commit(
            Optional.empty(), List.of(unit), () -> ANSWERS.execute(() -> answer.complete(value)));
      }
    } catch (ProcedureException told) {
      unit.clear();
      fail(told);
    } catch (Throwable fault) {
      unit.clear();
      failed(fault);
    } finally {
      afterwards.run();
      ended.countDown();
    }
  }

  private void failed(Throwable fault) {
    if (settled.get()) {
      log.debug("a call of {} ended after it was given up", procedure.method().name(), fault);
      return;
    }
    String what = "plugin " + procedure.plugin() + " failed in " + procedure.method().name();
    String incident = incidents.report(what, fault);
    fail(
        new ProcedureException(
            FAILED, procedure.method().name() + " failed (incident " + incident + ")"));
  }

  private void fail(ProcedureException why) {
    if (settled.compareAndSet(false, true)) {
      answer.completeExceptionally(why);
    }
  }

  /** The caller has waited long enough, be it for the plugin or for the disk. */
  void expire() {
    String text = procedure.method().name() + " takes too long";
    if (giveUp(text)) {
      log.warn(
          "plugin {} takes too long in {}: its caller was told so",
          procedure.plugin(),
          procedure.method().name());
    } else {
      answer.completeExceptionally(unavailable(text));
    }
  }

  /** Answers in place of the procedure and interrupts it; false if it had answered before. */
  boolean giveUp(String why) {
    if (!settled.compareAndSet(false, true)) {
      return false;
    }
    answer.completeExceptionally(unavailable(why));
    thread.interrupt();
    return true;
  }

  private static ProcedureException unavailable(String why) {
    return new ProcedureException(Reason.UNAVAILABLE, 0, why);
  }

  /** Waits until the procedure's code has been left; false if it is not in time. */
  boolean awaitEnd(Duration patience) throws InterruptedException {
    return ended.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }
}
