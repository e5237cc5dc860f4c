package dev.owlery.core.command;

import dev.owlery.api.command.CommandException;
import dev.owlery.api.command.Commands.Decision;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.core.permission.Audit;
import dev.owlery.core.permission.Permissions;
import java.time.InstantSource;
import java.util.Optional;
import org.incendo.cloud.exception.NoPermissionException;
import org.incendo.cloud.permission.Permission;

/**
 * Runs one command: reads the line, decides, calls the plugin, says what it returns.
 *
 * @param declarations where the command is declared
 * @param message what called
 * @param line begins with a word of the declarations
 * @param selfName what the bot is called in the conversation
 * @param station what all calls share
 */
record Execution(
    Declarations declarations, MessagePosted message, String line, String selfName, Station station)
    implements Invocation.Body {

  /** The framework's effort grows with the square of a line's length. */
  private static final int LONGEST = 32 << 10;

  private static final String TOO_LONG = "That line is too long for me.";

  /**
   * What all calls share.
   *
   * @param settings the limits
   * @param permissions who may do what
   * @param clock the bot's
   * @param leftovers what waits for {@code more}
   */
  record Station(
      CommandSettings settings, Permissions permissions, InstantSource clock, Leftovers leftovers) {

    Rules rules() {
      return new Rules(permissions);
    }
  }

  @Override
  public void run(CallHost host) throws Throwable {
    Replies replies =
        new Replies(
            host, station.settings(), station.leftovers(), message.where(), message.sender());
    Dialogue dialogue =
        new Dialogue(
            replies, host, message, selfName, station.settings().askTimeout(), station.clock());
    RunningCall call = new RunningCall(message, line, station.permissions(), replies, dialogue);
    Optional<MethodCall> method = read(call, replies);
    if (method.isPresent()) {
      call(method.get(), host, replies);
    }
  }

  /** The boundary for what the framework throws; what is the plugin's own fault goes on. */
  private Optional<MethodCall> read(RunningCall call, Replies replies) throws Throwable {
    if (line.length() > LONGEST) {
      replies.sayAnyway(TOO_LONG);
      return Optional.empty();
    }
    try {
      MethodCall method = declarations.read(call, line);
      noteIfAdministrative(method.permission());
      return Optional.of(method);
    } catch (NoPermissionException e) {
      replies.sayAnyway(refuse(meant(e.permissionResult().permission())));
    } catch (StackOverflowError e) {
      // The framework's expression for quoted text recurses for every character.
      replies.sayAnyway(TOO_LONG);
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      replies.sayAnyway(Complaint.about(e, usage()).orElseThrow(() -> e));
    }
    return Optional.empty();
  }

  private void call(MethodCall method, CallHost host, Replies replies) throws Throwable {
    try {
      new Result(replies, host).say(method.invoke());
      replies.finish();
    } catch (Throwable e) {
      CommandException forUser = Complaint.commandException(e).orElseThrow(() -> e);
      replies.discard();
      replies.sayAnyway(Complaint.line(forUser));
    }
  }

  /**
   * The framework may refuse before it has found the command; then it names what any command of the
   * plugin takes.
   */
  private Permission meant(Permission refused) {
    return declarations
        .needs(line)
        .filter(
            needs -> !station.rules().decide(message.sender(), message.where(), needs).permitted())
        .orElse(refused);
  }

  private String refuse(Permission needed) {
    Decision decision = station.rules().decide(message.sender(), message.where(), needed);
    String permission = Rules.words(needed);
    Audit.refused(message.sender(), message.where(), permission, line, decision.reason());
    return "You may not do that: it takes the permission " + permission + ".";
  }

  private void noteIfAdministrative(Permission needed) {
    if (!station.rules().isOpen(needed)) {
      Decision decision = station.rules().decide(message.sender(), message.where(), needed);
      Audit.permitted(
          message.sender(), message.where(), Rules.words(needed), line, decision.reason());
    }
  }

  private String usage() {
    return Complaint.usage(
        station.settings().prefix(),
        line,
        declarations.commandsOf(line),
        command ->
            station
                .rules()
                .decide(message.sender(), message.where(), declarations.needs(command))
                .permitted());
  }
}
