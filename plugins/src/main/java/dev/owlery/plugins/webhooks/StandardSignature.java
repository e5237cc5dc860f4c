package dev.owlery.plugins.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Signatures as in standardwebhooks.com: the HMAC of id, time and body. GitLab signs in the same
 * way.
 */
final class StandardSignature {
  static final String ID = "webhook-id";
  static final String TIME = "webhook-timestamp";
  static final String SIGNATURE = "webhook-signature";

  private static final String PREFIX = "whsec_";
  private static final int MOST = 10;

  private StandardSignature() {}

  /** The key in a secret; empty if there is none. */
  static Optional<byte[]> key(String secret) {
    try {
      String encoded = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
      byte[] key = Base64.getDecoder().decode(encoded);
      return key.length == 0 ? Optional.empty() : Optional.of(key);
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }

  static boolean isSecret(String secret) {
    return secret.startsWith(PREFIX);
  }

  static String sign(byte[] key, String id, String time, byte[] body) {
    byte[] mac = Mac256.of(key, Mac256.bytes(id + "." + time + "."), body);
    return "v1," + Base64.getEncoder().encodeToString(mac);
  }

  /** Checks a request, and returns its id. */
  static String check(byte[] key, Received request, Instant now, Duration age) throws Refused {
    String id = request.required(ID);
    String time = request.required(TIME);
    String expected = sign(key, id, time, request.body());
    String[] given = request.required(SIGNATURE).split(" ", MOST + 1);
    boolean any = false;
    for (int i = 0; i < Math.min(given.length, MOST); i++) {
      any |= Mac256.same(expected, given[i]);
    }
    if (!any) {
      throw new Refused(401, "wrong_signature");
    }
    checkAge(time, now, age);
    return id;
  }

  /** Neither too old nor from the future. */
  static void checkAge(String time, Instant now, Duration age) throws Refused {
    if (!time.matches("[0-9]{1,11}")) {
      throw new Refused(401, "wrong_timestamp");
    }
    Duration since = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now);
    if (since.abs().compareTo(age) > 0) {
      throw new Refused(401, "wrong_timestamp");
    }
  }
}
