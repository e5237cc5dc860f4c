package dev.owlery.adapter.xmpp;

import dev.owlery.testkit.AdapterContract;
import dev.owlery.testkit.AdapterPeer;
import dev.owlery.testkit.xmpp.Prosody;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same conversations as on every other network. */
class ProsodyAdapterContractTest extends AdapterContract {
  private static Prosody server;

  @BeforeAll
  static void startServer() {
    server = Prosody.start();
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
