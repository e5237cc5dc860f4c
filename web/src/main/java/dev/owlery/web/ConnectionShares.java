package dev.owlery.web;

import dev.owlery.core.http.ClientNetwork;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Shares the connections out. One client (of IPv6, one /64) has at most a quarter of them, a
 * trusted proxy as many as there are. Where there are nearly no more, or a client wants more than
 * its share, the oldest makes room on which no request is under way, or else none that has proven
 * who makes it; what is being answered is left alone. Any thread.
 */
final class ConnectionShares implements Connection.Listener, HttpConfiguration.Customizer {
  private static final int SHARES = 4;
  private static final int ROOM = 16;

  private final Clients clients;
  private final int share;
  private final int most;
  private final Map<Connection, ConnectedClient> open = new LinkedHashMap<>();

  /** How far the request is that a connection carries. */
  enum Stage {
    /** There is none yet, or not its whole head. */
    IDLE,
    /** It has not proven who makes it, and perhaps its body has still to come. */
    UNPROVEN,
    /** It has proven who makes it, or is being answered. */
    SERVED
  }

  /** Who is connected. */
  private static final class ConnectedClient {
    private final String network;
    private Stage stage = Stage.IDLE;

    ConnectedClient(String network) {
      this.network = network;
    }
  }

  /**
   * Shares of so many connections.
   *
   * @param clients knows the proxies
   * @param connections how many there may be
   */
  ConnectionShares(Clients clients, int connections) {
    this.clients = clients;
    this.share = Math.max(2, connections / SHARES);
    this.most = connections - (connections < SHARES ? 0 : Math.max(1, connections / ROOM));
  }

  @Override
  public void onOpened(Connection connection) {
    Optional<Connection> goes;
    synchronized (open) {
      ConnectedClient client = new ConnectedClient(network(connection));
      open.put(connection, client);
      goes = leaver(connection, client);
      goes.ifPresent(open::remove);
    }
    goes.ifPresent(each -> each.getEndPoint().close());
  }

  @Override
  public void onClosed(Connection connection) {
    synchronized (open) {
      open.remove(connection);
    }
  }

  /** The head is complete. */
  @Override
  public Request customize(Request request, HttpFields.Mutable headers) {
    Connection connection = request.getConnectionMetaData().getConnection();
    stage(connection, Stage.UNPROVEN);
    Request.addCompletionListener(request, _ -> stage(connection, Stage.IDLE));
    return request;
  }

  /** A request has proven who makes it, or is being answered now. */
  void served(Request request) {
    stage(request.getConnectionMetaData().getConnection(), Stage.SERVED);
  }

  private void stage(Connection connection, Stage stage) {
    synchronized (open) {
      ConnectedClient client = open.get(connection);
      if (client != null) {
        client.stage = stage;
      }
    }
  }

  /** An empty name for those that have no share: they are a proxy, or nobody knows who. */
  private String network(Connection connection) {
    if (connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress remote
        && remote.getAddress() != null) {
      String address = remote.getAddress().getHostAddress();
      int zone = address.indexOf('%');
      String bare = zone < 0 ? address : address.substring(0, zone);
      return clients.isProxy(bare) ? "" : ClientNetwork.of(bare);
    }
    return "";
  }

  /** Who makes room for a new one, which may be itself. */
  private Optional<Connection> leaver(Connection newest, ConnectedClient client) {
    Collection<ConnectedClient> all = open.values();
    long own = all.stream().filter(each -> each.network.equals(client.network)).count();
    if (!client.network.isEmpty() && own > share) {
      return oldest(newest, each -> each.network.equals(client.network))
          .or(() -> Optional.of(newest));
    }
    return open.size() > most ? oldest(newest, _ -> true) : Optional.empty();
  }

  private Optional<Connection> oldest(Connection newest, Predicate<ConnectedClient> whose) {
    return oldest(newest, whose, Stage.IDLE).or(() -> oldest(newest, whose, Stage.UNPROVEN));
  }

  private Optional<Connection> oldest(
      Connection newest, Predicate<ConnectedClient> whose, Stage stage) {
    return open.entrySet().stream()
        .filter(each -> !each.getKey().equals(newest))
        .filter(each -> each.getValue().stage == stage && whose.test(each.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
