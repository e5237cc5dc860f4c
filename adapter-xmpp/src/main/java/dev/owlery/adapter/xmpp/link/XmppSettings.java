package dev.owlery.adapter.xmpp.link;

import dev.owlery.api.adapter.ServerTrust;
import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.Secret;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.SettingFaults;
import dev.owlery.api.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An account's block with {@code protocol = xmpp}.
 *
 * @param jid the account's address, {@code name@domain}
 * @param password its password
 * @param host the server's name or address; if absent the domain's SRV records tell (RFC 6120
 *     section 3.2), or the domain itself
 * @param port the port of that host
 * @param tls how the connection is encrypted
 * @param insecure allows {@code tls = off} to a host that is not this machine
 * @param allowPlain allows a login that shows the server the password, where the server knows no
 *     better one (SASL PLAIN); only under TLS
 * @param fingerprint SHA-256 of the only certificate to accept, whoever signed it and whatever
 *     names it has
 * @param authority a file with the certificates (PEM) of the only authorities to trust, instead of
 *     Java's own
 * @param resource the last part of the full address; always the same, so that the server gives what
 *     a killed bot had not acknowledged to the next one
 * @param nick what to be called in rooms; the name of the address if absent
 * @param rooms the rooms to be in; {@code "room@service password"} for one with a password
 * @param subscriptions what to answer who asks to see our presence
 * @param invitations what to do when invited into a room
 * @param offline what to do at a login with what the server has stored for the account (XEP-0013)
 * @param flood how fast to send
 * @param ping how to notice a dead connection
 * @param retry how to come back after a lost connection or a kick
 * @param files how files are carried
 * @param topics the publish-subscribe nodes that carry topics: {@code SERVICE/NODE} by topic
 */
