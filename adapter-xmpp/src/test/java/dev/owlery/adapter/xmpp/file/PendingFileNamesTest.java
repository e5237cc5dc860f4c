package dev.owlery.adapter.xmpp.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.xmpp.link.XmppIdentity;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.Jid;

class PendingFileNamesTest {
  private static final Jid ANN = XmppIdentity.address("ann@localhost/one");
  private static final Jid ANN_ELSEWHERE = XmppIdentity.address("ann@localhost/two");
  private static final Duration NOW = Duration.ofMillis(1);

  private final PendingFileNames names = new PendingFileNames();

  @Test
  void names_belong_to_the_streams_of_the_same_client_in_their_order() throws Exception {
    PendingFileNames.UnnamedStream first = names.begins(ANN);
    PendingFileNames.UnnamedStream elsewhere = names.begins(ANN_ELSEWHERE);
    PendingFileNames.UnnamedStream second = names.begins(ANN);
    assertThat(names.told(ANN, "a")).isTrue();
    assertThat(second.await(NOW)).isEmpty();
    assertThat(names.told(ANN, "b")).isTrue();
    assertThat(names.told(ANN, "c")).isFalse();
    assertThat(first.await(NOW)).contains("a");
    assertThat(second.await(NOW)).contains("b");
    assertThat(elsewhere.await(NOW)).isEmpty();
  }

  @Test
  void the_name_of_a_stream_that_failed_is_not_anothers() throws Exception {
    PendingFileNames.UnnamedStream failed = names.begins(ANN);
    failed.end();
    assertThat(names.told(ANN, "late")).isFalse();
    PendingFileNames.UnnamedStream next = names.begins(ANN);
    assertThat(names.told(ANN, "next")).isTrue();
    assertThat(next.await(NOW)).contains("next");
  }

  @Test
  void what_was_not_told_before_the_next_stream_is_not_waited_for() throws Exception {
    names.begins(ANN).end();
    PendingFileNames.UnnamedStream next = names.begins(ANN);
    assertThat(names.told(ANN, "next")).isTrue();
    assertThat(next.await(NOW)).contains("next");
  }

  @Test
  void streams_without_end_are_forgotten_at_last() throws Exception {
    PendingFileNames.UnnamedStream first = names.begins(ANN);
    for (int i = 0; i < 200; i++) {
      PendingFileNames.UnnamedStream _ = names.begins(ANN_ELSEWHERE);
    }
    assertThat(names.told(ANN, "a")).isFalse();
    assertThat(first.await(NOW)).isEmpty();
  }
}
