package dev.owlery.adapter.xmpp;

import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.XmppServer;

class ProsodyTest extends EveryServerTest {
  @Override
  XmppServer startServer() {
    return Prosody.start();
  }
}
