package dev.owlery.plugins.webhooks;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Who may come in. */
final class Gatekeeper {
  private static final String GITHUB_SIGNATURE = "X-Hub-Signature-256";
  private static final String GITLAB_TOKEN = "X-Gitlab-Token";

  private Gatekeeper() {}

  /**
   * Checks that a request is from who shares the secret.
   *
   * @return what makes this request the same when it comes again
   * @throws Refused if it is not, or is too old
   */
  static String check(WebhooksSettings.Incoming settings, Received request, Instant now)
      throws Refused {
    String secret = settings.secret().reveal();
    return switch (settings.kind()) {
      case GITHUB -> {
        String signature = "sha256=" + Mac256.hex(Mac256.bytes(secret), request.body());
        same(signature, request.required(GITHUB_SIGNATURE));
        yield signature;
      }
      case GITLAB -> gitlab(settings, secret, request, now);
      case STANDARD ->
          StandardSignature.check(
              StandardSignature.key(secret).orElseThrow(), request, now, settings.age());
      case GENERIC -> generic(settings, secret, request, now);
    };
  }

  private static String gitlab(
      WebhooksSettings.Incoming settings, String secret, Received request, Instant now)
      throws Refused {
    Optional<byte[]> key =
        StandardSignature.isSecret(secret) ? StandardSignature.key(secret) : Optional.empty();
    if (key.isPresent()) {
      return StandardSignature.check(key.get(), request, now, settings.age());
    }
    same(secret, request.required(GITLAB_TOKEN));
    return request
        .header("Idempotency-Key")
        .or(() -> request.header("X-Gitlab-Event-UUID"))
        .orElseGet(() -> UUID.randomUUID().toString());
  }

  /** A signature without a time is good for one body once. */
  private static String generic(
      WebhooksSettings.Incoming settings, String secret, Received request, Instant now)
      throws Refused {
    if (settings.signature().isEmpty()) {
      same("Bearer " + secret, request.required("Authorization"));
      return UUID.randomUUID().toString();
    }
    byte[] key = Mac256.bytes(secret);
    String given = request.required(settings.signature().get());
    String bare = given.startsWith("sha256=") ? given.substring("sha256=".length()) : given;
    if (settings.timestamp().isPresent()) {
      String time = request.required(settings.timestamp().get());
      same(Mac256.hex(key, Mac256.bytes(time + "."), request.body()), bare);
      StandardSignature.checkAge(time, now, settings.age());
      return bare;
    }
    same(Mac256.hex(key, request.body()), bare);
    return bare;
  }

  private static void same(String expected, String given) throws Refused {
    if (!Mac256.same(expected, given)) {
      throw new Refused(401, "wrong_signature");
    }
  }
}
