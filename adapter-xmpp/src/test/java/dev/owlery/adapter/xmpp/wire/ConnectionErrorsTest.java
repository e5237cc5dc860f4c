package dev.owlery.adapter.xmpp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.xmpp.TestAccount;
import dev.owlery.adapter.xmpp.link.XmppSettings.Tls;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.testkit.net.ScratchDirectory;
import dev.owlery.testkit.net.TestCertificates;
import dev.owlery.testkit.xmpp.Prosody;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What keeps an account from coming online is said in plain words, with the next step. */
class ConnectionErrorsTest {

  private static void assertSaid(TestAccount.With account, String... words) {
    try (TestAccount owl = account.rooms().start()) {
      owl.await(
          String.join(", ", words),
          any -> {
            String detail = owl.state().detail();
            for (String word : words) {
              if (!detail.contains(word)) {
                return false;
              }
            }
            return true;
          });
      assertThat(owl.state().detail()).doesNotContain("java.", "Exception", "org.jivesoftware");
      assertThat(owl.context.states()).noneMatch(state -> state.phase() == Phase.ONLINE);
    }
  }

  private static TestAccount.With tls(String host, int port, Tls how) {
    return new TestAccount.With(host, port).tls(how, port, Optional.empty(), Optional.empty());
  }

  @Test
  void nobodyListens() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertSaid(new TestAccount.With("127.0.0.1", port), "127.0.0.1:" + port, "refused");
    assertSaid(tls("127.0.0.1", port, Tls.DIRECT), "127.0.0.1:" + port, "refused");
  }

  @Test
  void theDomainIsUnknown() {
    assertSaid(
        tls("no-such-host.invalid", 5222, Tls.REQUIRED),
        "no-such-host.invalid",
        "no server is known");
  }

  @Test
  void theServerTakesConnectionsAndSaysNothing() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertSaid(new TestAccount.With("127.0.0.1", mute.getLocalPort()), "does not answer");
    }
  }

  @Test
  void tlsMeetsAPlainPortAndPlainMeetsTls() {
    try (Prosody server = Prosody.start()) {
      server.register("owl", TestAccount.PASSWORD);
      assertSaid(tls(server.host(), server.port(), Tls.DIRECT), "does not speak TLS on this port");
      assertSaid(tls(server.host(), server.tlsPort(), Tls.REQUIRED), "does it want TLS");
    }
  }

  @Test
  void aCertificateOfAnOwnAuthorityIsToldWithTheFingerprintToPin() {
    try (ScratchDirectory scratch = ScratchDirectory.create("trouble")) {
      TestCertificates.CertificateWithKey self =
          new TestCertificates(scratch.path()).selfSigned("self", "DNS:localhost");
      try (Prosody server = Prosody.startWithCertificate(self)) {
        server.register("owl", TestAccount.PASSWORD);
        for (Tls how : new Tls[] {Tls.REQUIRED, Tls.DIRECT}) {
          int port = how == Tls.DIRECT ? server.tlsPort() : server.port();
          assertSaid(
              tls(server.host(), port, how),
              "not signed by an authority",
              "fingerprint = \"" + self.sha256() + "\"");
        }
      }
    }
  }

  @Test
  void theServerServesAnotherDomain() {
    try (Prosody server = Prosody.start()) {
      assertSaid(
          new TestAccount.With(server).jid("owl@elsewhere.example"), "does not serve", "`jid`");
    }
  }

  @Test
  void anotherClientTakesTheSameResource() {
    try (Prosody server = Prosody.start()) {
      server.register("owl", TestAccount.PASSWORD);
      try (TestAccount first = new TestAccount.With(server).rooms().online();
          TestAccount second = new TestAccount.With(server).rooms().start()) {
        first.await(
            "a conflict",
            any ->
                first.context.states().stream()
                    .anyMatch(each ->
                        each.detail().contains("same resource (conflict)")
                            && each.detail().contains("`resource` of its own")));
        assertThat(second.context.states()).isNotEmpty();
      }
    }
  }

  @Test
  void theLoginIsRefused() {
    assertThat(ConnectionErrors.login("not-authorized"))
        .contains("not-authorized", "`jid` and `password`");
    assertThat(ConnectionErrors.login("account-disabled")).contains("administrator");
    assertThat(ConnectionErrors.login("encryption-required")).contains("tls = required");
  }
}
