package dev.owlery.adapter.slack.api;

import dev.owlery.adapter.slack.text.IdFormats;
import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.Secret;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.SettingFaults;
import dev.owlery.api.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An account's block with {@code protocol = slack}.
 *
 * @param botToken the token that begins with {@code xoxb-}
 * @param appToken the token that begins with {@code xapp-}, for Socket Mode
 * @param mode how events come
 * @param signingSecret what Slack signs its requests with, for HTTP
 * @param webhookTokens the tokens of classic outgoing webhooks, each of which may post to the
 *     account's address
 * @param apiUrl where the Web API is
 * @param insecure allows an address without TLS that is not on this machine
 * @param rooms the channels to be in, with their {@code #}
 * @param guests ids of guests and of members of other workspaces that are vouched for all the same
 * @param announce whether plugins may address {@code @channel}, {@code @here} and {@code @everyone}
 * @param patience how long Slack may take to answer a call
 * @param flood how fast to send
 * @param ping how to notice a dead connection
 * @param retry how to come back after a lost connection
 */
@Settings
public record SlackSettings(
    Secret botToken,
    Optional<Secret> appToken,
    @Default("socket") Mode mode,
    Optional<Secret> signingSecret,
    List<Secret> webhookTokens,
    @Default("https://slack.com/api/") String apiUrl,
    @Default("false") boolean insecure,
    List<String> rooms,
    List<String> guests,
    @Default("false") boolean announce,
    @Default("10s") Duration patience,
    @Default("{}") Flood flood,
    @Default("{}") Ping ping,
    @Default("{}") Retry retry) {

  /** How events come. */
  public enum Mode {
    /** Socket Mode: by a connection that the bot opens. */
    SOCKET,
    /** By requests to the bot's own HTTP listener. */
    HTTP,
    /** The old way, which Slack has ended for new apps. */
    RTM
  }

  /**
   * How fast to send: a bucket for each channel.
   *
   * @param burst how many messages may follow each other at once; 0 for no limit of ours at all
   * @param perSecond how many a second in the long run
   */
  @Settings
  public record Flood(@Default("1") int burst, @Default("1") double perSecond) {
    public Flood {
      if (burst < 0 || burst > 1_000) {
        throw new SettingException("burst", "a number of messages up to 1000, or 0 for no limit");
      }
      if (!(perSecond > 0)) {
        throw new SettingException("per-second", "more than 0 messages a second");
      }
    }
  }

  /**
   * How to notice a dead connection.
   *
   * @param every how often to ask for a sign of life
   * @param patience how long it may take to come
   */
  @Settings
  public record Ping(@Default("10s") Duration every, @Default("5s") Duration patience) {
    public Ping {
      checkPositive("every", every);
      checkPositive("patience", patience);
    }
  }

  /**
   * How to come back.
   *
   * @param first the pause before the first new attempt; doubled with each further one
   * @param longest the longest pause
   */
  @Settings
  public record Retry(@Default("500ms") Duration first, @Default("30s") Duration longest) {
    public Retry {
      checkPositive("first", first);
      checkPositive("longest", longest);
    }
  }

  public SlackSettings {
    SettingFaults faults = new SettingFaults();
    faults.check(() -> checkToken("bot-token", botToken, "xoxb-"));
    appToken.ifPresent(token -> faults.check(() -> checkToken("app-token", token, "xapp-")));
    List<Secret> tokens = webhookTokens;
    faults.check(() -> checkMode(mode, appToken, signingSecret, tokens));
    faults.check(() -> checkAddress(apiUrl, insecure));
    rooms.forEach(room -> faults.check(() -> checkRoom(room)));
    guests.forEach(guest -> faults.check(() -> checkGuest(guest)));
    faults.check(() -> checkPositive("patience", patience));
    faults.throwIfAny();
    webhookTokens = List.copyOf(webhookTokens);
    rooms = List.copyOf(rooms);
    guests = List.copyOf(guests);
  }

  private static void checkToken(String key, Secret token, String start) {
    if (!token.reveal().startsWith(start)) {
      throw new SettingException(key, "the token that begins with " + start);
    }
    if (!token.reveal().chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new SettingException(key, "a token has no white space in it");
    }
  }

  private static void checkMode(
      Mode mode, Optional<Secret> app, Optional<Secret> signing, List<Secret> webhooks) {
    switch (mode) {
      case SOCKET -> {
        if (app.isEmpty()) {
          throw new SettingException(
              "app-token", "Socket Mode needs the app-level token (xapp-), or write mode = http");
        }
      }
      case HTTP -> {
        if (signing.isEmpty() && webhooks.isEmpty()) {
          throw new SettingException(
              "signing-secret", "without it requests that claim to be Slack's cannot be checked");
        }
      }
      case RTM ->
          throw new SettingException(
              "mode", "Slack has ended RTM for new apps; write socket (as easy to set up) or http");
    }
  }

  private static void checkAddress(String address, boolean insecure) {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException malformed) {
      throw new SettingException("api-url", "an address such as https://slack.com/api/");
    }
    if (uri.getHost() == null || !address.endsWith("/")) {
      throw new SettingException("api-url", "an address such as https://slack.com/api/");
    }
    if (!isSafe(uri, insecure)) {
      throw new SettingException(
          "api-url",
          "without https the token goes over the network in clear, which is for tests on this"
              + " machine; write insecure = true beside it if you really want that");
    }
  }

  /**
   * Whether a token may be sent to an address, or a file.
   *
   * @param address where
   * @param insecure whether the configuration allows anything
   * @return true if it is encrypted, or on this machine
   */
  public static boolean isSafe(URI address, boolean insecure) {
    String scheme = String.valueOf(address.getScheme());
    boolean encrypted = scheme.equals("https") || scheme.equals("wss");
    boolean plain = scheme.equals("http") || scheme.equals("ws");
    return encrypted || (plain && (insecure || isLoopback(String.valueOf(address.getHost()))));
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127(\\.[0-9]{1,3}){3}")
        || host.equals("[::1]");
  }

  private static void checkRoom(String room) {
    if (!IdFormats.isChannelName(room)) {
      throw new SettingException(
          "rooms", "a channel's name with its #, such as \"#owls\", or its id");
    }
  }

  private static void checkGuest(String guest) {
    if (!IdFormats.isUserId(guest)) {
      throw new SettingException("guests", "member ids such as U0123ABCD");
    }
  }

  private static void checkPositive(String key, Duration duration) {
    if (!duration.isPositive()) {
      throw new SettingException(key, "a time longer than nothing, for example 5s");
    }
  }
}
