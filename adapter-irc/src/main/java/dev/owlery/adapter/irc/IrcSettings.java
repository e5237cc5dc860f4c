package dev.owlery.adapter.irc;

import dev.owlery.api.adapter.ServerTrust;
import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.Secret;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An account's block with {@code protocol = irc}.
 *
 * @param host the server's name or address
 * @param port its port
 * @param tls whether the connection is encrypted from its first byte on
 * @param insecure allows {@code tls = off} to a host that is not this machine
 * @param fingerprint SHA-256 of the only certificate to accept, whoever signed it and whatever
 *     names it has
 * @param authority a file with the certificates (PEM) of the only authorities to trust, instead of
 *     Java's own
 * @param nick the nick to have
 * @param alternativeNicks what to take while the nick is in use; after them the nick with
 *     underscores
 * @param user the user name; the nick if absent
 * @param realName what WHOIS shows
 * @param password the server's password (PASS), which bouncers ask for
 * @param sasl how to log in to the services account
 * @param rooms the rooms to be in; {@code "#room key"} for one with a key
 * @param flood how fast to send
 * @param ping how to notice a dead connection
 * @param retry how to come back after a lost connection, a kick, or a lost nick
 * @param dcc files straight to and from other clients
 */
@Settings
record IrcSettings(
    String host,
    @Default("6697") int port,
    @Default("required") Tls tls,
    @Default("false") boolean insecure,
    Optional<String> fingerprint,
    Optional<Path> authority,
    String nick,
    List<String> alternativeNicks,
    Optional<String> user,
    Optional<String> realName,
    Optional<Secret> password,
    Optional<Sasl> sasl,
    List<String> rooms,
    @Default("{}") Flood flood,
    @Default("{}") Ping ping,
    @Default("{}") Retry retry,
    @Default("{}") DccSettings dcc) {

  /** Whether a connection is encrypted. */
  enum Tls {
    /** Encrypted, and the server's certificate is checked. */
    REQUIRED,
    /** In clear; for tests on this machine. */
    OFF
  }

  /**
   * How to log in: with a password (SASL PLAIN) or, if there is none, with a client certificate
   * (SASL EXTERNAL).
   *
   * @param user the services account
   * @param password its password
   * @param certificate a PKCS 12 file with the client certificate and its key
   * @param certificatePassword the file's password
   */
  @Settings
  record Sasl(
      String user,
      Optional<Secret> password,
      Optional<Path> certificate,
      Optional<Secret> certificatePassword) {
    Sasl {
      if (password.isEmpty() == certificate.isEmpty()) {
        throw new SettingException("password", "give either a password or a certificate");
      }
    }
  }

  /**
   * How fast to send: a bucket of lines that fills at a steady rate.
   *
   * @param burst how many lines may leave at once; 0 for no limit
   * @param perSecond how many follow each second
   */
  @Settings
  record Flood(@Default("4") int burst, @Default("1") double perSecond) {
    Flood {
      if (burst < 0) {
        throw new SettingException("burst", "a number of lines, or 0 for no limit");
      }
      if (!(perSecond > 0)) {
        throw new SettingException("per-second", "more than 0 lines a second");
      }
    }
  }

  /**
   * How to notice a dead connection.
   *
   * @param every how often to ask the server for a sign of life
   * @param patience how long it may take to give it
   */
  @Settings
  record Ping(@Default("10s") Duration every, @Default("5s") Duration patience) {
    Ping {
      checkPositive("every", every);
      checkPositive("patience", patience);
    }
  }

  /**
   * How to come back.
   *
   * @param first the pause before the first new attempt; doubled with each further one
   * @param longest the longest pause
   * @param rejoin the pause before going back into a room after a kick; doubled with each further
   *     kick
   * @param nick how often to ask for the wanted nick while somebody else has it
   */
  @Settings
  record Retry(
      @Default("500ms") Duration first,
      @Default("30s") Duration longest,
      @Default("2s") Duration rejoin,
      @Default("15s") Duration nick) {
    Retry {
      checkPositive("first", first);
      checkPositive("longest", longest);
      checkPositive("rejoin", rejoin);
      checkPositive("nick", nick);
    }
  }

  IrcSettings {
    alternativeNicks = List.copyOf(alternativeNicks);
    rooms = List.copyOf(rooms);
    fingerprint = fingerprint.map(ServerTrust::fingerprint);
    if (host.isBlank()) {
      throw new SettingException("host", "the server's name or address");
    }
    if (port < 1 || port > 65_535) {
      throw new SettingException("port", "a number from 1 to 65535");
    }
    if (tls == Tls.OFF) {
      ServerTrust.checkUnencrypted(host, insecure);
    }
    checkName("nick", nick);
    alternativeNicks.forEach(each -> checkName("alternative-nicks", each));
    user.ifPresent(each -> checkName("user", each));
    rooms.forEach(IrcSettings::checkRoom);
  }

  private static void checkName(String key, String name) {
    try {
      OutboundLine.checkTarget(name);
    } catch (IllegalArgumentException bad) {
      throw new SettingException(key, "one word without commas or control characters");
    }
  }

  private static void checkRoom(String room) {
    for (String part : room.split(" ", 2)) {
      checkName("rooms", part);
    }
  }

  private static void checkPositive(String key, Duration duration) {
    if (!duration.isPositive()) {
      throw new SettingException(key, "a time longer than nothing, for example 5s");
    }
  }
}
