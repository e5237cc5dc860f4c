package dev.owlery.launcher.control;

import dev.owlery.spi.SupervisedThread;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes clients on a thread of its own, one after another, until it is closed: what goes wrong with
 * one, such as that there are too many open files, passes.
 */
final class Acceptor implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Acceptor.class);

  /** Where clients come from. */
  @FunctionalInterface
  interface ClientSource {

    /** Waits for the next one. */
    SocketChannel accept() throws IOException;
  }

  private final ClientSource source;
  private final Consumer<SocketChannel> client;
  private final Duration pause;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final SupervisedThread thread = new SupervisedThread("control", this::accept);

  /**
   * Takes nobody before {@link #start}.
   *
   * @param source where clients come from
   * @param client starts to serve one; closes the channel in the end, unless it throws
   * @param pause how long to wait after a fault
   */
  Acceptor(ClientSource source, Consumer<SocketChannel> client, Duration pause) {
    this.source = source;
    this.client = client;
    this.pause = pause;
  }

  void start() {
    thread.start();
  }

  private void accept() throws InterruptedException {
    while (closed.getCount() > 0) {
      try {
        serve(source.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        log.warn("the control socket cannot take a client; it tries again: {}", e.toString());
        boolean _ = closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  private void serve(SocketChannel channel) throws IOException {
    boolean served = false;
    try {
      client.accept(channel);
      served = true;
    } finally {
      if (!served) {
        channel.close();
      }
    }
  }

  /** Takes nobody any more. Whoever has opened the source closes it then. */
  @Override
  public void close() {
    closed.countDown();
    thread.stop();
  }
}
