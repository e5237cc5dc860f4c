package dev.owlery.adapter.xmpp.wire;

import dev.owlery.adapter.xmpp.text.XmppErrorText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jivesoftware.smack.ConnectionConfiguration.DnssecMode;
import org.jivesoftware.smack.util.DNSUtil;
import org.minidns.dnsname.DnsName;
import org.minidns.record.SRV;
import org.minidns.util.SrvUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a domain takes connections that are encrypted from their first byte on, as its SRV records
 * tell (XEP-0368). By itself Smack asks only for the other ones. For the account's own thread.
 */
final class DirectRecords {
  private static final Logger LOG = LoggerFactory.getLogger(DirectRecords.class);
  private static final String PREFIX = "_xmpps-client._tcp.";
  private static final int PATIENCE_MILLIS = 3_000;
  private static final int MOST = 10;

  private DirectRecords() {}

  /**
   * Finds a server.
   *
   * @param domain of the account
   * @return the first in the records' order that takes a connection; empty if there are no records
   * @throws IOException if none takes one
   */
  static Optional<InetSocketAddress> find(String domain) throws IOException {
    List<SRV> records = records(domain);
    for (SRV record : records) {
      InetSocketAddress address = new InetSocketAddress(record.target.toString(), record.port);
      try (Socket probe = new Socket()) {
        probe.connect(address, PATIENCE_MILLIS);
        return Optional.of(address);
      } catch (IOException closed) {
        LOG.debug("{} takes no connection: {}", address, XmppErrorText.trouble(closed));
      }
    }
    if (records.isEmpty()) {
      return Optional.empty();
    }
    throw new IOException("none of the servers of " + domain + " takes a connection");
  }

  private static List<SRV> records(String domain) {
    Collection<SRV> found =
        DNSUtil.getDNSResolver()
            .lookupSrvRecords(
                DnsName.from(PREFIX + domain), new ArrayList<>(), DnssecMode.disabled);
    // A lone dot says that there is no such service (RFC 2782).
    return found == null
        ? List.of()
        : SrvUtil.sortSrvRecords(found).stream()
            .filter(record -> !record.target.isRootLabel())
            .limit(MOST)
            .toList();
  }
}
