package dev.owlery.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Sha256Test {

  private static String fed(Sha256 digest, byte[] bytes, Random random) {
    for (int at = 0; at < bytes.length; ) {
      int some = Math.min(bytes.length - at, random.nextInt(300_000));
      digest.update(ByteBuffer.wrap(bytes, at, some));
      at += some;
    }
    return digest.endHex();
  }

  @Test
  void the_quick_one_computes_what_the_other_one_does() {
    assumeTrue(SystemSha256.isThere());
    Random random = new Random(7);
    for (int size : new int[] {0, 1, 55, 56, 63, 64, 65, 1_000_003}) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      assertThat(fed(new SystemSha256(), bytes, random))
          .isEqualTo(fed(Sha256.ofTheJdk(), bytes, random));
    }
  }

  @Test
  void what_is_small_is_not_worth_looking_for_it() {
    assertThat(Sha256.begin(Sha256.LARGE - 1)).isInstanceOf(Sha256.OfTheJdk.class);
    assertThat(Sha256.begin(Sha256.LARGE) instanceof SystemSha256)
        .isEqualTo(SystemSha256.isThere());
  }
}
