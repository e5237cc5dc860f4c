package dev.owlery.adapter.irc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.irc.IrcSettings.Sasl;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.settings.Secret;
import dev.owlery.testkit.irc.ScriptedIrcServer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins that fail, for reasons that pass and for reasons that stay. */
class LoginTest {
  private static final Sasl PASSWORD =
      new Sasl("owl", Optional.of(new Secret("canary")), Optional.empty(), Optional.empty());

  private ScriptedIrcServer server = ScriptedIrcServer.start("sasl=PLAIN");

  @AfterEach
  void stop() {
    server.close();
  }

  private TestAccount start() {
    return new TestAccount.With("127.0.0.1", server.port()).sasl(PASSWORD).start();
  }

  /** Answers the login with numerics, and after so many of them lets it pass. */
  private void refuse(int times, String... numerics) {
    AtomicInteger refused = new AtomicInteger();
    server.script(line -> {
      if (line.startsWith("CAP REQ")) {
        return Optional.of(List.of(":irc.test CAP owl ACK :sasl"));
      }
      if (line.equals("AUTHENTICATE PLAIN")) {
        return Optional.of(
            refused.getAndIncrement() < times
                ? List.of(numerics)
                : List.of("AUTHENTICATE +", ":irc.test 903 owl :SASL authentication successful"));
      }
      return line.startsWith("AUTHENTICATE") ? Optional.of(List.of()) : Optional.empty();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"902", "904", "906"})
  void aRefusalThatPassesIsFollowedByAnotherAttempt(String numeric) {
    refuse(3, ":irc.test " + numeric + " owl :SASL authentication failed");
    try (TestAccount owl = start()) {
      owl.awaitOnline();
      assertThat(owl.context.states()).noneMatch(state -> state.phase() == Phase.FAILED);
    }
  }

  @Test
  void aPasswordThatStaysWrongIsGivenUpAfterAFewAttempts() {
    refuse(100, ":irc.test 904 owl :SASL authentication failed");
    try (TestAccount owl = start()) {
      owl.await("failed", any -> owl.state().phase() == Phase.FAILED);
      assertThat(owl.state().detail())
          .contains("wrong account or password", "refused 6 times")
          .doesNotContain("canary");
      assertThat(server.received().stream().filter("AUTHENTICATE PLAIN"::equals)).hasSize(6);
    }
  }

  @Test
  void anAbortedLoginIsTriedAgainAlways() {
    refuse(9, ":irc.test 906 owl :SASL authentication aborted");
    try (TestAccount owl = start()) {
      owl.awaitOnline();
      assertThat(owl.context.states())
          .noneMatch(state -> state.phase() == Phase.FAILED)
          .anyMatch(state -> state.detail().contains("services may be away"));
    }
  }

  @Test
  void aLoginThatIsDoneAlreadyIsOne() {
    refuse(1, ":irc.test 907 owl :You have already authenticated");
    try (TestAccount owl = start()) {
      owl.awaitOnline();
    }
  }

  @Test
  void aNameThatIsTooLongIsTheEnd() {
    refuse(100, ":irc.test 905 owl :SASL message too long");
    try (TestAccount owl = start()) {
      owl.await("failed", any -> owl.state().phase() == Phase.FAILED);
      assertThat(server.received()).containsOnlyOnce("AUTHENTICATE PLAIN");
    }
  }

  @Test
  void aServerThatOffersOtherLoginsIsNotShownThePasswordAndSaysWhichItOffers() {
    server.close();
    server = ScriptedIrcServer.start("sasl=EXTERNAL,ECDSA-NIST256P-CHALLENGE");
    try (TestAccount owl = start()) {
      owl.await("failed", any -> owl.state().phase() == Phase.FAILED);
      assertThat(owl.state().detail())
          .contains("EXTERNAL,ECDSA-NIST256P-CHALLENGE", "sasl.certificate")
          .doesNotContain("wrong");
      assertThat(server.received()).noneMatch(line -> line.startsWith("AUTHENTICATE"));
    }
  }

  @Test
  void mechanismsThatAreToldOnlyThenAreNamedToo() {
    server.close();
    server = ScriptedIrcServer.start("sasl");
    refuse(
        100,
        ":irc.test 908 owl EXTERNAL :are available SASL mechanisms",
        ":irc.test 904 owl :SASL authentication failed");
    try (TestAccount owl = start()) {
      owl.await("failed", any -> owl.state().phase() == Phase.FAILED);
      assertThat(owl.state().detail()).contains("EXTERNAL only", "not by PLAIN");
    }
  }
}
