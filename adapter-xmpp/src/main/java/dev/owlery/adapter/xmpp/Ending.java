package dev.owlery.adapter.xmpp;

import java.util.function.Consumer;
import org.jivesoftware.smack.ConnectionListener;

/**
 * What ends a connection, as Smack tells it.
 *
 * @param reason is told why, in one line
 */
record Ending(Consumer<String> reason) implements ConnectionListener {

  @Override
  public void connectionClosedOnError(Exception trouble) {
    reason.accept(Shown.trouble(trouble));
  }

  @Override
  public void connectionClosed() {
    reason.accept("the server closed the connection");
  }
}
