package dev.owlery.adapter.xmpp.rpc;

import dev.owlery.adapter.xmpp.link.XmppExtension;
import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.ProcedureException.Reason;
import dev.owlery.api.procedure.ProcedureRequest;
import dev.owlery.api.procedure.Value;
import dev.owlery.spi.EngineThreads;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jxmpp.jid.Jid;

/**
 * Procedures over XMPP (XEP-0009), ours and those of others. Ours are announced only if the
 * configuration lets anybody call them; otherwise nobody here answers the namespace.
 *
 * <p>An answer counts only if it comes from whom we asked, under the request's id.
 */
public final class XmppProcedures implements XmppExtension {
  private final AdapterContext context;
  private final AtomicReference<Optional<XmppLink>> link = new AtomicReference<>(Optional.empty());

  public XmppProcedures(AdapterContext context) {
    this.context = context;
    RpcQuery.ensureKnown();
  }

  @Override
  public void attach(XmppLink fresh) {
    link.set(Optional.of(fresh));
    if (context.servesProcedures()) {
      XMPPConnection connection = fresh.connection();
      connection.registerIQRequestHandler(new RpcRequests(context, fresh));
      ServiceDiscoveryManager discovery = ServiceDiscoveryManager.getInstanceFor(connection);
      discovery.addFeature(RpcQuery.NAMESPACE);
      discovery.addIdentity(new DiscoverInfo.Identity("automation", "rpc"));
    }
  }

  @Override
  public Optional<CompletionStage<Value>> call(ProcedureRequest request) {
    return Optional.of(
        link.get()
            .filter(there -> there.connection().isAuthenticated())
            .map(there -> send(request, there.connection()))
            .orElseGet(() -> failed(RpcErrors.unavailable("not connected"))));
  }

  private static CompletionStage<Value> send(ProcedureRequest request, XMPPConnection connection) {
    RpcQuery query;
    try {
      Jid peer = XmppIdentity.address(request.peer());
      query =
          RpcQuery.of(
              XmlRpcWriter.write(new XmlRpcMessage.RpcCall(request.method(), request.arguments())));
      query.setTo(peer);
      query.setType(IQ.Type.set);
    } catch (IllegalArgumentException | XmlRpcException unsendable) {
      return failed(
          new ProcedureException(Reason.BAD_ARGUMENTS, 0, String.valueOf(unsendable.getMessage())));
    }
    CompletableFuture<IQ> answer = new CompletableFuture<>();
    connection
        .sendIqRequestAsync(query, request.patience().toMillis())
        .onSuccess(answer::complete)
        .onError(answer::completeExceptionally);
    return answer.handleAsync(
        XmppProcedures::result, task -> EngineThreads.start("rpc-answer", task));
  }

  private static Value result(IQ answer, Throwable trouble) {
    if (trouble != null) {
      throw new CompletionException(RpcErrors.told(trouble));
    }
    try {
      XmlRpcMessage message =
          answer instanceof RpcQuery query
              ? query.read()
              : new XmlRpcMessage.RpcResponse(
                  Value.NIL); // an empty result: there is nothing to say
      return switch (message) {
        case XmlRpcMessage.RpcResponse(Value value) -> value;
        case XmlRpcMessage.RpcFault fault -> throw new CompletionException(RpcErrors.told(fault));
        case XmlRpcMessage.RpcCall _ -> throw new XmlRpcException("it is a call");
      };
    } catch (XmlRpcException unreadable) {
      throw new CompletionException(RpcErrors.told(unreadable));
    }
  }

  private static CompletionStage<Value> failed(ProcedureException why) {
    return CompletableFuture.failedStage(why);
  }
}
