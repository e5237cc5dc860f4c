package dev.owlery.adapter.xmpp.wire;

import java.util.function.Consumer;
import org.jivesoftware.smack.ConnectionListener;

/**
 * What ends a connection, as Smack tells it.
 *
 * @param otherHost is told where the server sends us
 * @param reason is told why, in one line
 */
public record ConnectionEnding(OtherHost otherHost, Consumer<String> reason)
    implements ConnectionListener {

  @Override
  public void connectionClosedOnError(Exception trouble) {
    reason.accept(
        otherHost.sentBy(trouble).orElseGet(() -> ConnectionErrors.explain(trouble, "the server")));
  }

  @Override
  public void connectionClosed() {
    reason.accept("the server closed the connection");
  }
}
