package dev.owlery.adapter.slack.delivery;

import dev.owlery.api.http.HmacSha256;
import dev.owlery.api.settings.Secret;
import dev.owlery.spi.BoundedMap;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a request is Slack's: signed with our secret over the very bytes of its body (Slack's
 * "v0"), not older and not newer than five minutes, and not seen before. Any thread.
 */
final class Signature {
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Pattern FORM = Pattern.compile("v0=[0-9a-f]{64}");
  private static final int MOST_REMEMBERED = 100_000;

  private final HmacSha256 mac;
  private final Clock clock;
  private final Map<String, Long> seen = BoundedMap.firstInFirstOut(MOST_REMEMBERED);

  Signature(Secret secret, Clock clock) {
    this.mac = new HmacSha256(secret);
    this.clock = clock;
  }

  /** What is wrong with a request. */
  enum SignatureFault {
    /** A header is missing, or is none. */
    MALFORMED("it has no signature"),
    /** Too old, or from the future. */
    STALE("it is not from these five minutes"),
    /** Not signed with our secret, or changed since. */
    WRONG("it is not signed with our secret, or was changed since"),
    /** It has come before. */
    REPLAYED("it has come before");

    private final String words;

    SignatureFault(String words) {
      this.words = words;
    }

    /** For a person. */
    String words() {
      return words;
    }
  }

  /**
   * Checks a request.
   *
   * @param timestamp the header {@code X-Slack-Request-Timestamp}
   * @param signature the header {@code X-Slack-Signature}
   * @param body the bytes as they came
   * @return what is wrong; empty if nothing is
   */
  Optional<SignatureFault> check(
      Optional<String> timestamp, Optional<String> signature, byte[] body) {
    Optional<SignatureFault> obvious = checkHeaders(timestamp, signature);
    if (obvious.isPresent() || timestamp.isEmpty() || signature.isEmpty()) {
      return obvious;
    }
    Secret expected = new Secret("v0=" + mac.hex("v0:" + timestamp.get() + ":", body));
    if (!expected.is(signature.get())) {
      return Optional.of(SignatureFault.WRONG);
    }
    return isFirst(signature.get()) ? Optional.empty() : Optional.of(SignatureFault.REPLAYED);
  }

  /**
   * Checks what can be checked before the body is read.
   *
   * @param timestamp the header {@code X-Slack-Request-Timestamp}
   * @param signature the header {@code X-Slack-Signature}
   * @return what is wrong, whatever the body is; empty if the body decides
   */
  Optional<SignatureFault> checkHeaders(Optional<String> timestamp, Optional<String> signature) {
    if (timestamp.isEmpty() || signature.isEmpty() || !timestamp.get().matches("[0-9]{1,11}")) {
      return Optional.of(SignatureFault.MALFORMED);
    }
    long now = clock.instant().getEpochSecond();
    if (Math.abs(now - Long.parseLong(timestamp.get())) > WINDOW.toSeconds()) {
      return Optional.of(SignatureFault.STALE);
    }
    return FORM.matcher(signature.get()).matches()
        ? Optional.empty()
        : Optional.of(SignatureFault.WRONG);
  }

  private boolean isFirst(String signature) {
    long now = clock.millis();
    synchronized (seen) {
      Iterator<Long> oldest = seen.values().iterator();
      while (oldest.hasNext() && now - oldest.next() > 2 * WINDOW.toMillis()) {
        oldest.remove();
      }
      return seen.putIfAbsent(signature, now) == null;
    }
  }

  /** The request could not be recorded: when it comes again it is no replay. */
  void forget(Optional<String> signature) {
    synchronized (seen) {
      signature.ifPresent(seen::remove);
    }
  }
}
