package dev.owlery.adapter.xmpp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.xmpp.link.XmppSettings.Flood;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jivesoftware.smack.SmackException.NotConnectedException;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.junit.jupiter.api.Test;

class SendQueueTest {
  private final List<String> wire = new ArrayList<>();
  private final Deque<Runnable> later = new ArrayDeque<>();
  private int room = Integer.MAX_VALUE;
  private boolean gone;
  private Runnable whenUnsent = () -> {};

  private final SendQueue queue =
      new SendQueue(
          new SendQueue.Wire() {
            @Override
            public boolean send(Stanza stanza) throws NotConnectedException {
              if (gone) {
                throw new NotConnectedException();
              }
              return room-- > 0 && wire.add(stanza.getStanzaId());
            }

            @Override
            public void requestAcknowledgement() {
              wire.add("r");
            }
          },
          new Flood(0, 1),
          unsent -> whenUnsent.run(),
          later::add);

  private static Stanza message(String id) {
    return StanzaBuilder.buildMessage(id).setBody("x").build();
  }

  private void send(int from, int to) {
    for (int number = from; number < to; number++) {
      assertThat(queue.send(message("m" + number))).isTrue();
    }
  }

  private long sent() {
    return wire.stream().filter(each -> each.startsWith("m")).count();
  }

  @Test
  void whatIsSentAtAboutTheSameTimeSharesAnAcknowledgement() {
    queue.open(false);
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
    queue.open(false);
    send(0, 350);
    assertThat(wire).contains("r");
  }

  @Test
  void neverIsMoreUnderwayThanTheServerHasRoomToAcknowledge() {
    queue.open(false);
    send(0, 2_000);
    assertThat(sent()).isEqualTo(700);
    for (int i = 0; i < 40; i++) {
      handle(wire.size());
      queue.acknowledged();
      if (!later.isEmpty()) {
        later.remove().run();
      }
    }
    assertThat(sent()).isEqualTo(2_000);
    assertThat(wire.stream().filter(each -> !each.equals("r")).toList())
        .isSortedAccordingTo((one, other) -> Integer.compare(number(one), number(other)));
  }

  /** The server handles the first of what is on the wire. */
  private void handle(int count) {
    for (String id : List.copyOf(wire.subList(0, count))) {
      queue.acknowledged(message(id));
    }
  }

  @Test
  void anAnswerThatAcknowledgesNothingMakesNoRoom() {
    queue.open(false);
    send(0, 2_000);
    for (int i = 0; i < 10; i++) {
      queue.acknowledged();
      if (!later.isEmpty()) {
        later.remove().run();
      }
    }
    assertThat(sent()).isEqualTo(700);
    handle(5);
    assertThat(sent()).isGreaterThan(700).isLessThanOrEqualTo(705);
  }

  @Test
  void anAnsweredPingAcknowledgesWhatWasSentBeforeIt() {
    queue.open(false);
    send(0, 2_000);
    long before = sent();
    queue.acknowledgedAll();
    assertThat(sent() - before).isBetween(300L, 400L);
  }

  @Test
  void whatAResumedStreamSendsOnceMoreTakesItsRoom() {
    queue.open(false);
    send(0, 2_000);
    queue.close();
    queue.open(true);
    send(2_000, 2_100);
    assertThat(sent()).isEqualTo(700);
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(1));
  }

  @Test
  void whatTheConnectionHasNoRoomForIsSentAfterTheNextAcknowledgement() {
    queue.open(false);
    room = 2;
    send(0, 4);
    assertThat(sent()).isEqualTo(2);
    room = Integer.MAX_VALUE;
    later.remove().run();
    assertThat(wire).containsExactly("m0", "m1", "r", "m2", "m3");
  }

  @Test
  void whoHearsThatSomethingWasNotSentMayWaitForWhoSends() {
    List<Boolean> ended = new ArrayList<>();
    queue.open(false);
    gone = true;
    whenUnsent =
        () -> {
          gone = false;
          ended.add(endsInTime(() -> queue.send(message("m1"))));
        };
    assertThat(queue.send(message("m0"))).isTrue();
    assertThat(ended).containsExactly(true);
    assertThat(wire).containsExactly("m1");
  }

  private static boolean endsInTime(Runnable what) {
    try {
      return Thread.ofPlatform().daemon().start(what).join(Duration.ofSeconds(20));
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private SendQueue limited(int burst, double perSecond) {
    return new SendQueue(
        new SendQueue.Wire() {
          @Override
          public boolean send(Stanza stanza) {
            return wire.add(stanza.getStanzaId());
          }

          @Override
          public void requestAcknowledgement() {}
        },
        new Flood(burst, perSecond),
        unsent -> {},
        later::add);
  }

  @Test
  void itAsksForWhatThePaceAllowsAndForMoreWhenThereIsRoomAgain() {
    AtomicInteger told = new AtomicInteger();
    SendQueue slow = limited(3, 20);
    slow.open(false);
    assertThat(slow.demand(told::incrementAndGet)).isEqualTo(3);
    for (int number = 0; number < 6; number++) {
      assertThat(slow.send(message("m" + number))).isTrue();
    }
    assertThat(slow.demand(told::incrementAndGet)).isZero();
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (told.get() == 0 && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      slow.pump();
    }
    assertThat(told).hasValue(1);
    assertThat(wire).hasSize(6);
    assertThat(slow.demand(told::incrementAndGet)).isPositive();
  }

  @Test
  void itAsksForNoMoreThanTheServerHasRoomToAcknowledge() {
    AtomicInteger told = new AtomicInteger();
    SendQueue quick = limited(2_000, 0.001);
    quick.open(false);
    assertThat(quick.demand(told::incrementAndGet)).isEqualTo(700);
    for (int number = 0; number < 700; number++) {
      assertThat(quick.send(message("m" + number))).isTrue();
    }
    assertThat(quick.demand(told::incrementAndGet)).isZero();
    assertThat(told).hasValue(0);
    quick.acknowledged(message("m0"));
    assertThat(told).hasValue(1);
    assertThat(quick.demand(told::incrementAndGet)).isEqualTo(1);
  }

  @Test
  void whoWaitsForAQueueThatIsClosedHearsOfIt() {
    AtomicInteger told = new AtomicInteger();
    SendQueue slow = limited(1, 0.001);
    slow.open(false);
    assertThat(slow.send(message("m0"))).isTrue();
    assertThat(slow.demand(told::incrementAndGet)).isZero();
    assertThat(slow.close()).isEmpty();
    assertThat(told).hasValue(1);
  }
}
