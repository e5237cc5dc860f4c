package dev.owlery.core.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A digest in the making. Belongs to one thread. */
sealed interface Sha256 permits Sha256.OfTheJdk, SystemSha256 {

  /** From so many bytes on it is worth the while to look for something quicker. */
  int LARGE = 1 << 20;

  /**
   * Begins one.
   *
   * @param size how many bytes will come, as far as anybody knows
   */
  static Sha256 begin(long size) {
    return size >= LARGE && SystemSha256.isThere() ? new SystemSha256() : ofTheJdk();
  }

  /** The one that is always there. */
  static Sha256 ofTheJdk() {
    try {
      return new OfTheJdk(MessageDigest.getInstance("SHA-256"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The digest of a text. */
  static byte[] of(String text) {
    Sha256 digest = ofTheJdk();
    digest.update(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    return digest.end();
  }

  void update(ByteBuffer bytes);

  /** What has come out; nothing may come in afterwards. */
  byte[] end();

  /** The same in hexadecimal digits. */
  default String endHex() {
    return HexFormat.of().formatHex(end());
  }

  /** Java's own. Without the optimising compiler it makes a tenth of what the processor could. */
  record OfTheJdk(MessageDigest digest) implements Sha256 {
    @Override
    public void update(ByteBuffer bytes) {
      digest.update(bytes);
    }

    @Override
    public byte[] end() {
      return digest.digest();
    }
  }
}
