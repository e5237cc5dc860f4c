package dev.owlery.plugins.webhooks;

import dev.owlery.api.http.StandardWebhook;
import dev.owlery.api.settings.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Signatures of Standard Webhooks, which GitLab's are too, and times that are part of them. */
final class SignedMessage {
  private static final int MOST = 10;

  private SignedMessage() {}

  /** Checks a request, and returns its id. */
  static String check(StandardWebhook signing, Received request, Instant now, Duration age)
      throws Refused {
    String id = request.required(StandardWebhook.ID);
    String time = request.required(StandardWebhook.TIME);
    Secret expected = new Secret(signing.sign(id, time, request.body()));
    String[] given = request.required(StandardWebhook.SIGNATURE).split(" ", MOST + 1);
    boolean any = false;
    for (int i = 0; i < Math.min(given.length, MOST); i++) {
      any |= expected.is(given[i]);
    }
    if (!any) {
      throw new Refused(401, "wrong_signature");
    }
    checkAge(time, now, age);
    return id;
  }

  /** What can be checked before the body is read: all headers are there, and in time. */
  static void checkHeaders(Received request, Instant now, Duration age) throws Refused {
    for (String name : List.of(StandardWebhook.ID, StandardWebhook.SIGNATURE)) {
      String _ = request.required(name);
    }
    checkAge(request.required(StandardWebhook.TIME), now, age);
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
