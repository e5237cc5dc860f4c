package dev.owlery.adapter.xmpp.rpc;

import dev.owlery.adapter.xmpp.wire.GuardedParser;
import dev.owlery.api.procedure.Value;
import java.util.List;

/** A document of XML-RPC. */
public sealed interface XmlRpcMessage {

  /** How deep values may be nested: what is deeper does not come through {@link GuardedParser}. */
  int DEEPEST = 19;

  /** How long a document may be that we read, in characters. */
  int LONGEST = 256 << 10;

  /** How long one may be that we write, in bytes: servers end a connection that sends more. */
  int LONGEST_WRITTEN = 252 << 10;

  /**
   * A {@code methodCall}.
   *
   * @param method which procedure
   * @param arguments in order
   */
  record RpcCall(String method, List<Value> arguments) implements XmlRpcMessage {
    public RpcCall {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * A {@code methodResponse} with a result.
   *
   * @param result what the procedure returned; nil if there is no parameter
   */
  record RpcResponse(Value result) implements XmlRpcMessage {}

  /**
   * A {@code methodResponse} with a fault.
   *
   * @param code the faultCode
   * @param text the faultString
   */
  record RpcFault(int code, String text) implements XmlRpcMessage {}
}
