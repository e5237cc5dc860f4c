package dev.owlery.adapter.xmpp.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.xmpp.chat.Confirmations.By;
import dev.owlery.api.adapter.Outcome;
import java.util.concurrent.CompletableFuture;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.junit.jupiter.api.Test;

class ConfirmationsTest {
  private static final String ROOM = "owls@rooms.localhost";

  private static Message message(String id) {
    return StanzaBuilder.buildMessage(id).setBody("hello").build();
  }

  @Test
  void whatAResumedStreamAcknowledgesBeforeItIsLookedUpNeedNotBeLookedForInTheArchive() {
    Confirmations confirmations = new Confirmations();
    CompletableFuture<Outcome> first = confirmations.expect(message("1"), By.SERVER, "");
    confirmations.lost("broken");
    confirmations.acknowledged("1");
    assertThat(first.join()).isInstanceOf(Outcome.Doubtful.class);
    assertThat(confirmations.resumed("1").orElseThrow().join()).isInstanceOf(Outcome.Settled.class);
    assertThat(confirmations.resumed("1")).as("kept for one look").isEmpty();
  }

  @Test
  void aTextThatIsReflectedAgainIsNotTakenForTheOneThatWasReflectedBefore() {
    Confirmations confirmations = new Confirmations();
    var _ = confirmations.expect(message("1"), By.ROOM, ROOM);
    var _ = confirmations.expect(message("2"), By.ROOM, ROOM);
    confirmations.lost("broken");
    assertThat(confirmations.reflectedText(ROOM, "hello")).contains("1");
    assertThat(confirmations.reflectedText(ROOM, "hello")).contains("2");
    assertThat(confirmations.reflectedText(ROOM, "hello")).isEmpty();
  }
}
