package dev.owlery.api.http;

import dev.owlery.api.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The signatures of Standard Webhooks (standardwebhooks.com, version 1): of a message's id, its
 * time and its body, under a secret that both sides have. Every method may be called from any
 * thread.
 */
public final class StandardWebhook {

  /** The header with the message's id, the same in each attempt. */
  public static final String ID = "webhook-id";

  /** The header with the time of the attempt, in seconds since 1970. */
  public static final String TIME = "webhook-timestamp";

  /** The header with the signatures, a space between them. */
  public static final String SIGNATURE = "webhook-signature";

  private static final String PREFIX = "whsec_";

  private final HmacSha256 mac;

  private StandardWebhook(byte[] key) {
    this.mac = new HmacSha256(key);
  }

  /**
   * Signs with a secret as the specification writes it.
   *
   * @param secret base64, with {@code whsec_} before it or not
   * @return empty if it is not written so
   */
  public static Optional<StandardWebhook> of(Secret secret) {
    String text = secret.reveal();
    try {
      byte[] key =
          Base64.getDecoder().decode(isMarked(secret) ? text.substring(PREFIX.length()) : text);
      return key.length == 0 ? Optional.empty() : Optional.of(new StandardWebhook(key));
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }

  /**
   * Signs with any text.
   *
   * @param secret not empty
   * @return as {@link #of} if it begins with {@code whsec_}, otherwise with its letters
   */
  public static StandardWebhook ofText(Secret secret) {
    return Optional.of(secret)
        .filter(StandardWebhook::isMarked)
        .flatMap(StandardWebhook::of)
        .orElseGet(() -> new StandardWebhook(secret.reveal().getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Whether a secret is written for signatures of this kind.
   *
   * @param secret any secret
   * @return true if it begins with {@code whsec_}
   */
  public static boolean isMarked(Secret secret) {
    return secret.reveal().startsWith(PREFIX);
  }

  /**
   * Signs a message.
   *
   * @param id its id
   * @param time the time, in seconds since 1970
   * @param body its bytes
   * @return what belongs into {@link #SIGNATURE}
   */
  public String sign(String id, String time, byte[] body) {
    byte[] begin = (id + "." + time + ".").getBytes(StandardCharsets.UTF_8);
    return "v1," + Base64.getEncoder().encodeToString(mac.sign(begin, body));
  }
}