@Settings
public record XmppSettings(
    String jid,
    Secret password,
    Optional<String> host,
    @Default("5222") int port,
    @Default("required") Tls tls,
    @Default("false") boolean insecure,
    @Default("false") boolean allowPlain,
    Optional<String> fingerprint,
    Optional<Path> authority,
    @Default("owlery") String resource,
    Optional<String> nick,
    List<String> rooms,
    @Default("accept") Subscriptions subscriptions,
    @Default("refuse") Invitations invitations,
    @Default("take") StoredMessages offline,
    @Default("{}") Flood flood,
    @Default("{}") Ping ping,
    @Default("{}") Retry retry,
    @Default("{}") XmppFileSettings files,
    Map<String, String> topics) {

  /** How a connection is encrypted. */
  public enum Tls {
    /** By STARTTLS on the plain port, and the server's certificate is checked. */
    REQUIRED,
    /** From its first byte on (XEP-0368), and the server's certificate is checked. */
    DIRECT,
    /** In clear; for tests on this machine. */
    OFF
  }

  /** What to answer to a request for a subscription to our presence. */
  public enum Subscriptions {
    /** Everybody may see whether the bot is there. */
    ACCEPT,
    /** Nobody may. */
    REFUSE,
    /** No answer: a person decides with another client. */
    IGNORE
  }

  /** What to do with messages that the server has stored. */
  public enum StoredMessages {
    /** Each is handled, and removed when it is recorded. */
    TAKE,
    /** They stay where they are, for {@code !offline} and other clients; archives are read. */
    LEAVE
  }

  /** What to do when invited into a room. */
  public enum Invitations {
    /** Go in. Nobody there is taken for who the room says they are. */
    ACCEPT,
    /** Stay out. */
    REFUSE
  }

  /**
   * How fast to send: a bucket of messages that fills at a steady rate.
   *
   * @param burst how many messages may leave at once; 0 for no limit
   * @param perSecond how many follow each second
   */
  @Settings
  public record Flood(@Default("100") int burst, @Default("50") double perSecond) {
    public Flood {
      if (burst < 0) {
        throw new SettingException("burst", "a number of messages, or 0 for no limit");
      }
      if (!(perSecond > 0)) {
        throw new SettingException("per-second", "more than 0 messages a second");
      }
    }
  }

  /**
   * How to notice a dead connection, and a room that has forgotten us.
   *
   * @param every how often to ask the server for a sign of life
   * @param patience how long it may take to give it
   * @param rooms how often to ask a room whether we are still in it (XEP-0410)
   */
  @Settings
  public record Ping(
      @Default("9s") Duration every,
      @Default("5s") Duration patience,
      @Default("60s") Duration rooms) {
    public Ping {
      checkPositive("every", every);
      checkPositive("patience", patience);
      checkPositive("rooms", rooms);
    }
  }

  /**
   * How to come back.
   *
   * @param first the pause before the first new attempt; doubled with each further one
   * @param longest the longest pause
   * @param rejoin the pause before going back into a room after a kick; doubled with each further
   *     kick
   */
  @Settings
  public record Retry(
      @Default("500ms") Duration first,
      @Default("30s") Duration longest,
      @Default("2s") Duration rejoin) {
    public Retry {
      checkPositive("first", first);
      checkPositive("longest", longest);
      checkPositive("rejoin", rejoin);
    }
  }

  public XmppSettings {
    rooms = List.copyOf(rooms);
    topics = Map.copyOf(topics);
    topics.forEach((topic, node) -> {
      try {
        NodeAddress.parse(node);
      } catch (IllegalArgumentException wrong) {
        throw new SettingException("topics." + topic, String.valueOf(wrong.getMessage()));
      }
    });
    SettingFaults faults = new SettingFaults();
    faults.check(() -> checkJid(jid));
    faults.check(() -> host.ifPresent(XmppSettings::checkHost));
    faults.check(port >= 1 && port <= 65_535, "port", "a number from 1 to 65535");
    String server = host.orElse(jid.substring(jid.indexOf('@') + 1));
    if (tls == Tls.OFF) {
      faults.check(() -> ServerTrust.checkUnencrypted(server, insecure));
    }
    faults.check(
        !allowPlain || tls != Tls.OFF || insecure,
        "allow-plain",
        "needs tls = required or tls = direct");
    faults.check(
        XmppIdentity.isResource(resource), "resource", "a name without control characters");
    faults.check(
        nick.filter(name -> !XmppIdentity.isResource(name)).isEmpty(),
        "nick",
        "a name without control characters");
    rooms.forEach(room -> faults.check(() -> checkRoom(room)));
    Optional<String> written = fingerprint;
    faults.check(() -> {
      Optional<String> _ = written.map(ServerTrust::fingerprint);
    });
    faults.throwIfAny();
    checkCompatible(rooms, files);
    fingerprint = written.map(ServerTrust::fingerprint);
  }

  private static void checkJid(String jid) {
    if (jid.indexOf('/') >= 0 && XmppIdentity.isAccount(jid.substring(0, jid.indexOf('/')))) {
      throw new SettingException(
          "jid",
          "the account's address without what is behind the \"/\": write jid = \""
              + jid.substring(0, jid.indexOf('/'))
              + "\", resource = \""
              + jid.substring(jid.indexOf('/') + 1)
              + "\"");
    }
    if (!XmppIdentity.isAccount(jid)) {
      throw new SettingException("jid", "the account's address: name@domain");
    }
  }

  private static void checkHost(String host) {
    boolean hasPort = host.indexOf(':') >= 0 && host.indexOf(':') == host.lastIndexOf(':');
    if (host.isBlank()
        || hasPort
        || host.chars().anyMatch(c -> c <= ' ' || "/#@,".indexOf(c) >= 0)) {
      throw new SettingException(
          "host", "the server's name or address alone; its port is written as port = 5222");
    }
  }

  private static void checkCompatible(List<String> rooms, XmppFileSettings files) {
    files
        .compatible()
        .flatMap(XmppFileSettings.Compatible::room)
        .filter(room -> rooms.stream().noneMatch(each -> address(each).equals(room)))
        .ifPresent(elsewhere -> {
          throw new SettingException("files.compatible.room", "one of the account's rooms");
        });
  }

  private static String address(String room) {
    return XmppIdentity.account(room.split(" ", 2)[0]).toString();
  }

  private static void checkRoom(String room) {
    if (!XmppIdentity.isAccount(room.split(" ", 2)[0])) {
      throw new SettingException(
          "rooms", "a room's address: \"room@conference.example.org\", in quotes");
    }
  }

  private static void checkPositive(String key, Duration duration) {
    if (!duration.isPositive()) {
      throw new SettingException(key, "a time longer than nothing, for example 5s");
    }
  }
}
