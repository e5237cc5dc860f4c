package dev.owlery.adapter.xmpp;

import dev.owlery.testkit.xmpp.Ejabberd;
import dev.owlery.testkit.xmpp.XmppServer;

class EjabberdTest extends EveryServerTest {
  @Override
  XmppServer startServer() {
    return Ejabberd.start();
  }
}
