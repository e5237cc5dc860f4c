package dev.owlery.plugins.webhooks;

import dev.owlery.api.http.StandardWebhook;
import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.Secret;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import dev.owlery.api.topic.TopicPattern;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The block {@code plugin.webhooks}.
 *
 * @param incoming addresses of our own, by name: {@code /webhooks/NAME}
 */
@Settings
record WebhooksSettings(Map<String, IncomingWebhookSettings> incoming) {

  /** Who posts. */
  enum SenderKind {
    /** GitHub, which signs the body. */
    GITHUB,
    /** GitLab, with a signing token ({@code whsec_...}) or a secret token. */
    GITLAB,
    /** Anybody who keeps to standardwebhooks.com. */
    STANDARD,
    /** Anybody else who posts JSON. */
    GENERIC
  }

  /**
   * An address of our own.
   *
   * @param kind who posts
   * @param secret what both sides know
   * @param topic where it is published
   * @param age how old a request may be, where it says when it was made
   * @param perMinute so many requests in a minute; 0 for no limit
   * @param longest how many bytes a request may have
   * @param signature for {@code generic}: the header with the HMAC-SHA256 of the body in
   *     hexadecimal digits; {@code Authorization: Bearer SECRET} is asked for if absent
   * @param timestamp for {@code generic}: the header with the Unix time; what is signed is then the
   *     time, a dot and the body
   * @param template for {@code generic} and {@code standard}: what becomes of the JSON; one of
   *     {@code standard} without the title is called by its {@code type}
   */
  @Settings
  record IncomingWebhookSettings(
      SenderKind kind,
      Secret secret,
      String topic,
      @Default("5m") Duration age,
      @Default("60") int perMinute,
      @Default("1048576") int longest,
      Optional<String> signature,
      Optional<String> timestamp,
      @Default("{}") ItemTemplate template) {
    IncomingWebhookSettings {
      if (!TopicPattern.isName(topic)) {
        throw new SettingException("topic", "a topic is written like ci.web");
      }
      if (secret.reveal().length() < 12) {
        throw new SettingException(
            "secret", "at least 12 characters, for example what `openssl rand -hex 24` says");
      }
      if (kind == SenderKind.STANDARD && StandardWebhook.of(secret).isEmpty()) {
        throw new SettingException(
            "secret",
            secret.reveal().matches("wh[sp]k_.*")
                ? "whsec_ and then base64, which both sides know: keys whpk_... (ed25519) are not checked here"
                : "whsec_ and then base64");
      }
      if (age.toSeconds() < 1 || perMinute < 0 || longest < 1) {
        throw new IllegalArgumentException(
            "age is at least 1s, per-minute at least 0, longest at least 1");
      }
      if (timestamp.isPresent() && signature.isEmpty()) {
        throw new SettingException("timestamp", "there is none without a signature");
      }
    }
  }

  /**
   * The parts of an item, in which {@code {a.b.0}} stands for a part of the JSON.
   *
   * @param title one line
   * @param text more than that
   * @param link where to read on
   * @param key what makes it the same item when it comes again
   * @param severity info, warning or critical
   */
  @Settings
  record ItemTemplate(
      @Default("{title}") String title,
      @Default("") String text,
      @Default("{url}") String link,
      @Default("") String key,
      @Default("info") String severity) {}

  WebhooksSettings {
    incoming = Map.copyOf(incoming);
    for (String name : incoming.keySet()) {
      if (!name.matches("[a-z0-9][a-z0-9_-]{0,63}")) {
        throw new SettingException("incoming", "a webhook's name is made of a-z, 0-9, - and _");
      }
    }
  }
}
