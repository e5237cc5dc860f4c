package dev.owlery.adapter.irc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.settings.SettingException;
import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.net.ScratchDirectory;
import dev.owlery.testkit.net.TestCertificates;
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

  private void assertOnline(TestCertificates.CertificateWithKey shown, Optional<String> pin) {
    try (InspIrcd server = InspIrcd.startWithCertificate(shown);
        TestAccount owl = account(server, pin).online()) {
      assertThat(owl.state().phase()).isEqualTo(Phase.ONLINE);
    }
  }

  private void assertRefused(
      TestCertificates.CertificateWithKey shown, Optional<String> pin, String why) {
    try (InspIrcd server = InspIrcd.startWithCertificate(shown);
        TestAccount owl = account(server, pin).password("canary").start()) {
      // Not the first refusal: the server may open its TLS port a moment after the other.
      owl.await(
          "a refusal",
          any ->
              owl.state().detail().toLowerCase(Locale.ROOT).contains(why.toLowerCase(Locale.ROOT)));
      assertThat(owl.context.states()).noneMatch(state -> state.phase() == Phase.ONLINE);
    }
  }

  private TestAccount.With account(InspIrcd server, Optional<String> pin) {
    return new TestAccount.With("localhost", server.tlsPort())
        .tls(pin, Optional.of(authority.authority()));
  }

  @Test
  void aTrustedCertificateForTheHostIsAccepted() {
    assertOnline(authority.server("good", "DNS:localhost"), Optional.empty());
  }

  @Test
  void aTrustedCertificateForAnotherHostIsRefused() {
    assertRefused(authority.server("other", "DNS:irc.example.org"), Optional.empty(), "localhost");
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
    TestCertificates.CertificateWithKey self = authority.selfSigned("self", "DNS:irc.example.org");
    String colons = self.sha256().toUpperCase(java.util.Locale.ROOT).replaceAll("(..)(?=.)", "$1:");
    assertOnline(self, Optional.of(colons));
  }

  @Test
  void anotherThanThePinnedCertificateIsRefusedEvenIfItIsTrusted() {
    TestCertificates.CertificateWithKey pinned = authority.server("pinned", "DNS:localhost");
    TestCertificates.CertificateWithKey shown = authority.server("shown", "DNS:localhost");
    assertRefused(shown, Optional.of(pinned.sha256()), "fingerprint");
  }

  @Test
  void withoutTlsOnlyThisMachineIsAllowed() {
    assertThatThrownBy(() -> new TestAccount.With("irc.example.org", 6667).settings())
        .isInstanceOfSatisfying(
            SettingException.class, fault -> assertThat(fault.key()).isEqualTo("tls"));
    assertThat(new TestAccount.With("127.0.0.1", 6667).settings().host()).isEqualTo("127.0.0.1");
  }

  @Test
  void aMissingAuthorityFileIsSaidClearly() {
    try (InspIrcd server = InspIrcd.start();
        TestAccount owl =
            new TestAccount.With("localhost", server.tlsPort())
                .tls(Optional.empty(), Optional.of(Path.of("no-such-file.pem")))
                .start()) {
      owl.await("a line", any -> owl.state().detail().contains("no-such-file.pem"));
    }
  }
}
