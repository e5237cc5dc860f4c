package dev.owlery.adapter.xmpp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.xmpp.TestAccount;
import dev.owlery.adapter.xmpp.link.XmppSettings.Tls;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.testkit.xmpp.Prosody;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OtherHostTest {

  private static OtherHost otherHost(Tls tls) {
    return new OtherHost(
        new TestAccount.With("localhost", 5222)
            .tls(tls, 5222, Optional.empty(), Optional.empty())
            .settings());
  }

  /** A server that sends everybody away. */
  private static ServerSocket sendingTo(String elsewhere) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(() -> {
          boolean isOpen = true;
          while (isOpen) {
            try (Socket client = server.accept();
                OutputStream out = client.getOutputStream()) {
              int _ = client.getInputStream().read(new byte[1024]);
              out.write(
                  ("<?xml version='1.0'?><stream:stream xmlns='jabber:client' id='s1' version='1.0'"
                          + " from='localhost'"
                          + " xmlns:stream='http://etherx.jabber.org/streams'><stream:error><see-other-host"
                          + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'>"
                          + elsewhere
                          + "</see-other-host></stream:error></stream:stream>")
                      .getBytes(StandardCharsets.UTF_8));
              out.flush();
              int _ = client.getInputStream().read(new byte[1024]);
            } catch (IOException gone) {
              isOpen = !server.isClosed();
            }
          }
        });
    return server;
  }

  @Test
  void aServerThatSendsUsToAnotherIsFollowed() throws IOException {
    try (Prosody real = Prosody.start()) {
      real.register("owl", TestAccount.PASSWORD);
      try (ServerSocket first = sendingTo("127.0.0.1:" + real.port());
          TestAccount owl =
              new TestAccount.With("127.0.0.1", first.getLocalPort()).rooms().online()) {
        assertThat(owl.context.states())
            .anyMatch(state -> state.detail().contains("sends us to 127.0.0.1:" + real.port()));
      }
    }
  }

  @Test
  void whereWeWouldSpeakInClearWeDoNotGo() throws IOException {
    try (ServerSocket first = sendingTo("elsewhere.example");
        TestAccount owl = new TestAccount.With("127.0.0.1", first.getLocalPort()).rooms().start()) {
      owl.await("a line", any -> owl.state().detail().contains("we do not go without TLS"));
      assertThat(owl.context.states()).noneMatch(state -> state.phase() == Phase.ONLINE);
    }
  }

  @Test
  void placesAreReadAsServersWriteThem() {
    OtherHost other = otherHost(Tls.REQUIRED);
    assertThat(other.sentTo("b.example")).contains("b.example:5222");
    assertThat(other.take()).contains(new OtherHost.RedirectTarget("b.example", 5222));
    assertThat(other.take()).isEmpty();
    String _ = other.sentTo("b.example:5269");
    assertThat(other.take()).contains(new OtherHost.RedirectTarget("b.example", 5269));
    String _ = other.sentTo("[2001:db8::1]:5222");
    assertThat(other.take()).contains(new OtherHost.RedirectTarget("2001:db8::1", 5222));
  }

  @Test
  void nonsenseIsNotFollowed() {
    OtherHost other = otherHost(Tls.REQUIRED);
    for (String bad : new String[] {"", "a b", "user@b.example", "b.example/x", "b.example:0"}) {
      assertThat(other.sentTo(bad)).as(bad).contains("makes no sense");
      assertThat(other.take()).isEmpty();
    }
  }

  @Test
  void aCircleOfServersIsNotFollowedForEver() {
    OtherHost other = otherHost(Tls.REQUIRED);
    for (int i = 0; i < 3; i++) {
      String _ = other.sentTo("b.example");
      assertThat(other.take()).isPresent();
    }
    assertThat(other.sentTo("b.example")).contains("from host to host");
    assertThat(other.take()).isEmpty();
  }
}
