package dev.owlery.adapter.irc;

import dev.owlery.api.adapter.ServerTrust;
import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.Secret;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.SettingFaults;
import dev.owlery.api.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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

  private static final Pattern NICK =
      Pattern.compile("[^\\s\\p{Cntrl},:#&@!*?.$0-9-][^\\s\\p{Cntrl},:@!*?.]*");
  private static final Pattern SCHEME = Pattern.compile("(?i)(ircs?|wss?|https?|tcp|ssl|tls)://.*");

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
    SettingFaults faults = new SettingFaults();
    faults.check(() -> checkHost(host));
    faults.check(port >= 1 && port <= 65_535, "port", "a number from 1 to 65535");
    if (tls == Tls.OFF) {
      faults.check(() -> ServerTrust.checkUnencrypted(host, insecure));
    }
    faults.check(() -> checkNick("nick", nick));
    alternativeNicks.forEach(each -> faults.check(() -> checkNick("alternative-nicks", each)));
    user.ifPresent(each -> faults.check(() -> checkName("user", each)));
    rooms.forEach(each -> faults.check(() -> checkRoom(each)));
    Optional<String> written = fingerprint;
    faults.check(() -> {
      Optional<String> _ = written.map(ServerTrust::fingerprint);
    });
    faults.throwIfAny();
    fingerprint = written.map(ServerTrust::fingerprint);
  }

  private static void checkHost(String host) {
    if (SCHEME.matcher(host).matches()) {
      throw new SettingException(
          "host", "the server's name alone, like irc.libera.chat, and its port as port = 6697");
    }
    boolean isAddress = host.indexOf(':') != host.lastIndexOf(':');
    if (host.indexOf(':') >= 0 && !isAddress) {
      throw new SettingException(
          "host",
          "the server's name alone, without the port: write host = \""
              + host.substring(0, host.indexOf(':'))
              + "\", port = "
              + host.substring(host.indexOf(':') + 1));
    }
    if (host.isBlank() || host.chars().anyMatch(c -> c <= ' ' || "/#@,;".indexOf(c) >= 0)) {
      throw new SettingException("host", "the server's name or address, like irc.libera.chat");
    }
  }

  /** RFC 2812 section 2.3.1 forbids the rest; servers allow more letters than it knows. */
  private static void checkNick(String key, String nick) {
    if (!NICK.matcher(nick).matches()) {
      throw new SettingException(
          key, "one word that begins with a letter, without signs like . , : # @ and !");
    }
  }

  private static void checkName(String key, String name) {
    try {
      OutboundLine.checkTarget(name);
    } catch (IllegalArgumentException bad) {
      throw new SettingException(key, "one word without commas or control characters");
    }
  }

  /** Channels begin with one of the signs of RFC 2811 section 2.1. */
  private static void checkRoom(String room) {
    if (room.isEmpty() || "#&+!".indexOf(room.charAt(0)) < 0) {
      throw new SettingException(
          "rooms", "a channel begins with #: write \"#" + room.split(" ", 2)[0] + "\", in quotes");
    }
    if (room.indexOf(',') >= 0) {
      throw new SettingException(
          "rooms", "one channel for each element of the list: write [ \"#one\", \"#two\" ]");
    }
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
