package dev.owlery.adapter.xmpp.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.xmpp.link.XmppIdentity;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jivesoftware.smackx.bytestreams.socks5.packet.Bytestream.StreamHost;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.Jid;

class DirectHostTest {
  private static final Jid OWN = XmppIdentity.address("owl@localhost/owlery");

  private static String shown(DirectHost host) {
    StreamHost place = host.shownAs(OWN);
    return place.getJID() + " " + place.getAddress() + " " + place.getPort();
  }

  @Test
  void others_are_told_where_it_listens() throws IOException {
    DirectHost host = new DirectHost("127.0.0.1:0", Optional.empty());
    try (DirectHost.AwaitedConnection _ = host.await("digest")) {
      assertThat(shown(host)).matches(OWN + " 127\\.0\\.0\\.1 [1-9][0-9]*");
    }
  }

  @Test
  void others_are_told_the_address_by_which_they_reach_it() throws IOException {
    DirectHost host = new DirectHost("127.0.0.1:0", Optional.of("203.0.113.9:7777"));
    try (DirectHost.AwaitedConnection _ = host.await("digest")) {
      assertThat(shown(host)).isEqualTo(OWN + " 203.0.113.9 7777");
    }
  }

  @Test
  void a_port_that_accepts_nobody_is_not_asked_again_at_once() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch twice = new CountDownLatch(2);
    DirectHost.Listeners exhausted =
        () ->
            new ServerSocket() {
              @Override
              public Socket accept() throws IOException {
                asked.incrementAndGet();
                twice.countDown();
                throw new IOException("Too many open files");
              }
            };
    Duration pause = Duration.ofSeconds(1);
    DirectHost host = new DirectHost("127.0.0.1:0", Optional.empty(), exhausted, pause);
    long begun = System.nanoTime();
    try (DirectHost.AwaitedConnection _ = host.await("digest")) {
      assertThat(twice.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(pause.dividedBy(2));
      assertThat(asked.get()).isLessThan(20);
    }
  }
}
