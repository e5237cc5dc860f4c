package dev.owlery.adapter.xmpp.wire;

import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.adapter.xmpp.link.XmppSettings;
import dev.owlery.adapter.xmpp.link.XmppSettings.Tls;
import dev.owlery.api.adapter.ServerTrust;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.net.ssl.KeyManager;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.sasl.SASLMechanism;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jivesoftware.smackx.iqversion.VersionManager;
import org.jxmpp.stringprep.XmppStringprepException;

/** Makes connections as the account's settings want them. */
public final class ConnectionFactory {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int ANSWER_MILLIS = 10_000;

  private static final List<String> FEATURES =
      List.of(
          "urn:xmpp:message-correct:0",
          "urn:xmpp:reactions:0",
          "urn:xmpp:reply:0",
          "urn:xmpp:message-retract:1",
          "urn:xmpp:styling:0",
          "urn:xmpp:receipts",
          "urn:xmpp:sid:0",
          "jabber:x:oob",
          "http://jabber.org/protocol/xhtml-im",
          "http://jabber.org/protocol/muc",
          "jabber:x:conference");

  private final XmppSettings settings;
  private final XmppIdentity identity;
  private final OtherHost otherHost;
  private final String product;

  /**
   * Makes connections of one account.
   *
   * @param settings the account's settings
   * @param identity who it is
   * @param otherHost where the server has sent us instead
   * @param product what we call ourselves, with the version behind the last blank
   */
  public ConnectionFactory(
      XmppSettings settings, XmppIdentity identity, OtherHost otherHost, String product) {
    this.settings = settings;
    this.identity = identity;
    this.otherHost = otherHost;
    this.product = product;
  }

  /**
   * A connection that is not connected yet.
   *
   * @param resource what the server should call it
   * @param listener gets its stanzas
   * @param skipped is told of stanzas that cannot be parsed
   * @return the connection
   * @throws IOException if the file with the authorities cannot be read
   */
  public SmackConnection create(
      String resource,
      SmackConnection.StreamListener listener,
      BiConsumer<String, Throwable> skipped)
      throws IOException {
    String domain = identity.own().getDomain().toString();
    ServerTrust trust = new ServerTrust(settings.fingerprint(), settings.authority());
    Sockets sockets =
        settings.tls() == Tls.DIRECT
            ? Sockets.encrypted(
                socket -> trust.encrypt(socket, domain, new KeyManager[0], "xmpp-client"))
            : Sockets.plain();
    try {
      SmackConnection connection =
          new SmackConnection(configuration(resource, trust, sockets), sockets, listener);
      connection.setParsingExceptionCallback(unparsed -> {
        skipped.accept("a malformed stanza", unparsed.getParsingException());
        connection.unreadable();
      });
      connection.setReplyTimeout(ANSWER_MILLIS);
      connection.setUseStreamManagement(true);
      connection.setUseStreamManagementResumption(true);
      // Acknowledgements are asked for by SendQueue.
      connection.addRequestAckPredicate(stanza -> false);
      introduce(connection);
      return connection;
    } catch (XmppStringprepException impossible) {
      throw new IOException(impossible);
    }
  }

  private XMPPTCPConnectionConfiguration configuration(
      String resource, ServerTrust trust, Sockets sockets)
      throws IOException, XmppStringprepException {
    XMPPTCPConnectionConfiguration.Builder builder =
        XMPPTCPConnectionConfiguration.builder()
            .setXmppAddressAndPassword(identity.own(), settings.password().reveal())
            .setResource(resource)
            .setSendPresence(false)
            .setCompressionEnabled(false)
            .setConnectTimeout(CONNECT_MILLIS)
            .setSocketFactory(sockets)
            .addEnabledSaslMechanism(mechanisms());
    String domain = identity.own().getDomain().toString();
    Optional<OtherHost.RedirectTarget> other = otherHost.take();
    settings.host().ifPresent(host -> builder.setHost(host).setPort(settings.port()));
    other.ifPresent(place -> builder.setHost(place.host()).setPort(place.port()));
    if (other.isEmpty() && settings.host().isEmpty() && settings.tls() == Tls.DIRECT) {
      DirectRecords.find(domain)
          .ifPresent(found -> builder.setHost(found.getHostString()).setPort(found.getPort()));
    }
    if (settings.tls() == Tls.REQUIRED) {
      builder
          .setSecurityMode(SecurityMode.required)
          .setEnabledSSLProtocols(ServerTrust.PROTOCOLS.toArray(String[]::new))
          .setCustomX509TrustManager(trust.manager(domain));
      if (trust.isPinned()) {
        builder.setHostnameVerifier((name, session) -> true);
      }
    } else {
      builder.setSecurityMode(SecurityMode.disabled);
    }
    return builder.build();
  }

  /** With the others the server never sees the password, and proves that it knows it. */
  private List<String> mechanisms() {
    List<String> all = new ArrayList<>(List.of("SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1"));
    if (settings.allowPlain()) {
      all.add(SASLMechanism.PLAIN);
    }
    return all;
  }

  private void introduce(SmackConnection connection) {
    int blank = product.lastIndexOf(' ');
    String name = blank < 0 ? product : product.substring(0, blank);
    String version = blank < 0 ? "" : product.substring(blank + 1);
    VersionManager.getInstanceFor(connection).setVersion(name, version);
    ServiceDiscoveryManager discovery = ServiceDiscoveryManager.getInstanceFor(connection);
    discovery.setIdentity(new DiscoverInfo.Identity("client", name, "bot"));
    FEATURES.forEach(discovery::addFeature);
  }
}
