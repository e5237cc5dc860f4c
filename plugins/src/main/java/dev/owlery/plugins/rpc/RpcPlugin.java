package dev.owlery.plugins.rpc;

import dev.owlery.api.command.CommandException;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.Procedures;
import dev.owlery.api.procedure.Value;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Permission;

/**
 * Calls procedures of other bots and programs from chat. Every command takes the permission {@code
 * rpc}. Stateless; may be called from any thread.
 */
public final class RpcPlugin implements Plugin {

  private static final String LIST_METHODS = "system.listMethods";

  private final Procedures procedures;

  @Inject
  RpcPlugin(Procedures procedures) {
    this.procedures = procedures;
  }

  /**
   * Lists what a peer lets us call.
   *
   * @param peer written {@code account/address}
   * @return a line for each
   */
  @Command("rpc list <peer>")
  @Permission("rpc")
  @CommandDescription("Lists what a peer, written ACCOUNT/ADDRESS, lets me call")
  public String list(@Argument("peer") String peer) {
    Value answer = ask(peer, LIST_METHODS, List.of());
    return answer instanceof Value.Row(List<Value> names) && !names.isEmpty()
        ? names.stream().map(Literals::write).collect(Collectors.joining("\n"))
        : Literals.write(answer);
  }

  /**
   * Lists what this bot serves.
   *
   * @return a line for each
   */
  @Command("rpc served")
  @Permission("rpc")
  @CommandDescription("Lists the procedures that I serve to whom the configuration lets call them")
  public String served() {
    List<String> names = procedures.served();
    return names.isEmpty() ? "none" : String.join("\n", names);
  }

  /**
   * Calls a procedure that takes nothing.
   *
   * @param peer written {@code account/address}
   * @param method which
   * @return the answer
   */
  @Command("rpc call <peer> <method>")
  @Permission("rpc")
  @CommandDescription("Calls a procedure that takes nothing")
  public String call(@Argument("peer") String peer, @Argument("method") String method) {
    return Literals.write(ask(peer, method, List.of()));
  }

  /**
   * Calls a procedure.
   *
   * @param peer written {@code account/address}
   * @param method which
   * @param arguments as in JSON, blanks between them; bare words are texts
   * @return the answer
   */
  @Command("rpc call <peer> <method> <arguments>")
  @Permission("rpc")
  @CommandDescription("Calls a procedure; arguments as in JSON, with blanks between them")
  public String call(
      @Argument("peer") String peer,
      @Argument("method") String method,
      @Argument("arguments") @Greedy String arguments) {
    return Literals.write(ask(peer, method, arguments(arguments)));
  }

  private static List<Value> arguments(String line) {
    try {
      return Literals.read(line);
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    }
  }

  private Value ask(String peer, String method, List<Value> arguments) {
    try {
      return procedures.call(peer, method, arguments);
    } catch (ProcedureException e) {
      throw new CommandException(
          switch (e.reason()) {
            case FAULT -> method + " failed: " + e.getMessage() + " (" + e.code() + ")";
            case FORBIDDEN -> "I may not call " + method + " there: " + e.getMessage();
            case UNKNOWN -> "There is no " + method + " there: " + e.getMessage();
            case BAD_ARGUMENTS -> "That does not fit: " + e.getMessage();
            case UNAVAILABLE -> "No answer: " + e.getMessage();
            case BAD_ANSWER -> "I cannot read the answer: " + e.getMessage();
          });
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    }
  }
}
