package dev.owlery.core.lane;

import dev.owlery.api.action.EndCall;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.plugin.Handled;
import dev.owlery.core.journal.Journal.InboxEntry;
import dev.owlery.core.plugin.PluginWatchdog;
import dev.owlery.core.work.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event on its way through its lane: filters, handlers, command, commit. Driven by one thread
 * at a time; a slow handler is overtaken, which leaves its thread behind with what it does, and
 * lets another thread go on with the rest.
 */
final class EventTask {

  private static final Logger log = LoggerFactory.getLogger(EventTask.class);

  private final Lane lane;
  private final LaneServices steps;
  private final InboxEntry entry;
  private final List<UnitOfWork> finished = new ArrayList<>(2);
  private List<Handlers.RegisteredHandler<?>> handlers = List.of();
  private int next;
  private boolean started;
  private boolean stopped;
  private @Nullable CommandTask command;
  private volatile @Nullable HandlerCall currentCall;

  EventTask(Lane lane, LaneServices steps, InboxEntry entry) {
    this.lane = lane;
    this.steps = steps;
    this.entry = entry;
  }

  /**
   * Runs what is left of this event; returns whether the calling thread still drives the lane. What
   * fails here outside of plugins' code spoils this event alone.
   */
  boolean run() {
    try {
      return resume();
    } catch (RuntimeException | Error fault) {
      abort(fault);
      if (command == null) {
        lane.done();
      }
      return true;
    }
  }

  /** What was to be written of this event cannot be: it is done without effect. */
  void abort(Throwable fault) {
    String event = entry.event().getClass().getSimpleName();
    steps.incidents().report("the engine failed on " + event + " " + entry.number(), fault);
    steps.committer().commit(Optional.of(entry.number()), List.of());
    lane.attempts().finished(entry.number());
  }

  private boolean resume() {
    if (command != null) {
      command.overtaken();
      return true;
    }
    if (!started) {
      started = true;
      stopped = !steps.filters().admits(entry.event());
      handlers = stopped ? List.of() : steps.handlers().of(entry.event());
    }
    while (next < handlers.size() && !stopped) {
      if (!handle(handlers.get(next++))) {
        return false;
      }
    }
    if (!stopped) {
      command = CommandTask.of(this, lane, steps, entry, finished);
      if (command != null) {
        return command.run();
      }
    }
    CommandTask.end(entry.event(), Optional.of(EndCall.Failure.FAILED)).ifPresent(finished::add);
    steps.committer().commit(Optional.of(entry.number()), finished);
    lane.attempts().finished(entry.number());
    lane.done();
    return true;
  }

  /** Makes a call the one that patience is measured for. */
  void currentCall(@Nullable HandlerCall run) {
    currentCall = run;
    lane.current(this);
  }

  /** Called by the watch: if a handler has run for too long, takes the lane from its thread. */
  boolean overtakeIfLasting(long patience, long now) {
    HandlerCall run = currentCall;
    if (run == null || !run.overtakeIfLasting(patience, now)) {
      return false;
    }
    log.warn(
        "plugin {} takes too long in {}: the conversation goes on without it",
        run.plugin(),
        entry.event().where());
    failed(run);
    return true;
  }

  void failed(HandlerCall run) {
    if (run.failed()) {
      steps.watcher().paused(run.plugin());
    }
  }

  private boolean handle(Handlers.RegisteredHandler<?> handler) {
    PluginGate gate = handler.gate();
    if (!gate.enter()) {
      return true;
    }
    UnitOfWork unit =
        new UnitOfWork(
            ReplyPriority.of(entry.event()),
            new QuotationGuard(entry.event(), steps.accounts())::of);
    HandlerCall run = new HandlerCall(gate, handler.failures(), steps.timers().clock().millis());
    currentCall = run;
    Object answer = null;
    boolean good = false;
    try {
      lane.attempts().before(entry, gate.plugin(), handler.method());
      try (PluginWatchdog.WatchedCall _ = gate.watch(handler.method())) {
        answer = call(handler, unit);
      }
      good = true;
    } catch (Throwable fault) {
      steps
          .incidents()
          .report(
              "plugin " + gate.plugin() + " failed on " + entry.event().getClass().getSimpleName(),
              fault);
      unit.clear();
    } finally {
      gate.leave();
    }
    if (!run.finish()) {
      if (good) {
        commitLate(gate.plugin(), unit);
      }
      return false;
    }
    currentCall = null;
    if (good) {
      run.succeeded();
      finished.add(unit);
      stopped = answer == Handled.STOP;
    } else {
      failed(run);
    }
    return true;
  }

  private void commitLate(String plugin, UnitOfWork unit) {
    try {
      steps.committer().commit(Optional.empty(), List.of(unit));
    } catch (RuntimeException | Error fault) {
      steps.incidents().report("what plugin " + plugin + " did late is lost", fault);
    }
  }

  private Object call(Handlers.RegisteredHandler<?> handler, UnitOfWork unit) throws Throwable {
    ChatEvent event = entry.event();
    return ScopedValue.<UnitOfWork>where(UnitOfWork.CURRENT, unit)
        .where(PluginGate.INSIDE, handler.gate())
        .<Object, Throwable>call(() -> handler.call(event));
  }
}
