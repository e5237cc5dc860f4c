package dev.owlery.adapter.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.xmpp.XmppSettings.Flood;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.junit.jupiter.api.Test;

class SendQueueTest {
  private final List<String> wire = new ArrayList<>();
  private final Deque<Runnable> later = new ArrayDeque<>();
  private int room = Integer.MAX_VALUE;

  private final SendQueue queue =
      new SendQueue(
          new SendQueue.Wire() {
            @Override
            public boolean send(Stanza stanza) {
              return room-- > 0 && wire.add(stanza.getStanzaId());
            }

            @Override
            public void requestAcknowledgement() {
              wire.add("r");
            }
          },
          new Flood(0, 1),
          unsent -> {},
          later::add);

  private void send(int from, int to) {
    for (int number = from; number < to; number++) {
      Stanza stanza = StanzaBuilder.buildMessage("m" + number).setBody("x").build();
      assertThat(queue.send(stanza)).isTrue();
    }
  }

  private long sent() {
    return wire.stream().filter(each -> each.startsWith("m")).count();
  }

  @Test
  void whatIsSentAtAboutTheSameTimeSharesAnAcknowledgement() {
    queue.open();
    send(0, 3);
    assertThat(wire).containsExactly("m0", "m1", "m2");
    later.remove().run();
    send(3, 5);
    assertThat(wire).containsExactly("m0", "m1", "m2", "r", "m3", "m4");
    assertThat(later).isEmpty();
    queue.acknowledged();
    later.remove().run();
    assertThat(wire).endsWith("m4", "r");
    queue.acknowledged();
    assertThat(later).as("nothing is left to be acknowledged").isEmpty();
  }

  @Test
  void manyAreNotKeptWaitingForMore() {
    queue.open();
    send(0, 350);
    assertThat(wire).contains("r");
  }

  @Test
  void neverIsMoreUnderwayThanTheServerHasRoomToAcknowledge() {
    queue.open();
    send(0, 2_000);
    assertThat(sent()).isEqualTo(700);
    for (int i = 0; i < 40; i++) {
      queue.acknowledged();
      if (!later.isEmpty()) {
        later.remove().run();
      }
    }
    assertThat(sent()).isEqualTo(2_000);
    assertThat(wire.stream().filter(each -> !each.equals("r")).toList())
        .isSortedAccordingTo((one, other) -> Integer.compare(number(one), number(other)));
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(1));
  }

  @Test
  void whatTheConnectionHasNoRoomForIsSentAfterTheNextAcknowledgement() {
    queue.open();
    room = 2;
    send(0, 4);
    assertThat(sent()).isEqualTo(2);
    room = Integer.MAX_VALUE;
    later.remove().run();
    assertThat(wire).containsExactly("m0", "m1", "r", "m2", "m3");
  }
}
