package dev.owlery.launcher.matrix;

import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.Ngircd;
import dev.owlery.testkit.net.InstalledConfiguration;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.xmpp.Ejabberd;
import dev.owlery.testkit.xmpp.Prosody;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** A column of the matrix: a server. */
enum Column {
  CONSOLE("console", "a pipe", ConsoleVenue::new),
  SLACK(
      "Slack",
      "the double of Slack, with all scopes",
      () -> new SlackVenue(SlackDouble.start(), true)),
  PROSODY(
      "Prosody",
      "Debian's configuration: no rooms, no archive, no upload, no proxy",
      InstalledConfiguration.PROSODY,
      () -> new XmppVenue(Prosody.asInstalled(), "rooms.localhost", false)),
  EJABBERD(
      "ejabberd",
      "Debian's configuration: no upload, no proxy",
      InstalledConfiguration.EJABBERD,
      () -> new XmppVenue(Ejabberd.asInstalled(), "conference.localhost", true)),
  INSPIRCD(
      "InspIRCd",
      "Debian's configuration: no services, no IRCv3",
      InstalledConfiguration.INSPIRCD,
      () -> irc(InspIrcd.asInstalled())),
  NGIRCD(
      "ngIRCd",
      "Debian's configuration: no services, no IRCv3, nicks of nine characters",
      InstalledConfiguration.NGIRCD,
      () -> irc(Ngircd.asInstalled())),
  OLD_IRC(
      "IRC of 1993",
      "a server of RFC 1459: no CAP, no ISUPPORT, no times, nicks of nine characters",
      Column::oldIrc),
  BARE_PROSODY(
      "Prosody, bare",
      "rooms without archive, history or ids; no stream management, carbons, upload, proxy",
      () ->
          new XmppVenue(
              Prosody.start(
                  Prosody.Option.BARE,
                  Prosody.Option.FORGETFUL_ROOMS,
                  Prosody.Option.NO_ARCHIVE,
                  Prosody.Option.NO_STREAM_MANAGEMENT),
              "plain.localhost",
              true)),
  BARE_EJABBERD(
      "ejabberd, bare",
      "rooms without archive or history; no stream management, carbons, publish-subscribe",
      () -> new XmppVenue(Ejabberd.startBare(), "rooms.localhost", true)),
  BARE_SLACK(
      "Slack, few scopes",
      "the double of Slack, with the four scopes that a login needs and those of direct messages",
      Column::bareSlack);

  private final String title;
  private final String description;
  private final Optional<Path> configuration;
  private final Supplier<Venue> venue;

  Column(String title, String description, Supplier<Venue> venue) {
    this(title, description, Optional.empty(), venue);
  }

  Column(String title, String description, Path configuration, Supplier<Venue> venue) {
    this(title, description, Optional.of(configuration), venue);
  }

  Column(String title, String description, Optional<Path> configuration, Supplier<Venue> venue) {
    this.title = title;
    this.description = description;
    this.configuration = configuration;
    this.venue = venue;
  }

  private static Venue irc(dev.owlery.testkit.irc.IrcServer server) {
    return new IrcVenue(server, server.port(), "");
  }

  private static Venue oldIrc() {
    OldIrcServer server = new OldIrcServer();
    return new IrcVenue(server, server.port(), "");
  }

  private static Venue bareSlack() {
    return new SlackVenue(
        SlackDouble.builder()
            .without(
                "app_mentions:read",
                "channels:join",
                "channels:manage",
                "chat:write.customize",
                "commands",
                "files:read",
                "files:write",
                "groups:history",
                "groups:read",
                "groups:write",
                "mpim:history",
                "mpim:read",
                "mpim:write",
                "reactions:read",
                "reactions:write",
                "team:read",
                "users:read.email")
            .start(),
        true);
  }

  /** What the column is called. */
  String title() {
    return title;
  }

  /** What the server has and lacks. */
  String description() {
    return description;
  }

  /** Whether it can be started here: some packages let only root read their configuration. */
  boolean isThere() {
    return configuration.map(InstalledConfiguration::isReadable).orElse(true);
  }

  /** Starts the server and the people on it. */
  Venue open() {
    return venue.get();
  }
}
