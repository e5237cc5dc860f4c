package dev.owlery.plugins.webhooks;

import dev.owlery.api.http.HmacSha256;
import dev.owlery.api.http.StandardWebhook;
import dev.owlery.api.settings.Secret;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Who may come in. */
final class Authenticator {
  static final String GITHUB_SIGNATURE = "X-Hub-Signature-256";
  static final String GITLAB_TOKEN = "X-Gitlab-Token";
  static final String SHA256 = "sha256=";

  private static final Pattern HMAC = Pattern.compile("[0-9a-f]{64}");
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private Authenticator() {}

  /**
   * Checks that a request is from who shares the secret.
   *
   * @return what makes this request the same when it comes again
   * @throws RequestRefused if it is not, or is too old
   */
  static String check(
      WebhooksSettings.IncomingWebhookSettings settings, Received request, Instant now)
      throws RequestRefused {
    return switch (settings.kind()) {
      case GITHUB -> github(settings, request);
      case GITLAB -> gitlab(settings, request, now);
      case STANDARD ->
          SignedMessage.check(
              StandardWebhook.of(settings.secret()).orElseThrow(), request, now, settings.age());
      case GENERIC -> generic(settings, request, now);
    };
  }

  /**
   * Checks the headers alone, before the body is read.
   *
   * @return whether they prove all that there is to prove; false if a signature of the body is left
   *     to be checked
   * @throws RequestRefused if no body could make the request believed
   */
  static boolean checkHeaders(
      WebhooksSettings.IncomingWebhookSettings settings, Received request, Instant now)
      throws RequestRefused {
    return switch (settings.kind()) {
      case GITHUB -> {
        isSignature(request.required(GITHUB_SIGNATURE), SHA256);
        yield false;
      }
      case GITLAB -> {
        boolean signs =
            StandardWebhook.isMarked(settings.secret())
                && StandardWebhook.of(settings.secret()).isPresent();
        if (signs) {
          SignedMessage.checkHeaders(request, now, settings.age());
        } else {
          same(settings.secret().reveal(), request.required(GITLAB_TOKEN));
        }
        yield !signs;
      }
      case STANDARD -> {
        SignedMessage.checkHeaders(request, now, settings.age());
        yield false;
      }
      case GENERIC -> checkGenericHeaders(settings, request, now);
    };
  }

  private static boolean checkGenericHeaders(
      WebhooksSettings.IncomingWebhookSettings settings, Received request, Instant now)
      throws RequestRefused {
    if (settings.signature().isEmpty()) {
      same("Bearer " + settings.secret().reveal(), request.required("Authorization"));
      return true;
    }
    String given = request.required(settings.signature().get());
    isSignature(given, given.startsWith(SHA256) ? SHA256 : "");
    if (settings.timestamp().isPresent()) {
      SignedMessage.checkAge(request.required(settings.timestamp().get()), now, settings.age());
    }
    return false;
  }

  private static void isSignature(String given, String prefix) throws RequestRefused {
    if (!given.startsWith(prefix) || !HMAC.matcher(given.substring(prefix.length())).matches()) {
      throw new RequestRefused(401, "wrong_signature");
    }
  }

  /** GitHub signs the body alone: that is good once. Its id for the delivery is not signed. */
  private static String github(WebhooksSettings.IncomingWebhookSettings settings, Received request)
      throws RequestRefused {
    String signature = SHA256 + new HmacSha256(settings.secret()).hex("", request.body());
    same(signature, request.required(GITHUB_SIGNATURE));
    return signature;
  }

  /**
   * GitLab signs as Standard Webhooks does, if it has a signing token (GitLab's merge request
   * 230944); otherwise it shows its secret token.
   */
  private static String gitlab(
      WebhooksSettings.IncomingWebhookSettings settings, Received request, Instant now)
      throws RequestRefused {
    Optional<StandardWebhook> signing =
        Optional.of(settings.secret())
            .filter(StandardWebhook::isMarked)
            .flatMap(StandardWebhook::of);
    if (signing.isPresent()) {
      return SignedMessage.check(signing.get(), request, now, settings.age());
    }
    same(settings.secret().reveal(), request.required(GITLAB_TOKEN));
    return request
        .header(IDEMPOTENCY_KEY)
        .or(() -> request.header("X-Gitlab-Event-UUID"))
        .orElseGet(() -> UUID.randomUUID().toString());
  }

  /** A signature without a time is good for one body once. */
  private static String generic(
      WebhooksSettings.IncomingWebhookSettings settings, Received request, Instant now)
      throws RequestRefused {
    if (settings.signature().isEmpty()) {
      same("Bearer " + settings.secret().reveal(), request.required("Authorization"));
      return request.header(IDEMPOTENCY_KEY).orElseGet(() -> UUID.randomUUID().toString());
    }
    HmacSha256 mac = new HmacSha256(settings.secret());
    String given = request.required(settings.signature().get());
    String bare = given.startsWith(SHA256) ? given.substring(SHA256.length()) : given;
    if (settings.timestamp().isPresent()) {
      String time = request.required(settings.timestamp().get());
      same(mac.hex(time + ".", request.body()), bare);
      SignedMessage.checkAge(time, now, settings.age());
      return bare;
    }
    same(mac.hex("", request.body()), bare);
    return bare;
  }

  private static void same(String expected, String given) throws RequestRefused {
    if (!new Secret(expected).is(given)) {
      throw new RequestRefused(401, "wrong_signature");
    }
  }
}
