package dev.owlery.core.lane;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Ask;
import dev.owlery.api.action.EndCall;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.Form;
import dev.owlery.api.command.TypedText;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.CommandCalled;
import dev.owlery.api.event.FormAnswered;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.core.command.CallContext;
import dev.owlery.core.command.RoutedCall;
import dev.owlery.core.journal.Journal.InboxEntry;
import dev.owlery.core.log.LogText;
import dev.owlery.core.plugin.PluginWatchdog;
import dev.owlery.core.work.UnitOfWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The command that an event calls, as the last step of its turn. The event is marked as done
 * together with the first thing that the command commits; if the handlers before it did nothing and
 * the command outlasts its patience, the mark stays with the command, so that a crash runs it
 * again.
 */
final class CommandTask implements CallContext {

  private static final int NAME_SHOWN = 40;

  private final EventTask turn;
  private final Lane lane;
  private final LaneServices steps;
  private final InboxEntry entry;
  private final ChatEvent call;
  private final Member caller;
  private final RoutedCall invocation;
  private final PluginGate gate;
  private final UnitOfWork unit;
  private final List<UnitOfWork> before;
  private final Tone tone;

  private HandlerCall run;
  private Optional<Long> event;
  private boolean reserved = true;
  private Optional<EndCall.Failure> trouble = Optional.empty();

  private CommandTask(
      EventTask turn,
      Lane lane,
      LaneServices steps,
      InboxEntry entry,
      Member caller,
      RoutedCall invocation,
      List<UnitOfWork> before) {
    this.turn = turn;
    this.lane = lane;
    this.steps = steps;
    this.entry = entry;
    this.call = entry.event();
    this.caller = caller;
    this.invocation = invocation;
    this.before = before;
    this.unit =
        new UnitOfWork(ReplyPriority.of(call), new QuotationGuard(call, steps.accounts())::of);
    this.tone = isUnasked(call, invocation) ? Tone.AUTOMATIC : Tone.NORMAL;
    this.gate = steps.handlers().gate(invocation.plugin());
    this.event = Optional.of(entry.number());
    this.run = new HandlerCall(gate, gate.commandFailures(), steps.timers().clock().millis());
  }

  /** The command that an event calls; null if it calls none, or must not be run. */
  static @Nullable CommandTask of(
      EventTask turn, Lane lane, LaneServices steps, InboxEntry entry, List<UnitOfWork> before) {
    Adapter adapter;
    Optional<RoutedCall> invocation;
    Member caller;
    switch (entry.event()) {
      case MessagePosted message -> {
        adapter = steps.accounts().adapter(message.where().account());
        caller = message.sender();
        invocation =
            steps.commands().match(message, adapter.self().displayName(), adapter.capabilities());
      }
      case CommandCalled called -> {
        adapter = steps.accounts().adapter(called.where().account());
        caller = called.caller();
        invocation = steps.commands().match(called, adapter.self().displayName());
      }
      case FormAnswered answered -> {
        caller = answered.who();
        invocation = Optional.of(steps.commands().late(answered));
      }
      default -> {
        return null;
      }
    }
    if (invocation.isEmpty()) {
      return null;
    }
    if (isUnasked(entry.event(), invocation.get())) {
      return steps.filters().hint(entry.event().where(), caller)
          ? new CommandTask(turn, lane, steps, entry, caller, invocation.get(), before)
          : null;
    }
    return switch (steps.filters().command(entry.event().where(), caller)) {
      case RUN -> new CommandTask(turn, lane, steps, entry, caller, invocation.get(), before);
      case WARN -> {
        if (steps.filters().hint(entry.event().where(), caller)) {
          before.add(warning(entry.event(), caller));
        }
        yield null;
      }
      case IGNORE -> null;
    };
  }

  /**
   * A hint to what somebody has said; what is typed as a command by the network's way wants one.
   */
  private static boolean isUnasked(ChatEvent event, RoutedCall invocation) {
    return invocation.kind() == RoutedCall.CallKind.HINT && event instanceof MessagePosted;
  }

  private static UnitOfWork warning(ChatEvent event, Member caller) {
    UnitOfWork warning = new UnitOfWork();
    warning.add(
        say(
            event,
            Tone.AUTOMATIC,
            Content.of(
                caller.displayName()
                    + ": that was a lot of commands; I listen to you again in a minute")));
    return warning;
  }

  private static Say say(ChatEvent event, Tone tone, Content content) {
    return new Say(event.where(), content, tone, Optional.empty());
  }

  /** What ends a call that its network has to close; empty for other events. */
  static Optional<UnitOfWork> end(ChatEvent event, Optional<EndCall.Failure> trouble) {
    return switch (event) {
      case CommandCalled _, FormAnswered _ -> {
        UnitOfWork unit = new UnitOfWork();
        unit.add(new EndCall(event.where(), event.origin().key(), trouble));
        yield Optional.of(unit);
      }
      default -> Optional.empty();
    };
  }

