package dev.owlery.core.procedure;

import dev.owlery.api.procedure.ProcedureCall;
import dev.owlery.api.procedure.Value;

/**
 * A procedure of a plugin.
 *
 * @param plugin the plugin's id
 * @param method what it takes and returns
 * @param body calls it
 */
record ServedProcedure(String plugin, ProcedureMethod method, ProcedureBody body) {

  Value call(ProcedureCall call) throws Throwable {
    return method.result(body.call(method.arguments(call)));
  }
}
