package dev.owlery.launcher;

import dev.owlery.testkit.AdapterContract;
import dev.owlery.testkit.AdapterPeer;
import dev.owlery.testkit.irc.InspIrcd;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The IRC adapter as it is shipped (its library relocated), on a real server, which takes a second
 * for each client: so several meet there at once.
 */
@Execution(ExecutionMode.CONCURRENT)
class InspIrcdAdapterContractTest extends AdapterContract {

  private static InspIrcd server;

  @TempDir Path directory;

  @BeforeAll
  static void startServer() {
    server = InspIrcd.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  protected AdapterPeer peer() {
    return new IrcPeer(server, directory);
  }
}
