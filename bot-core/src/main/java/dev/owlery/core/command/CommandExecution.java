package dev.owlery.core.command;

import dev.owlery.api.action.EndCall;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.Answers;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.command.Commands.Decision;
import dev.owlery.api.command.Form;
import dev.owlery.core.permission.Audit;
import dev.owlery.core.permission.Permissions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.incendo.cloud.exception.NoPermissionException;
import org.incendo.cloud.permission.Permission;

/**
 * Runs one command: reads the line, decides, calls the plugin, says what it returns.
 *
 * @param declarations where the command is declared
 * @param calling who called, and how
 * @param line begins with a word of the declarations
 * @param selfName what the bot is called in the conversation
 * @param refusal what to tell somebody who may not
 * @param station what all calls share
 */
record CommandExecution(
    CommandDeclarations declarations,
    CallOrigin calling,
    String line,
    String selfName,
    Refusal refusal,
    CommandEnvironment station)
    implements RoutedCall.CallBody {

  /** The framework's effort grows with the square of a line's length. */
  static final int LONGEST = 32 << 10;

  private static final String TOO_LONG = "That line is too long for me.";

  /**
   * What all calls share.
   *
   * @param settings the limits
   * @param permissions who may do what
   * @param clock the bot's
   * @param leftovers what waits for {@code more}
   */
  record CommandEnvironment(
      CommandSettings settings, Permissions permissions, InstantSource clock, Pager leftovers) {

    PermissionCheck rules() {
      return new PermissionCheck(permissions);
    }
  }

  /** What to tell somebody who may not call a command. */
  interface Refusal {
    String of(Member member, Conversation where, Permission needed);
  }

  @Override
  public void run(CallContext host) throws Throwable {
    Replies replies = new Replies(host, station.settings(), station.leftovers(), calling);
    ActiveCall call =
        new ActiveCall(calling, line, station.permissions(), replies, questions(host, replies));
    Optional<BoundMethod> method = read(call, host, replies);
    if (method.isPresent()) {
      call(method.get(), host, replies);
    }
  }

  private Function<Form, Answers> questions(CallContext host, Replies replies) {
    AnswerWaiter asking =
        new AnswerWaiter(host, calling, station.settings().askTimeout(), station.clock());
    Dialogue words = new Dialogue(replies, asking, selfName);
    return switch (calling.manner()) {
      case WORDS -> words::ask;
      case WORDS_OR_FORMS -> new FormDialogue(replies, host, asking, words, true)::ask;
      case FORMS -> new FormDialogue(replies, host, asking, words, false)::ask;
    };
  }

  /** The boundary for what the framework throws; what is the plugin's own fault goes on. */
  private Optional<BoundMethod> read(ActiveCall call, CallContext host, Replies replies)
      throws Throwable {
    if (line.length() > LONGEST) {
      host.fails(EndCall.Failure.MISUNDERSTOOD);
      replies.sayAnyway(TOO_LONG);
      return Optional.empty();
    }
    try {
      BoundMethod method = declarations.read(call, CommandLine.of(line));
      noteIfAdministrative(method.permission());
      return Optional.of(method);
    } catch (NoPermissionException e) {
      host.fails(EndCall.Failure.FAILED);
      replies.sayAnyway(refuse(meant(e.permissionResult().permission())));
    } catch (StackOverflowError e) {
      // The framework's own readers do not recurse, but a plugin's may.
      host.fails(EndCall.Failure.MISUNDERSTOOD);
      replies.sayAnyway(TOO_LONG);
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      String complaint = UserErrors.of(e, usage()).orElseThrow(() -> e);
      host.fails(EndCall.Failure.MISUNDERSTOOD);
      replies.sayAnyway(complaint);
    }
    return Optional.empty();
  }

  private void call(BoundMethod method, CallContext host, Replies replies) throws Throwable {
    try {
      new CommandResult(replies, host).say(method.invoke());
      replies.finish();
    } catch (Throwable e) {
      CommandException forUser = UserErrors.commandException(e).orElseThrow(() -> e);
      replies.discard();
      host.fails(EndCall.Failure.FAILED);
      replies.sayAnyway(UserErrors.line(forUser));
    }
  }

  /**
   * The framework may refuse before it has found the command; then it names what any command of the
   * plugin takes.
   */
  private Permission meant(Permission refused) {
    return declarations
        .needs(readable())
        .filter(
            needs -> !station.rules().decide(calling.caller(), calling.where(), needs).permitted())
        .orElse(refused);
  }

  private String refuse(Permission needed) {
    Decision decision = station.rules().decide(calling.caller(), calling.where(), needed);
    Audit.refused(
        calling.caller(), calling.where(), PermissionCheck.words(needed), line, decision.reason());
    return refusal.of(calling.caller(), calling.where(), needed);
  }

  private void noteIfAdministrative(Permission needed) {
    if (!station.rules().isOpen(needed)) {
      Decision decision = station.rules().decide(calling.caller(), calling.where(), needed);
      Audit.permitted(
          calling.caller(),
          calling.where(),
          PermissionCheck.words(needed),
          line,
          decision.reason());
    }
  }

  private String readable() {
    return CommandLine.of(line).readable();
  }

  private String usage() {
    return UserErrors.usage(
        station.settings().prefix(),
        readable(),
        declarations.commandsOf(readable()),
        command ->
            station
                .rules()
                .decide(calling.caller(), calling.where(), declarations.needs(command))
                .permitted());
  }
}
