package dev.owlery.adapter.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.adapter.xmpp.link.XmppSettings.Tls;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.settings.SettingException;
import dev.owlery.testkit.xmpp.Ejabberd;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.XmppServer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How the bot shows a server that it knows the password. */
class LoginTest {

  private static TestAccount.With account(XmppServer server, Tls how) {
    return new TestAccount.With(server)
        .rooms()
        .tls(
            how,
            how == Tls.DIRECT ? server.tlsPort() : server.port(),
            Optional.empty(),
            Optional.of(server.certificates().authority()));
  }

  private static void assertOnlyTheRightPasswordIsTaken(XmppServer server) {
    server.register("owl", TestAccount.PASSWORD);
    for (Tls how : new Tls[] {Tls.REQUIRED, Tls.DIRECT}) {
      account(server, how).online().close();
    }
    try (TestAccount wrong = account(server, Tls.REQUIRED).password("canary").start()) {
      wrong.await("a failure", any -> wrong.state().phase() == Phase.FAILED);
      assertThat(wrong.state().detail()).contains("not-authorized").doesNotContain("canary");
    }
  }

  @Test
  void aServerThatKnowsOnlySha256IsLoggedInTo() {
    try (Prosody server = Prosody.start(Prosody.Option.SCRAM_SHA_256)) {
      assertOnlyTheRightPasswordIsTaken(server);
    }
  }

  @Test
  void aServerThatKnowsOnlySha512IsLoggedInTo() {
    try (Ejabberd server = Ejabberd.start("sha512")) {
      assertOnlyTheRightPasswordIsTaken(server);
    }
  }

  @Test
  void aServerThatWantsToSeeThePasswordDoesNotUnlessThatIsAllowed() {
    try (Prosody server = Prosody.start(Prosody.Option.ONLY_PLAIN)) {
      server.register("owl", TestAccount.PASSWORD);
      try (TestAccount owl = account(server, Tls.REQUIRED).start()) {
        owl.await("a failure", any -> owl.state().phase() == Phase.FAILED);
        assertThat(owl.state().detail())
            .contains("no login but PLAIN", "allow-plain = true", "not trying again");
        assertThat(owl.context.states()).noneMatch(state -> state.phase() == Phase.ONLINE);
      }
      account(server, Tls.REQUIRED).allowPlain().online().close();
      try (TestAccount wrong =
          account(server, Tls.DIRECT).allowPlain().password("canary").start()) {
        wrong.await("a failure", any -> wrong.state().phase() == Phase.FAILED);
        assertThat(wrong.state().detail()).doesNotContain("canary");
      }
    }
  }

  @Test
  void thePasswordIsNeverShownInClear() {
    assertThatThrownBy(() -> new TestAccount.With("127.0.0.1", 5222).allowPlain().settings())
        .isInstanceOfSatisfying(
            SettingException.class, fault -> assertThat(fault.key()).isEqualTo("allow-plain"));
  }
}
