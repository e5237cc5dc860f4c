package dev.owlery.plugins.webhooks;

import dev.owlery.api.http.StandardWebhook;
import dev.owlery.api.settings.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Signatures of Standard Webhooks, which GitLab's are too, and times that are part of them. */
final class SignedMessage {
  private static final int MOST = 10;

  /** Before a signature of ed25519, which is another scheme of Standard Webhooks. */
  private static final String ASYMMETRIC = "v1a,";

  private static final String SYMMETRIC = "v1,";

  private SignedMessage() {}

  /** Checks a request, and returns its id. */
  static String check(StandardWebhook signing, Received request, Instant now, Duration age)
      throws RequestRefused {
    String id = request.required(StandardWebhook.ID);
    String time = request.required(StandardWebhook.TIME);
    Secret expected = new Secret(signing.sign(id, time, request.body()));
    String[] given = request.required(StandardWebhook.SIGNATURE).split(" ", MOST + 1);
    boolean any = false;
    for (int i = 0; i < Math.min(given.length, MOST); i++) {
      any |= expected.is(given[i]);
    }
    if (!any) {
      throw new RequestRefused(401, "wrong_signature", advice(given));
    }
    checkAge(time, now, age);
    return id;
  }

  private static String advice(String[] given) {
    List<String> all = List.of(given);
    if (all.stream().anyMatch(each -> each.startsWith(SYMMETRIC))) {
      return "it is none of this id, time and body under the secret that stands here; both sides"
          + " need the same secret, and nothing between them may change the body";
    }
    return all.stream().anyMatch(each -> each.startsWith(ASYMMETRIC))
        ? "only v1a (ed25519) is there; have the other side sign with v1 (HMAC-SHA256) and a secret"
            + " whsec_..."
        : "a signature is written v1, and then base64; there may be several with blanks between";
  }

  /** What can be checked before the body is read: all headers are there, and in time. */
  static void checkHeaders(Received request, Instant now, Duration age) throws RequestRefused {
    for (String name : List.of(StandardWebhook.ID, StandardWebhook.SIGNATURE)) {
      String _ = request.required(name);
    }
    checkAge(request.required(StandardWebhook.TIME), now, age);
  }

  /** Neither too old nor from the future. */
  static void checkAge(String time, Instant now, Duration age) throws RequestRefused {
    if (!time.matches("[0-9]{1,11}")) {
      throw new RequestRefused(401, "wrong_timestamp", "the time is written in seconds since 1970");
    }
    Duration since = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now);
    if (since.abs().compareTo(age) > 0) {
      throw new RequestRefused(
          401,
          "wrong_timestamp",
          "the time is %s s %s ours, and %s s are allowed; are both clocks right, and is each attempt signed anew?"
              .formatted(
                  since.abs().toSeconds(),
                  since.isNegative() ? "ahead of" : "behind",
                  age.toSeconds()));
    }
  }
}