  /** Runs the command; returns whether the calling thread still drives the lane. */
  boolean run() {
    if (gate.enter()) {
      turn.currentCall(run);
      try {
        mark();
        call();
        run.succeeded();
      } catch (Throwable fault) {
        reportIncident(fault);
      } finally {
        gate.leave();
      }
    } else {
      reply(Content.of("That command is paused."));
      fails(EndCall.Failure.FAILED);
    }
    boolean drives = run.finish();
    if (drives) {
      turn.currentCall(null);
    }
    try {
      commit(end(call, trouble));
    } catch (RuntimeException | Error fault) {
      turn.abort(fault);
    } finally {
      release();
    }
    return drives;
  }

  private void call() throws Throwable {
    try (PluginWatchdog.WatchedCall _ = gate.watch(method())) {
      ScopedValue.<UnitOfWork>where(UnitOfWork.CURRENT, unit)
          .where(PluginGate.INSIDE, gate)
          .<Object, Throwable>call(() -> {
            invocation.run(this);
            return this;
          });
    }
  }

  private void mark() {
    lane.attempts().before(entry, gate.plugin(), method());
  }

  /** The command's name, of what somebody wrote. */
  private String method() {
    String line = TypedText.strip(invocation.input());
    int end = Math.min(TypedText.wordEnd(line, 0), NAME_SHOWN);
    return "command " + LogText.encode(line.substring(0, end));
  }

  /**
   * Called by the thread that goes on with the lane: what the handlers did does not wait for the
   * command.
   */
  synchronized void overtaken() {
    if (event.isPresent() && !before.stream().allMatch(UnitOfWork::isEmpty)) {
      try {
        steps.committer().commit(event, before);
      } catch (RuntimeException | Error fault) {
        turn.abort(fault);
      }
      event.ifPresent(lane.attempts()::finished);
      event = Optional.empty();
      release();
    }
  }

  @Override
  public void reply(Content content) {
    GuardedReply guard =
        new GuardedReply(
            call.where(), caller, invocation.input(), true, this::divide, this::members);
    guard.of(content).forEach(part -> unit.add(say(call, tone, part)));
  }

  private List<Member> members() {
    return steps.accounts().adapter(call.where().account()).members(call.where());
  }

  @Override
  public void show(String question, Form form) {
    unit.add(new Ask(call.where(), caller, question, form));
  }

  @Override
  public void fails(EndCall.Failure why) {
    trouble = Optional.of(why);
  }

  @Override
  public void discard() {
    unit.clear();
  }

  @Override
  public List<Content> divide(Content content) {
    List<Content> parts = new ArrayList<>();
    for (Action part :
        steps.accounts().adapter(call.where().account()).divide(new Say(call.where(), content))) {
      parts.add(part instanceof Say say ? say.content() : content);
    }
    return parts;
  }

  @Override
  public void commit() {
    commit(Optional.empty());
  }

  private synchronized void commit(Optional<UnitOfWork> last) {
    List<UnitOfWork> units = new ArrayList<>(event.isPresent() ? before : List.of());
    units.add(unit);
    last.ifPresent(units::add);
    steps.committer().commit(event, units);
    event.ifPresent(lane.attempts()::finished);
    event = Optional.empty();
  }

  @Override
  public Optional<ChatEvent> await(ExpectedAnswer awaited, Duration patience)
      throws InterruptedException {
    PendingQuestion question = PendingQuestion.to(caller.handle(), awaited);
    lane.ask(question);
    commit();
    boolean drove = run.release();
    release();
    if (drove) {
      lane.startDriver();
    }
    Runnable timeout = steps.timers().schedule(patience, () -> lane.withdraw(question));
    gate.waiting(Thread.currentThread());
    try {
      return question.await().map(this::resumeWith);
    } catch (InterruptedException e) {
      lane.withdraw(question);
      question.now().ifPresent(this::resumeWith);
      throw e;
    } finally {
      gate.waitingEnded(Thread.currentThread());
      timeout.run();
    }
  }

  /** Takes the lane back, with the answer as the event of what follows. */
  private synchronized ChatEvent resumeWith(InboxEntry answer) {
    event = Optional.of(answer.number());
    before.clear();
    reserved = true;
    run = new HandlerCall(gate, gate.commandFailures(), steps.timers().clock().millis());
    turn.currentCall(run);
    return answer.event();
  }

  private synchronized void release() {
    if (reserved) {
      reserved = false;
      lane.done();
    }
  }

  private void reportIncident(Throwable fault) {
    String id = steps.incidents().report("a command of plugin " + gate.plugin() + " failed", fault);
    discard();
    reply(Content.of("Sorry, something went wrong here (incident " + id + ")."));
    fails(EndCall.Failure.FAILED);
    turn.failed(run);
  }
}
