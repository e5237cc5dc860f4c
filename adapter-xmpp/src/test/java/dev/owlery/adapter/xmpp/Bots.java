package dev.owlery.adapter.xmpp;

import dev.owlery.adapter.xmpp.XmppSettings.Flood;
import dev.owlery.adapter.xmpp.XmppSettings.Invitations;
import dev.owlery.adapter.xmpp.XmppSettings.Ping;
import dev.owlery.adapter.xmpp.XmppSettings.Retry;
import dev.owlery.adapter.xmpp.XmppSettings.Subscriptions;
import dev.owlery.adapter.xmpp.XmppSettings.Tls;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.settings.Secret;
import dev.owlery.testkit.LiveBot;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.XmppServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whole bots on a real server. */
final class Bots {
  private static final String PASSWORD = "owl-secret";
  private static final String RESOURCE = "owlery";

  private Bots() {}

  /** The account that a server lets do more than others. */
  static LiveBot on(XmppServer server, AccountId account, LiveBot.Equipment equipment) {
    return on(server, account, equipment, Map.of());
  }

  /** With topics on nodes. */
  static LiveBot on(
      XmppServer server,
      AccountId account,
      LiveBot.Equipment equipment,
      Map<String, String> topics) {
    return on(server, Prosody.BOT, account, equipment, topics);
  }

  /** Another account, which is made. */
  static LiveBot on(
      XmppServer server,
      String user,
      AccountId account,
      LiveBot.Equipment equipment,
      Map<String, String> topics) {
    server.register(user, PASSWORD);
    return again(server, user, account, equipment, topics);
  }

  /** With an account that is there. */
  static LiveBot again(
      XmppServer server,
      String user,
      AccountId account,
      LiveBot.Equipment equipment,
      Map<String, String> topics) {
    return LiveBot.start(
        account, new XmppAdapterProvider(), settings(server, user, topics), equipment);
  }

  private static XmppSettings settings(XmppServer server, String user, Map<String, String> topics) {
    return new XmppSettings(
        user + "@" + server.domain(),
        new Secret(PASSWORD),
        Optional.of(server.host()),
        server.port(),
        Tls.OFF,
        false,
        Optional.empty(),
        Optional.empty(),
        RESOURCE,
        Optional.empty(),
        List.of(),
        Subscriptions.ACCEPT,
        Invitations.REFUSE,
        new Flood(0, 1),
        new Ping(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(60)),
        new Retry(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMillis(100)),
        topics);
  }

  /** The full address of the bot. */
  static String address(XmppServer server) {
    return Prosody.BOT + "@" + server.domain() + "/" + RESOURCE;
  }
}
