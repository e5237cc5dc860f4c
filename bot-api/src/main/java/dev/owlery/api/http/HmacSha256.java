package dev.owlery.api.http;

import dev.owlery.api.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What requests are signed with: HMAC with SHA-256 (RFC 2104). Every method may be called from any
 * thread. Compare what came with what is right by {@link Secret#is}, whose time tells nothing.
 */
public final class HmacSha256 {
  private static final String NAME = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * Signs with a key.
   *
   * @param key its bytes, at least one
   */
  public HmacSha256(byte[] key) {
    this.key = new SecretKeySpec(key, NAME);
  }

  /**
   * Signs with the letters of a secret, in UTF-8.
   *
   * @param secret not empty
   */
  public HmacSha256(Secret secret) {
    this(secret.reveal().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Signs some bytes.
   *
   * @param parts one after the other
   * @return 32 bytes
   */
  public byte[] sign(byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(NAME);
      mac.init(key);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException never) {
      // Every Java has this algorithm, and it takes any key.
      throw new IllegalStateException(never);
    }
  }

  /**
   * Signs a text and the bytes that follow it.
   *
   * @param begin in UTF-8; may be empty
   * @param rest what follows
   * @return 64 hexadecimal digits in small letters
   */
  public String hex(String begin, byte[] rest) {
    return HexFormat.of().formatHex(sign(begin.getBytes(StandardCharsets.UTF_8), rest));
  }
}
