package dev.owlery.adapter.xmpp.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.xmpp.TestAccount;
import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.testkit.ManualClock;
import dev.owlery.testkit.RecordingContext;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.Jid;

class FileReceiptsTest {
  private static final String SUM = "0".repeat(64);

  @Test
  void the_newest_thousand_are_remembered_whatever_they_are_called() throws Exception {
    ManualClock clock = new ManualClock();
    RecordingContext context = new RecordingContext(TestAccount.ID, clock.clock());
    FileReceipts receipts = new FileReceipts(context.memory(), clock.clock());
    Jid owl = XmppIdentity.address("owl@localhost/owlery");
    for (int i = 0; i < 1_000; i++) {
      receive(receipts, owl, "b" + i);
      clock.turn(Duration.ofSeconds(1));
    }
    receive(receipts, owl, "a");

    assertThat(receipts.received(owl, "a")).contains(SUM);
    assertThat(receipts.received(owl, "b0")).isEmpty();
    assertThat(receipts.received(owl, "b1")).contains(SUM);
  }

  private static void receive(FileReceipts receipts, Jid from, String id)
      throws IOException, InterruptedException {
    receipts.receive(from, id, () -> SUM);
  }
}
