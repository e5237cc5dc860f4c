package dev.owlery.adapter.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.xmpp.chat.Archive;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where the next page of an archive begins, whose ids may stand for several messages. */
class ArchivePagesTest {
  private static Optional<String> endOf(String... ids) {
    Archive.LastIds page = new Archive.LastIds();
    Stream.of(ids).forEach(page::passed);
    return page.end();
  }

  @Test
  void theNextPageRepeatsWhatStoodUnderTheLastIdSinceAnotherMessageMayHaveIt() {
    assertThat(endOf("1", "2", "3")).contains("2");
    assertThat(endOf("1", "2", "3", "3")).contains("2");
  }

  @Test
  void aPageUnderASingleIdIsNotReadAgainAndAgain() {
    assertThat(endOf("7", "7")).contains("7");
    assertThat(new Archive.ArchivePage(false, endOf("7", "7")).isOver(Optional.of("6"))).isFalse();
    assertThat(new Archive.ArchivePage(false, endOf("7")).isOver(Optional.of("7"))).isTrue();
  }

  @Test
  void anEmptyPageHasNoEnd() {
    assertThat(endOf()).isEmpty();
  }
}
