package dev.owlery.adapter.xmpp.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.adapter.xmpp.TestAccount;
import dev.owlery.adapter.xmpp.link.XmppSettings;
import dev.owlery.api.adapter.DoorException;
import dev.owlery.api.adapter.OfflineStore;
import dev.owlery.api.adapter.OfflineStore.Header;
import dev.owlery.testkit.xmpp.Ejabberd;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import java.util.List;
import org.junit.jupiter.api.Test;

class XmppOfflineStoreTest {

  private static OfflineStore door(TestAccount owl) {
    return owl.adapter.door(OfflineStore.class).orElseThrow();
  }

  @Test
  void whatIsLeftInTheStoreIsCountedListedReadAndRemovedAndNotHandled() {
    try (Ejabberd server = Ejabberd.start()) {
      server.register("owl", TestAccount.PASSWORD);
      server.register("ann", TestAccount.PASSWORD);
      try (RawXmppClient ann = RawXmppClient.connect(server, "ann", TestAccount.PASSWORD)) {
        for (String text : List.of("one", "two", "three")) {
          ann.say("owl@localhost", text);
        }
        ann.settle();
        try (TestAccount owl =
            new TestAccount.With(server)
                .rooms()
                .offline(XmppSettings.StoredMessages.LEAVE)
                .online()) {
          OfflineStore store = door(owl);
          RawXmppClient.await("stored", () -> store.count() == 3);
          List<String> ids = store.list().stream().map(Header::id).toList();
          assertThat(store.list()).extracting(Header::sender).allMatch(s -> s.startsWith("ann@"));
          assertThat(store.fetch(ids))
              .extracting(OfflineStore.StoredMessage::text)
              .containsExactly("one", "two", "three");
          store.remove(ids.subList(0, 1));
          assertThat(store.count()).isEqualTo(2);
          store.removeAll();
          assertThat(store.list()).isEmpty();
          ann.say("owl@localhost", "now");
          owl.expect("now");
          assertThat(owl.texts()).containsExactly("now");
        }
      }
    }
  }

  @Test
  void aServerThatLetsNobodyLookIsSaidSo() {
    try (Prosody server = Prosody.start()) {
      server.register("owl", TestAccount.PASSWORD);
      try (TestAccount owl = new TestAccount.With(server).rooms().online()) {
        assertThatThrownBy(() -> door(owl).count())
            .isInstanceOf(DoorException.class)
            .hasMessageContaining("XEP-0013");
      }
    }
  }
}
