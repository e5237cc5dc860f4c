package dev.owlery.adapter.slack;

import dev.owlery.adapter.slack.api.SlackSettings;
import dev.owlery.api.settings.Secret;
import dev.owlery.testkit.slack.SlackDouble;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings for accounts in a double. */
public final class TestSettings {

  static final SlackSettings.Flood NO_LIMIT = new SlackSettings.Flood(0, 1);
  private static final SlackSettings.Ping PING =
      new SlackSettings.Ping(Duration.ofSeconds(1), Duration.ofSeconds(1));
  private static final SlackSettings.Retry RETRY =
      new SlackSettings.Retry(Duration.ofMillis(50), Duration.ofSeconds(1));

  private TestSettings() {}

  public static SlackSettings socket(SlackDouble slack) {
    return socket(slack, NO_LIMIT);
  }

  public static SlackSettings socket(SlackDouble slack, SlackSettings.Flood flood) {
    return of(slack, SlackSettings.Mode.SOCKET, flood, List.of());
  }

  static SlackSettings withGuests(SlackDouble slack, String... guests) {
    return of(slack, SlackSettings.Mode.SOCKET, NO_LIMIT, List.of(guests));
  }

  public static SlackSettings http(SlackDouble slack) {
    return of(slack, SlackSettings.Mode.HTTP, NO_LIMIT, List.of());
  }

  public static SlackSettings withBotToken(SlackSettings of, String token) {
    return with(of, new Secret(token), of.appToken());
  }

  public static SlackSettings withAppToken(SlackSettings of, String token) {
    return with(of, of.botToken(), Optional.of(new Secret(token)));
  }

  private static SlackSettings with(SlackSettings of, Secret bot, Optional<Secret> app) {
    return new SlackSettings(
        bot,
        app,
        of.mode(),
        of.signingSecret(),
        of.webhookTokens(),
        of.apiUrl(),
        of.insecure(),
        of.rooms(),
        of.guests(),
        of.announce(),
        of.patience(),
        of.flood(),
        of.ping(),
        of.retry());
  }

  private static SlackSettings of(
      SlackDouble slack, SlackSettings.Mode mode, SlackSettings.Flood flood, List<String> guests) {
    return new SlackSettings(
        new Secret(slack.botToken()),
        Optional.of(new Secret(slack.appToken())),
        mode,
        Optional.of(new Secret(slack.signingSecret())),
        mode == SlackSettings.Mode.HTTP
            ? List.of(new Secret(slack.verificationToken()))
            : List.of(),
        slack.apiUrl(),
        false,
        List.of("#owls"),
        guests,
        false,
        Duration.ofSeconds(2),
        flood,
        PING,
        RETRY);
  }
}
