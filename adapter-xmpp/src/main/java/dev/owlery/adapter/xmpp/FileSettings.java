package dev.owlery.adapter.xmpp;

import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import java.util.List;
import java.util.Optional;

/**
 * How an account carries files.
 *
 * @param hosts hosts ({@code HOST} or {@code HOST:PORT}) besides our own server's proxy to which
 *     the bot may connect because somebody who sends a file says so
 * @param listen {@code ADDRESS:PORT} on which the bot takes direct connections for files that it
 *     sends; none if absent. Port 0 for any
 * @param receivers full addresses ({@code name@domain/resource}) of programs that take files and do
 *     not show themselves
 * @param bareFrom addresses of programs that send SOCKS5 bytestreams without offering them first,
 *     from whom such are taken
 */
@Settings
record FileSettings(
    List<String> hosts, Optional<String> listen, List<String> receivers, List<String> bareFrom) {

  FileSettings {
    hosts = List.copyOf(hosts);
    receivers = List.copyOf(receivers);
    bareFrom = List.copyOf(bareFrom);
    if (listen.filter(written -> !written.matches("[^\\s]+:[0-9]{1,5}")).isPresent()) {
      throw new SettingException("listen", "an address and a port: 192.0.2.1:7777");
    }
    receivers.forEach(each -> check("receivers", each, true));
    bareFrom.forEach(each -> check("bare-from", each, false));
  }

  private static void check(String key, String address, boolean full) {
    boolean good;
    try {
      good =
          full
              ? XmppIdentity.address(address).isEntityFullJid()
              : XmppIdentity.address(address).isEntityBareJid();
    } catch (IllegalArgumentException malformed) {
      good = false;
    }
    if (!good) {
      throw new SettingException(
          key, full ? "full addresses: name@domain/resource" : "addresses: name@domain");
    }
  }
}
