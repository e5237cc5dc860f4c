package dev.owlery.adapter.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.adapter.xmpp.link.XmppSettings.Tls;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.settings.SettingException;
import dev.owlery.testkit.net.ScratchDirectory;
import dev.owlery.testkit.net.TestCertificates;
import dev.owlery.testkit.xmpp.Prosody;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TlsTest {
  private ScratchDirectory scratch;
  private TestCertificates authority;

  @BeforeEach
  void makeAuthority() {
    scratch = ScratchDirectory.create("tls");
    authority = new TestCertificates(scratch.path());
  }

  @AfterEach
  void deleteFiles() {
    scratch.close();
  }

  private TestAccount.With account(Prosody server, Tls how, Optional<String> pin) {
    return new TestAccount.With(server)
        .rooms()
        .tls(
            how,
            how == Tls.DIRECT ? server.tlsPort() : server.port(),
            pin,
            Optional.of(authority.authority()));
  }

  private void assertOnline(TestCertificates.CertificateWithKey shown, Optional<String> pin) {
    try (Prosody server = Prosody.startWithCertificate(shown)) {
      server.register("owl", TestAccount.PASSWORD);
      for (Tls how : new Tls[] {Tls.REQUIRED, Tls.DIRECT}) {
        try (TestAccount owl = account(server, how, pin).online()) {
          assertThat(owl.state().phase()).isEqualTo(Phase.ONLINE);
        }
      }
    }
  }

  private void assertRefused(
      TestCertificates.CertificateWithKey shown, Optional<String> pin, String why) {
    try (Prosody server = Prosody.startWithCertificate(shown)) {
      server.register("owl", TestAccount.PASSWORD);
      for (Tls how : new Tls[] {Tls.REQUIRED, Tls.DIRECT}) {
        try (TestAccount owl = account(server, how, pin).start()) {
          owl.await(
              "a refusal with " + how,
              any -> owl.state().detail().toLowerCase(Locale.ROOT).contains(why));
          assertThat(owl.context.states()).noneMatch(state -> state.phase() == Phase.ONLINE);
        }
      }
    }
  }

  @Test
  void aTrustedCertificateForTheDomainIsAccepted() {
    assertOnline(authority.server("good", "DNS:localhost"), Optional.empty());
  }

  @Test
  void aTrustedCertificateForAnotherDomainIsRefused() {
    assertRefused(authority.server("other", "DNS:example.org"), Optional.empty(), "localhost");
  }

  @Test
  void aSelfSignedCertificateIsRefused() {
    assertRefused(
        authority.selfSigned("self", "DNS:localhost"),
        Optional.empty(),
        "not signed by an authority");
  }

  @Test
  void aPinnedCertificateIsAcceptedWhoeverSignedIt() {
    TestCertificates.CertificateWithKey self = authority.selfSigned("self", "DNS:example.org");
    String colons = self.sha256().toUpperCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1:");
    assertOnline(self, Optional.of(colons));
  }

  @Test
  void anotherThanThePinnedCertificateIsRefusedEvenIfItIsTrusted() {
    TestCertificates.CertificateWithKey pinned = authority.server("pinned", "DNS:localhost");
    TestCertificates.CertificateWithKey shown = authority.server("shown", "DNS:localhost");
    assertRefused(shown, Optional.of(pinned.sha256()), "fingerprint");
  }

  @Test
  void aServerWithoutTlsGetsNoPassword() {
    try (Prosody server = Prosody.start(Prosody.Option.NO_TLS)) {
      server.register("owl", TestAccount.PASSWORD);
      try (TestAccount owl =
          new TestAccount.With(server)
              .tls(Tls.REQUIRED, server.port(), Optional.empty(), Optional.empty())
              .start()) {
        owl.await(
            "a refusal",
            any -> owl.state().detail().toLowerCase(Locale.ROOT).contains("offers no tls"));
        assertThat(owl.context.states()).noneMatch(state -> state.phase() == Phase.ONLINE);
      }
    }
  }

  @Test
  void withoutTlsOnlyThisMachineIsAllowed() {
    assertThatThrownBy(() -> new TestAccount.With("xmpp.example.org", 5222).settings())
        .isInstanceOfSatisfying(
            SettingException.class, fault -> assertThat(fault.key()).isEqualTo("tls"));
    assertThat(new TestAccount.With("127.0.0.1", 5222).settings().port()).isEqualTo(5222);
  }

  @Test
  void aWrongPasswordIsNotTriedAgain() {
    try (Prosody server = Prosody.start()) {
      server.register("owl", TestAccount.PASSWORD);
      try (TestAccount owl = new TestAccount.With(server).password("canary").start()) {
        owl.await("a failure", any -> owl.state().phase() == Phase.FAILED);
        assertThat(owl.state().detail()).contains("not-authorized").doesNotContain("canary");
      }
    }
  }

  @Test
  void aMissingAuthorityFileIsSaidClearly() {
    try (Prosody server = Prosody.start();
        TestAccount owl =
            new TestAccount.With(server)
                .tls(
                    Tls.REQUIRED,
                    server.port(),
                    Optional.empty(),
                    Optional.of(Path.of("no-such-file.pem")))
                .start()) {
      owl.await("a line", any -> owl.state().detail().contains("no-such-file.pem"));
    }
  }
}
