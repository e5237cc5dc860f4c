package dev.owlery.launcher.matrix;

import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcServer;
import dev.owlery.testkit.irc.Ngircd;
import dev.owlery.testkit.net.InstalledConfiguration;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.xmpp.Ejabberd;
import dev.owlery.testkit.xmpp.Prosody;
import java.nio.file.Path;
import java.util.Optional;

/** A column of the matrix: a server. */
enum Column {
  CONSOLE("console", "a pipe"),
  SLACK("Slack", "the double of Slack, with all scopes"),
  PROSODY("Prosody", "Debian's configuration: no rooms, no archive, no upload, no proxy"),
  EJABBERD("ejabberd", "Debian's configuration: no upload, no proxy"),
  INSPIRCD("InspIRCd", "Debian's configuration: no services, no IRCv3"),
  NGIRCD("ngIRCd", "Debian's configuration: no services, no IRCv3, nicks of nine characters"),
  OLD_IRC(
      "IRC of 1993",
      "RFC 1459: no CAP, no ISUPPORT, no times, no accounts, nicks of nine characters"),
  BARE_PROSODY(
      "Prosody, bare",
      "rooms without archive, history or ids; no stream management, carbons, upload, proxy"),
  BARE_EJABBERD(
      "ejabberd, bare",
      "rooms without archive or history; no stream management, carbons, publish-subscribe"),
  BARE_SLACK(
      "Slack, few scopes",
      "the double of Slack, with the scopes that a login needs and those of direct messages");

  /** The scopes that only some features need. */
  private static String[] optionalScopes() {
    return new String[] {
      "app_mentions:read",
      "channels:join",
      "channels:manage",
      "chat:write.customize",
      "commands",
      "files:read",
      "files:write",
      "groups:history",
      "groups:write",
      "mpim:history",
      "mpim:write",
      "reactions:read",
      "reactions:write",
      "team:read",
      "users:read.email"
    };
  }

  private final String title;
  private final String description;

  Column(String title, String description) {
    this.title = title;
    this.description = description;
  }

  /** What the column is called. */
  String title() {
    return title;
  }

  /** What the server has and lacks. */
  String description() {
    return description;
  }

  private Optional<Path> configuration() {
    return switch (this) {
      case PROSODY -> Optional.of(InstalledConfiguration.PROSODY);
      case EJABBERD -> Optional.of(InstalledConfiguration.EJABBERD);
      case INSPIRCD -> Optional.of(InstalledConfiguration.INSPIRCD);
      case NGIRCD -> Optional.of(InstalledConfiguration.NGIRCD);
      default -> Optional.empty();
    };
  }

  /** Whether it can be started here: some packages let only root read their configuration. */
  boolean isThere() {
    return configuration().map(InstalledConfiguration::isReadable).orElse(true);
  }

  /** Starts the server and the people on it. */
  Venue open() {
    return switch (this) {
      case CONSOLE -> new ConsoleVenue();
      case SLACK -> new SlackVenue(SlackDouble.start());
      case PROSODY -> new XmppVenue(Prosody.asInstalled(), "rooms.localhost", false);
      case EJABBERD -> new XmppVenue(Ejabberd.asInstalled(), "conference.localhost", true);
      case INSPIRCD -> irc(InspIrcd.asInstalled());
      case NGIRCD -> irc(Ngircd.asInstalled());
      case OLD_IRC -> oldIrc();
      case BARE_PROSODY -> new XmppVenue(bareProsody(), "plain.localhost", true);
      case BARE_EJABBERD -> new XmppVenue(Ejabberd.startBare(), "rooms.localhost", true);
      case BARE_SLACK -> new SlackVenue(SlackDouble.builder().without(optionalScopes()).start());
    };
  }

  private static Venue irc(IrcServer server) {
    return new IrcVenue(server, server.port());
  }

  private static Venue oldIrc() {
    OldIrcServer server = new OldIrcServer();
    return new IrcVenue(server, server.port());
  }

  private static Prosody bareProsody() {
    return Prosody.start(
        Prosody.Option.BARE,
        Prosody.Option.FORGETFUL_ROOMS,
        Prosody.Option.NO_ARCHIVE,
        Prosody.Option.NO_STREAM_MANAGEMENT);
  }
}
