package dev.owlery.adapter.xmpp;

import dev.owlery.testkit.AdapterContract;
import dev.owlery.testkit.AdapterPeer;
import dev.owlery.testkit.xmpp.Ejabberd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same conversations as on every other network. */
class EjabberdAdapterContractTest extends AdapterContract {
  private static Ejabberd server;

  @BeforeAll
  static void startServer() {
    server = Ejabberd.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  protected AdapterPeer peer() {
    return new XmppPeer(server);
  }
}
