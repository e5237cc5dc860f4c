package dev.owlery.plugins.webhooks;

import dev.owlery.api.plugin.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Signatures that were proven once and say no time of their own: who has listened could send such a
 * request again whenever nobody remembers it. So they are remembered for a year, as long as there
 * are not too many of them. Any thread.
 */
final class ProvenSignatures {
  private static final String PROVEN = "proven ";
  private static final int KEPT_CHARACTERS = 48;
  private static final int MOST = 100_000;
  private static final Duration KEPT = Duration.ofDays(365);

  private final Store store;
  private final Clock clock;

  ProvenSignatures(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Whether a request with this signature has been taken before. */
  boolean has(String webhook, String signature) {
    return store.get(key(webhook, signature)).isPresent();
  }

  /** Remembers a signature, together with what its request has published. */
  void remember(String webhook, String signature) {
    store.put(key(webhook, signature), Long.toString(clock.instant().getEpochSecond()));
  }

  private static String key(String webhook, String signature) {
    String digits = signature.substring(signature.indexOf('=') + 1);
    return PROVEN + webhook + " " + digits.substring(0, Math.min(KEPT_CHARACTERS, digits.length()));
  }

  /** Forgets what is older than a year, and the oldest where there are too many. */
  void forgetOld() {
    Instant oldest = clock.instant().minus(KEPT);
    List<Map.Entry<String, String>> all =
        store.entries(PROVEN).entrySet().stream()
            .sorted(Comparator.comparing(ProvenSignatures::since))
            .toList();
    for (int i = 0; i < all.size(); i++) {
      if (i < all.size() - MOST || since(all.get(i)).isBefore(oldest)) {
        store.remove(all.get(i).getKey());
      }
    }
  }

  private static Instant since(Map.Entry<String, String> entry) {
    String seconds = entry.getValue();
    return seconds.matches("[0-9]{1,11}")
        ? Instant.ofEpochSecond(Long.parseLong(seconds))
        : Instant.EPOCH;
  }
}
