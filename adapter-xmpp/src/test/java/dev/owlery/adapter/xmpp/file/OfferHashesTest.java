package dev.owlery.adapter.xmpp.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OfferHashesTest {
  private static final String KEY = "ann@localhost f1";
  private static final String ABCDEF_MD5 = "e80b5017098950fc58aad83c8c14978e";
  private static final byte[] ABCDEF = "abcdef".getBytes(StandardCharsets.US_ASCII);

  private final OfferHashes hashes = new OfferHashes();

  private void receive(long offset, String part) throws IOException {
    try (OutputStream out = hashes.incoming(KEY, new ByteArrayOutputStream(), offset)) {
      out.write(part.getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void whatIsSentIsReadOnceForAllAttempts() throws IOException {
    AtomicInteger readings = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      assertThat(
              hashes.ofSent(
                  "f1",
                  () -> {
                    readings.incrementAndGet();
                    return new ByteArrayInputStream(ABCDEF);
                  }))
          .isEqualTo(ABCDEF_MD5);
    }
    assertThat(readings).hasValue(1);
  }

  @Test
  void aWholeFileIsTakenAndADamagedOneIsNot() throws IOException {
    receive(0, "abcdef");
    assertThat(hashes.isWhole(KEY, ABCDEF_MD5)).isTrue();
    receive(0, "abcdeF");
    assertThat(hashes.isWhole(KEY, ABCDEF_MD5)).isFalse();
  }

  @Test
  void aFileThatBrokeOffGoesOnAndIsCheckedAsAWhole() throws IOException {
    receive(0, "abc");
    assertThat(hashes.offset(KEY, 3)).isEqualTo(3);
    receive(3, "def");
    assertThat(hashes.isWhole(KEY, ABCDEF_MD5)).isTrue();
  }

  @Test
  void whatWasNotSeenHereBeginsAnew() throws IOException {
    assertThat(hashes.offset(KEY, 3)).isZero();
    receive(0, "abcd");
    assertThat(hashes.offset(KEY, 3)).as("another length").isZero();
    receive(0, "abcdef");
    assertThat(hashes.isWhole(KEY, ABCDEF_MD5)).isTrue();
  }
}
