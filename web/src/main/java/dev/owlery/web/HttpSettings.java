package dev.owlery.web;

import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * The block {@code http}.
 *
 * @param host the address to listen on
 * @param port the port; 0 for any that is free
 * @param publicUrl how the listener is reached from outside, behind a reverse proxy
 * @param trustedProxies addresses and networks of reverse proxies whose {@code X-Forwarded-For} is
 *     believed
 * @param maxConnections so many clients may be connected at once; more wait
 */
@Settings
public record HttpSettings(
    @Default("127.0.0.1") String host,
    @Default("8080") int port,
    Optional<String> publicUrl,
    List<String> trustedProxies,
    @Default("256") int maxConnections) {

  private static final int MOST_CONNECTIONS = 10_000;

  /**
   * Checks the block.
   *
   * @throws SettingException if an address, a network or a number cannot be
   */
  public HttpSettings {
    if (host.isBlank() || host.codePoints().anyMatch(HttpSettings::isNoAddress)) {
      throw new SettingException("host", "must be an address of this machine, like 127.0.0.1");
    }
    if (port < 0 || port > 65_535) {
      throw new SettingException("port", "must be between 0 and 65535");
    }
    publicUrl = publicUrl.map(HttpSettings::checked);
    trustedProxies = List.copyOf(trustedProxies);
    for (String network : trustedProxies) {
      if (Network.of(network).isEmpty()) {
        throw new SettingException(
            "trusted-proxies", "must be addresses or networks, like 10.0.0.7 or 10.0.0.0/8");
      }
    }
    if (maxConnections < 1 || maxConnections > MOST_CONNECTIONS) {
      throw new SettingException("max-connections", "must be between 1 and " + MOST_CONNECTIONS);
    }
  }

  private static boolean isNoAddress(int c) {
    return Character.isWhitespace(c) || Character.isISOControl(c) || c == '/';
  }

  private static String checked(String written) {
    try {
      URI uri = new URI(written);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (web
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && uri.getRawUserInfo() == null) {
        return written.endsWith("/") ? written : written + "/";
      }
    } catch (URISyntaxException e) {
      throw new SettingException("public-url", "is no address: " + e.getReason());
    }
    throw new SettingException(
        "public-url", "must be like https://bot.example.org/ or https://example.org/bot/");
  }
}
