package dev.owlery.adapter.irc;

import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcServer;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Several at once: each has a server of its own, which takes a second for each client. */
@Execution(ExecutionMode.CONCURRENT)
class InspIrcdTest extends EveryServerTest {
  @Override
  IrcServer startServer() {
    return InspIrcd.start();
  }
}
