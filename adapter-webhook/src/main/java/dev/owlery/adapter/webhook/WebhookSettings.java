package dev.owlery.adapter.webhook;

import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.Secret;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import dev.owlery.api.topic.TopicPattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * An account's block with {@code protocol = webhook}.
 *
 * @param url where to post; it may hold a secret
 * @param secret what the posts are signed with (standardwebhooks.com); {@code whsec_} and base64,
 *     or any text
 * @param topics the topics whose items are posted: names, or patterns such as {@code ci.*}
 * @param insecure allows an address without https that is not on this machine
 * @param patience how long an answer may take
 */
@Settings
record WebhookSettings(
    Secret url,
    Secret secret,
    List<String> topics,
    @Default("false") boolean insecure,
    @Default("10s") Duration patience) {

  WebhookSettings {
    topics = List.copyOf(topics);
    if (topics.isEmpty() || !topics.stream().allMatch(TopicPattern::isPattern)) {
      throw new SettingException(
          "topics", "names of topics or patterns, like [ deploys.web, \"ci.*\" ]");
    }
    if (!isSafe(url.reveal(), insecure)) {
      throw new SettingException(
          "url", "an https address; http only for this machine, or with insecure = true");
    }
    if (secret.reveal().length() < 12) {
      throw new SettingException("secret", "at least 12 characters");
    }
    if (!patience.isPositive()) {
      throw new SettingException("patience", "longer than nothing");
    }
  }

  private static boolean isSafe(String address, boolean insecure) {
    try {
      URI uri = URI.create(address);
      String host = String.valueOf(uri.getHost());
      boolean local = host.equals("localhost") || host.matches("127(\\.[0-9]{1,3}){3}");
      return uri.getHost() != null
          && ("https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme()) && (local || insecure)));
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
