package dev.owlery.adapter.xmpp.rpc;

import dev.owlery.adapter.xmpp.text.XmppErrorText;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.ProcedureException.Reason;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException.XMPPErrorException;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/**
 * How the reasons why a procedure gave no result are told, and what others tell: as errors of
 * XEP-0009 section 5, or as faults with the codes that XML-RPC programs agree on.
 */
final class RpcErrors {
  private static final int NO_SUCH_METHOD = -32601;
  private static final int BAD_ARGUMENTS = -32602;
  private static final int INTERNAL = -32603;

  private RpcErrors() {}

  /** Whether a reason is told as an error rather than as a fault. */
  static boolean isError(Reason reason) {
    return switch (reason) {
      case FORBIDDEN, UNKNOWN, UNAVAILABLE -> true;
      case FAULT, BAD_ARGUMENTS, BAD_ANSWER -> false;
    };
  }

  static StanzaError error(ProcedureException why) {
    Condition condition =
        switch (why.reason()) {
          case FORBIDDEN -> Condition.forbidden;
          case UNKNOWN -> Condition.item_not_found;
          case UNAVAILABLE -> Condition.resource_constraint;
          case FAULT, BAD_ARGUMENTS, BAD_ANSWER -> Condition.undefined_condition;
        };
    return StanzaError.from(condition, XmppErrorText.line(String.valueOf(why.getMessage())))
        .build();
  }

  static StanzaError malformed(XmlRpcException why) {
    return StanzaError.from(
            Condition.bad_request, XmppErrorText.line(String.valueOf(why.getMessage())))
        .build();
  }

  static XmlRpcMessage.RpcFault fault(ProcedureException why) {
    int code =
        switch (why.reason()) {
          case BAD_ARGUMENTS -> BAD_ARGUMENTS;
          case BAD_ANSWER -> INTERNAL;
          case FAULT, FORBIDDEN, UNKNOWN, UNAVAILABLE -> why.code();
        };
    return new XmlRpcMessage.RpcFault(code, printable(String.valueOf(why.getMessage())));
  }

  static XmlRpcMessage.RpcFault unwritable(XmlRpcException why) {
    return new XmlRpcMessage.RpcFault(
        INTERNAL, "the result cannot be written: " + why.getMessage());
  }

  /** A plugin may put anything into a fault's text, and it must arrive. */
  private static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .limit(2_000)
        .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
        .filter(c -> Character.getType(c) != Character.SURROGATE && c != 0xfffe && c != 0xffff)
        .forEach(printable::appendCodePoint);
    return printable.toString();
  }

  static ProcedureException told(XmlRpcMessage.RpcFault fault) {
    Reason reason =
        switch (fault.code()) {
          case NO_SUCH_METHOD -> Reason.UNKNOWN;
          case BAD_ARGUMENTS -> Reason.BAD_ARGUMENTS;
          default -> Reason.FAULT;
        };
    return new ProcedureException(reason, fault.code(), fault.text());
  }

  /** Why a request came to nothing. */
  static ProcedureException told(Throwable trouble) {
    return switch (trouble) {
      case ProcedureException known -> known;
      case XMPPErrorException refused -> told(refused.getStanzaError());
      case SmackException.NoResponseException _ -> unavailable("there was no answer in time");
      case XmlRpcException unreadable ->
          new ProcedureException(
              Reason.BAD_ANSWER, 0, "the answer is no XML-RPC: " + unreadable.getMessage());
      default -> unavailable(XmppErrorText.trouble(trouble));
    };
  }

  static ProcedureException unavailable(String why) {
    return new ProcedureException(Reason.UNAVAILABLE, 0, why);
  }

  private static ProcedureException told(StanzaError error) {
    Reason reason =
        switch (error.getCondition()) {
          case forbidden, not_authorized, not_allowed, registration_required -> Reason.FORBIDDEN;
          case item_not_found, feature_not_implemented -> Reason.UNKNOWN;
          case bad_request, not_acceptable, jid_malformed -> Reason.BAD_ARGUMENTS;
          case undefined_condition, internal_server_error -> Reason.FAULT;
          default -> Reason.UNAVAILABLE;
        };
    return new ProcedureException(reason, 0, XmppErrorText.error(error));
  }
}
