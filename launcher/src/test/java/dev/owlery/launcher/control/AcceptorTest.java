package dev.owlery.launcher.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** That there is another client after whatever went wrong with one. */
final class AcceptorTest {

  private static final Duration PAUSE = Duration.ofMillis(10);

  private final BlockingQueue<Acceptor.ClientSource> next = new LinkedBlockingQueue<>();
  private final BlockingQueue<SocketChannel> served = new LinkedBlockingQueue<>();

  private SocketChannel accept() throws IOException {
    try {
      return next.take().accept();
    } catch (InterruptedException e) {
      throw new ClosedChannelException();
    }
  }

  private SocketChannel end() throws IOException {
    throw new ClosedChannelException();
  }

  @Test
  void tooManyOpenFilesPass() throws Exception {
    try (SocketChannel channel = SocketChannel.open();
        Acceptor acceptor = new Acceptor(this::accept, served::add, PAUSE)) {
      acceptor.start();
      next.add(() -> {
        throw new IOException("Too many open files");
      });
      next.add(() -> channel);
      assertThat(served.poll(30, TimeUnit.SECONDS)).isSameAs(channel);
      next.add(this::end);
    }
  }

  @Test
  void aClientWhoseThreadCannotBeStartedIsCutAndTheNextIsServed() throws Exception {
    try (SocketChannel unlucky = SocketChannel.open();
        SocketChannel channel = SocketChannel.open();
        Acceptor acceptor =
            new Acceptor(
                this::accept,
                client -> {
                  if (client.equals(unlucky)) {
                    throw new OutOfMemoryError("unable to create native thread");
                  }
                  served.add(client);
                },
                PAUSE)) {
      acceptor.start();
      next.add(() -> unlucky);
      next.add(() -> channel);
      assertThat(served.poll(30, TimeUnit.SECONDS)).isSameAs(channel);
      assertThat(unlucky.isOpen()).isFalse();
      next.add(this::end);
    }
  }
}
