package dev.owlery.adapter.irc;

import dev.owlery.testkit.irc.IrcServer;
import dev.owlery.testkit.irc.Ngircd;

class NgircdTest extends EveryServerTest {
  @Override
  IrcServer startServer() {
    return Ngircd.start();
  }
}
