package dev.owlery.adapter.xmpp;

import static dev.owlery.adapter.xmpp.TestAccount.direct;
import static dev.owlery.adapter.xmpp.TestAccount.outcome;
import static dev.owlery.adapter.xmpp.TestAccount.outgoing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.content.Content;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class DyingServerTest {

  /**
   * The server puts a message into the sender's archive, then into the recipient's. One that dies
   * between the two has taken the message and lost it; from outside that looks like all the others
   * that it delivered and did not acknowledge, which must not be said twice.
   */
  @Test
  void aMessageThatTheServerTookIsNotSaidAgainAlthoughItDiedOverIt() {
    try (Prosody server = Prosody.start(Prosody.Option.MORTAL)) {
      server.register("owl", TestAccount.PASSWORD);
      server.register("ann", TestAccount.PASSWORD);
      try (TestAccount owl = new TestAccount.With(server).online()) {
        Outgoing first = outgoing(new Say(direct("ann@localhost"), Content.of("before")));
        assertThat(outcome(owl.adapter.perform(first))).isInstanceOf(Outcome.Settled.class);
        Outgoing last = outgoing(new Say(direct("ann@localhost"), Content.of(Prosody.LAST_WORDS)));
        CompletionStage<Outcome> outcome = owl.adapter.perform(last);
        assertThat(outcome(outcome)).isInstanceOf(Outcome.Doubtful.class);
        owl.await("the end", any -> owl.state().phase() == Phase.CONNECTING);
        server.kill();
        server.restart();
        owl.awaitOnline();
        assertThat(outcome(owl.adapter.lookUp(last))).isInstanceOf(Outcome.Settled.class);
        assertThat(archive(server, "owl")).contains(Prosody.LAST_WORDS);
        assertThat(archive(server, "ann")).contains("before").doesNotContain(Prosody.LAST_WORDS);
      }
    }
  }

  private static String archive(Prosody server, String account) {
    try (RawXmppClient reader = RawXmppClient.open(server)) {
      reader.logIn(account, TestAccount.PASSWORD, "");
      reader.ask("", "set", "<query xmlns='urn:xmpp:mam:2'/>");
      return reader.stanzas().toString();
    }
  }
}
