package dev.owlery.adapter.irc;

import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcServer;

class InspIrcdTest extends EveryServerTest {
  @Override
  IrcServer startServer() {
    return InspIrcd.start();
  }
}
