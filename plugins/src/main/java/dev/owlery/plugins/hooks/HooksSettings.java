package dev.owlery.plugins.hooks;

import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.Secret;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The block {@code plugin.hooks}.
 *
 * @param incoming addresses of our own, by name: {@code /hooks/NAME/SECRET}
 * @param outgoing other people's addresses, by name, for {@code !hook NAME MESSAGE}
 */
@Settings
record HooksSettings(
    Map<String, IncomingHookSettings> incoming, Map<String, OutgoingHookSettings> outgoing) {

  /**
   * An address of our own, which understands what Slack's do.
   *
   * @param secret the last part of its path
   * @param to where it posts, written {@code account/room}
   * @param also where else it may post, if the payload names a channel
   * @param perMinute how many posts it takes in a minute; 0 for no limit
   */
  @Settings
  record IncomingHookSettings(
      Secret secret, String to, List<String> also, @Default("60") int perMinute) {
    IncomingHookSettings {
      also = List.copyOf(also);
      if (!secret.reveal().matches("[A-Za-z0-9_~-]{16,200}")) {
        throw new SettingException(
            "secret",
            "at least 16 letters and digits, for example what `openssl rand -hex 24` says");
      }
      if (perMinute < 0) {
        throw new SettingException("per-minute", "a number of posts, or 0 for no limit");
      }
    }
  }

  /**
   * Somebody else's address.
   *
   * @param url the address, which is a secret
   * @param username who is shown as speaking, where the other side allows that
   * @param icon an emoji's name between colons, or the address of a picture
   * @param channel where to post, where the other side allows that
   */
  @Settings
  record OutgoingHookSettings(
      Secret url, Optional<String> username, Optional<String> icon, Optional<String> channel) {
    OutgoingHookSettings {
      if (!isSafe(url.reveal())) {
        throw new SettingException(
            "url", "an https address (http only for this machine), such as Slack gives");
      }
    }

    private static boolean isSafe(String address) {
      try {
        URI uri = URI.create(address);
        String host = String.valueOf(uri.getHost());
        boolean local = host.equals("localhost") || host.matches("127(\\.[0-9]{1,3}){3}");
        return uri.getHost() != null
            && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && local));
      } catch (IllegalArgumentException malformed) {
        return false;
      }
    }
  }

  HooksSettings {
    incoming = Map.copyOf(incoming);
    outgoing = Map.copyOf(outgoing);
    incoming.keySet().forEach(name -> checkName("incoming", name));
    outgoing.keySet().forEach(name -> checkName("outgoing", name));
  }

  private static void checkName(String key, String name) {
    if (!name.matches("[a-z0-9][a-z0-9_-]{0,63}")) {
      throw new SettingException(key, "a hook's name is made of a-z, 0-9, - and _");
    }
  }
}
