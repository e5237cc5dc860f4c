package dev.owlery.api.procedure;

import dev.owlery.api.chat.AccountId;
import java.util.List;

/**
 * One call of a procedure of ours by somebody else.
 *
 * @param account the account that the call came by
 * @param caller the caller's address as the network vouches for it (XMPP: the full address), never
 *     what the call itself claims
 * @param method which procedure
 * @param arguments in order
 */
public record ProcedureCall(
    AccountId account, String caller, String method, List<Value> arguments) {

  /** Copies the list, so that the call stays as it is. */
  public ProcedureCall {
    arguments = List.copyOf(arguments);
  }
}
