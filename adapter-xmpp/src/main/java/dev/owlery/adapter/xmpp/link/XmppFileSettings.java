package dev.owlery.adapter.xmpp.link;

import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jxmpp.jid.Jid;

/**
 * How an account carries files.
 *
 * @param hosts hosts ({@code HOST} or {@code HOST:PORT}) besides our own server's proxy to which
 *     the bot may connect because somebody who sends a file says so
 * @param listen {@code ADDRESS:PORT} on which the bot takes direct connections for files that it
 *     sends; none if absent. Port 0 for any
 * @param announce {@code ADDRESS:PORT} under which the others reach that place, if it is another
 *     one for them
 * @param receivers full addresses ({@code name@domain/resource}) of programs that take files and do
 *     not show themselves
 * @param bareFrom addresses of programs that send SOCKS5 bytestreams without offering them first,
 *     from whom such are taken
 * @param compatible if these programs tell a file's name by a line of chat; else it has none
 */
@Settings
public record XmppFileSettings(
    List<String> hosts,
    Optional<String> listen,
    Optional<String> announce,
    List<String> receivers,
    List<String> bareFrom,
    Optional<Compatible> compatible) {

  /**
   * Names of files by lines of chat: {@code Send file: NAME}, {@code New file: NAME}.
   *
   * @param room the room in which they are said; to the other program alone if absent
   * @param patience how long a file waits for its name when its bytes are here
   */
  @Settings
  public record Compatible(Optional<String> room, @Default("30s") Duration patience) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    public Compatible {
      room = room.map(XmppFileSettings::room);
      if (!patience.isPositive() || patience.compareTo(LONGEST) > 0) {
        throw new SettingException("patience", "a time, 10m at most");
      }
    }
  }

  public XmppFileSettings {
    hosts = List.copyOf(hosts);
    receivers = List.copyOf(receivers);
    bareFrom = List.copyOf(bareFrom);
    place("listen", listen);
    place("announce", announce);
    if (announce.isPresent() && listen.isEmpty()) {
      throw new SettingException("announce", "needs files.listen");
    }
    receivers.forEach(each -> check("receivers", each, true));
    bareFrom.forEach(each -> check("bare-from", each, false));
    receivers = receivers.stream().map(XmppIdentity::address).map(Jid::toString).toList();
    bareFrom = bareFrom.stream().map(XmppIdentity::address).map(Jid::toString).toList();
  }

  /** Whether somebody is one of the programs that tell names by lines of chat. */
  public boolean tellsNames(String address) {
    return compatible.isPresent()
        && (bareFrom.contains(address)
            || receivers.stream().anyMatch(each -> each.startsWith(address + "/")));
  }

  private static String room(String written) {
    try {
      return XmppIdentity.account(written).toString();
    } catch (IllegalArgumentException malformed) {
      throw new SettingException("room", "a room's address: room@service");
    }
  }

  private static void place(String key, Optional<String> written) {
    if (written.filter(place -> !place.matches("[^\\s]+:[0-9]{1,5}")).isPresent()) {
      throw new SettingException(key, "an address and a port: 192.0.2.1:7777");
    }
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
