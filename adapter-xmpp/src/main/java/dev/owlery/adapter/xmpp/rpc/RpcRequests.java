package dev.owlery.adapter.xmpp.rpc;

import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.procedure.ProcedureCall;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.Value;
import dev.owlery.spi.EngineThreads;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.jivesoftware.smack.SmackException.NotConnectedException;
import org.jivesoftware.smack.iqrequest.AbstractIqRequestHandler;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes calls of our procedures from one connection. Each is read and answered on a thread of its
 * own, off the thread that reads the stream; so many at a time, and more are refused.
 */
final class RpcRequests extends AbstractIqRequestHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RpcRequests.class);
  private static final int MOST = 64;

  private final AdapterContext context;
  private final XmppLink link;
  private final Semaphore slots = new Semaphore(MOST);

  RpcRequests(AdapterContext context, XmppLink link) {
    super(RpcQuery.ELEMENT, RpcQuery.NAMESPACE, IQ.Type.set, Mode.sync);
    this.context = context;
    this.link = link;
  }

  @Override
  public @Nullable IQ handleIQRequest(IQ request) {
    if (!(request instanceof RpcQuery query)) {
      return IQ.createErrorResponse(request, StanzaError.Condition.bad_request);
    }
    if (!slots.tryAcquire()) {
      return IQ.createErrorResponse(request, StanzaError.Condition.resource_constraint);
    }
    boolean isStarted = false;
    try {
      EngineThreads.start("rpc-call", () -> serve(query));
      isStarted = true;
    } finally {
      if (!isStarted) {
        slots.release();
      }
    }
    return null;
  }

  /** Whatever is thrown, the slot is free again and the caller has an answer. */
  private void serve(RpcQuery query) {
    boolean isServed = false;
    try {
      isServed = serve(query, call(query));
    } catch (XmlRpcException malformed) {
      send(IQ.createErrorResponse(query, RpcErrors.malformed(malformed)));
      isServed = true;
      slots.release();
    } finally {
      if (!isServed) {
        slots.release();
        send(
            IQ.createErrorResponse(
                query,
                StanzaError.getBuilder(StanzaError.Condition.internal_server_error).build()));
      }
    }
  }

  private boolean serve(RpcQuery query, XmlRpcMessage.RpcCall call) {
    var _ =
        context
            .serve(
                new ProcedureCall(
                    context.account(), caller(query), call.method(), call.arguments()))
            .whenComplete((value, fault) -> {
              slots.release();
              send(answer(query, value, fault));
            });
    return true;
  }

  private static XmlRpcMessage.RpcCall call(RpcQuery query) throws XmlRpcException {
    if (query.read() instanceof XmlRpcMessage.RpcCall call) {
      return call;
    }
    throw new XmlRpcException("it is no call");
  }

  /** The server sets the sender; only what comes from our own account may have none. */
  private String caller(IQ query) {
    return Optional.ofNullable(query.getFrom())
        .map(Object::toString)
        .orElseGet(() -> link.identity().own().toString());
  }

  private static IQ answer(RpcQuery query, @Nullable Value value, @Nullable Throwable fault) {
    if (value != null) {
      try {
        return result(query, new XmlRpcMessage.RpcResponse(value));
      } catch (XmlRpcException unwritable) {
        return fault(query, RpcErrors.unwritable(unwritable));
      }
    }
    ProcedureException why = RpcErrors.told(unwrapped(fault));
    return RpcErrors.isError(why.reason())
        ? IQ.createErrorResponse(query, RpcErrors.error(why))
        : fault(query, RpcErrors.fault(why));
  }

  private static Throwable unwrapped(@Nullable Throwable fault) {
    if (fault == null) {
      return new IllegalStateException("there is no result");
    }
    return fault instanceof CompletionException && fault.getCause() != null
        ? fault.getCause()
        : fault;
  }

  private static IQ fault(RpcQuery query, XmlRpcMessage.RpcFault fault) {
    try {
      return result(query, fault);
    } catch (XmlRpcException unwritable) {
      throw new IllegalStateException("a fault's text was not cleaned", unwritable);
    }
  }

  private static IQ result(RpcQuery query, XmlRpcMessage message) throws XmlRpcException {
    RpcQuery answer = RpcQuery.of(XmlRpcWriter.write(message));
    answer.setType(IQ.Type.result);
    answer.setStanzaId(query.getStanzaId());
    answer.setTo(query.getFrom());
    return answer;
  }

  private void send(IQ answer) {
    try {
      link.connection().sendStanza(answer);
    } catch (NotConnectedException gone) {
      LOG.debug("an answer was not sent: not connected");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
