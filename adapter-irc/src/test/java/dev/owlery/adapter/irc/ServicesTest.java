package dev.owlery.adapter.irc;

import static dev.owlery.adapter.irc.TestAccount.direct;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.irc.IrcSettings.Sasl;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.settings.Secret;
import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.net.TestCertificates;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Services accounts on InspIRCd with Anope. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServicesTest {
  private static InspIrcd server;
  private static TestCertificates.CertificateWithKey certificate;

  @BeforeAll
  static void startServer() {
    server = InspIrcd.startWithServices();
    certificate = server.certificates().client("owl");
    try (IrcWitness keeper = IrcWitness.connectByTls(server, "keeper", certificate)) {
      keeper.registerAccount("hunter2");
      keeper.say("NickServ", "CERT ADD");
      keeper.expect("NOTICE keeper :.*" + certificate.sha256() + ".* added");
    }
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private static Sasl password(String password) {
    return new Sasl(
        "keeper", Optional.of(new Secret(password)), Optional.empty(), Optional.empty());
  }

  @Test
  void aPasswordLogsIn() {
    try (TestAccount owl = new TestAccount.With(server).sasl(password("hunter2")).online()) {
      assertThat(owl.adapter.self().identity()).contains(identity("keeper"));
    }
  }

  @Test
  void aCertificateLogsIn() {
    Sasl external =
        new Sasl(
            "keeper",
            Optional.empty(),
            Optional.of(certificate.keyStore()),
            Optional.of(new Secret(TestCertificates.PASSWORD)));
    try (TestAccount owl =
        new TestAccount.With("localhost", server.tlsPort())
            .tls(Optional.empty(), Optional.of(server.certificates().authority()))
            .sasl(external)
            .online()) {
      assertThat(owl.adapter.self().identity()).contains(identity("keeper"));
    }
  }

  @Test
  void aWrongPasswordIsTheEndAfterAFewAttemptsAndSaysSo() {
    try (TestAccount owl = new TestAccount.With(server).sasl(password("hunter3")).start()) {
      owl.await("failed", any -> owl.state().phase() == Phase.FAILED);
      assertThat(owl.state().detail()).contains("login").doesNotContain("hunter3");
      List<Phase> phases = owl.context.states().stream().map(state -> state.phase()).toList();
      assertThat(phases).endsWith(Phase.FAILED).doesNotContain(Phase.ONLINE);
    }
  }

  @Test
  void whoIsLoggedInHasAnIdentityUntilTheyLogOut() {
    try (TestAccount owl = new TestAccount.With(server).online();
        IrcWitness ben = IrcWitness.connect(server, "ben")) {
      ben.join("#owls");
      ben.say("#owls", "not yet");
      assertThat(owl.expect("not yet").sender().identity()).isEmpty();
      ben.registerAccount("secret1");
      ben.say("#owls", "in a room");
      assertThat(owl.expect("in a room").sender().identity()).contains(identity("ben"));
      ben.say("owl", "in private");
      assertThat(owl.expect("in private").sender().identity()).contains(identity("ben"));
      assertThat(owl.expect("in private").where()).isEqualTo(direct("ben"));
      ben.raw("NICK bernard");
      ben.say("owl", "another nick");
      assertThat(owl.expect("another nick").sender().identity()).contains(identity("ben"));
      ben.say("NickServ", "LOGOUT");
      ben.expect("901 ");
      ben.say("owl", "logged out");
      assertThat(owl.expect("logged out").sender().identity()).isEmpty();
      try (IrcWitness mallory = IrcWitness.connect(server, "ben", "message-tags")) {
        mallory.raw("@account=ben;+account=ben PRIVMSG owl :I am ben");
        assertThat(owl.expect("I am ben").sender().identity()).isEmpty();
      }
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void withoutServicesTheOwlStaysAwayRatherThanUnverified() {
    server.killServices();
    try (TestAccount owl = new TestAccount.With(server).sasl(password("hunter2")).start()) {
      owl.await("a refusal", any -> owl.state().detail().contains("offers no login"));
      assertThat(owl.context.states()).noneMatch(state -> state.phase() == Phase.ONLINE);
    }
  }

  private static Identity identity(String account) {
    return new Identity(TestAccount.ID, "account:" + account);
  }
}
