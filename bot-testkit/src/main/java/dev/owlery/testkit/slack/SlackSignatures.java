package dev.owlery.testkit.slack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests as Slack does: version 0, HMAC-SHA256 over version, time and raw body. */
public final class SlackSignatures {
  private static final String ALGORITHM = "HmacSHA256";

  private SlackSignatures() {}

  /**
   * The value of {@code X-Slack-Signature}.
   *
   * @param secret the app's signing secret
   * @param timestamp the value of {@code X-Slack-Request-Timestamp}
   * @param body the request's body
   * @return {@code v0=} and 64 hexadecimal digits
   */
  public static String sign(String secret, String timestamp, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      byte[] base = ("v0:" + timestamp + ":" + body).getBytes(StandardCharsets.UTF_8);
      return "v0=" + HexFormat.of().formatHex(mac.doFinal(base));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
    }
  }
}
