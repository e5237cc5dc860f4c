package dev.owlery.api.procedure;

import java.time.Duration;
import java.util.List;

/**
 * One call of somebody else's procedure.
 *
 * @param peer the network's address of the other side (XMPP: a full address)
 * @param method which procedure
 * @param arguments in order
 * @param patience how long to wait for the answer
 */
public record ProcedureRequest(
    String peer, String method, List<Value> arguments, Duration patience) {

  /** Copies the list, so that the request stays as it is. */
  public ProcedureRequest {
    arguments = List.copyOf(arguments);
  }
}
