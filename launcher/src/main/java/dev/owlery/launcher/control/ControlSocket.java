package dev.owlery.launcher.control;

import dev.owlery.core.permission.Audit;
import dev.owlery.spi.EngineThreads;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bot's end of the control socket: {@code control.sock} in the data directory, mode 0600 in a
 * directory of mode 0700. Each client's user id is asked of the operating system; the bot's own and
 * root's are served, others are refused. Eight clients at most are served at a time.
 */
public final class ControlSocket implements AutoCloseable {

  /** The longest path of a socket that all systems take, in bytes. */
  public static final int LONGEST_PATH = 100;

  private static final Logger log = LoggerFactory.getLogger(ControlSocket.class);
  private static final String NAME = "control.sock";
  private static final int CLIENTS = 8;
  private static final String ROOT = "0";
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Path path;
  private final ServerSocketChannel server;
  private final Map<String, ControlVerb> verbs;
  private final UserPrincipal owner;
  private final UserPrincipal root;
  private final int uid;
  private final Duration patience;
  private final Acceptor acceptor;
  private final Semaphore places = new Semaphore(CLIENTS);
  private final Set<ControlConnection> clients = ConcurrentHashMap.newKeySet();

  private ControlSocket(
      Path path, ServerSocketChannel server, Map<String, ControlVerb> verbs, Duration patience)
      throws IOException {
    this.path = path;
    this.server = server;
    this.verbs = Map.copyOf(verbs);
    this.patience = patience;
    this.owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
    this.uid = (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    this.acceptor =
        new Acceptor(
            server::accept,
            client -> EngineThreads.start("control-client", () -> take(client)),
            PAUSE);
    this.root = path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(ROOT);
  }

  /**
   * Where the socket of a data directory is.
   *
   * @param directory the data directory
   * @return the socket's path
   */
  public static Path in(Path directory) {
    return directory.resolve(NAME);
  }

  /**
   * Whether the socket's path is too long for the operating system.
   *
   * @param directory the data directory
   * @return true if there can be no socket in it
   */
  public static boolean isTooLong(Path directory) {
    return in(directory).toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH;
  }

  /**
   * Opens the socket and serves clients from now on. A socket that an earlier process has left is
   * replaced, unless somebody answers.
   *
   * @param directory the data directory; taken from the group and all others
   * @param verbs what can be asked for, by name
   * @return the socket, open
   * @throws IOException if it cannot be opened; the text is fit for a user
   */
  public static ControlSocket open(Path directory, Map<String, ControlVerb> verbs)
      throws IOException {
    return open(directory, verbs, ControlConnection.PATIENCE);
  }

  /** The same, with another patience for clients that ask nothing. */
  static ControlSocket open(Path directory, Map<String, ControlVerb> verbs, Duration patience)
      throws IOException {
    Path path = in(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    removeStale(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    boolean open = false;
    try {
      server.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      ControlSocket socket = new ControlSocket(path, server, verbs, patience);
      socket.acceptor.start();
      open = true;
      return socket;
    } finally {
      if (!open) {
        server.close();
      }
    }
  }

  private static void removeStale(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!isSocket(path)) {
      throw new IOException(path + " is no socket: move it away");
    }
    try (SocketChannel other = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      throw new IOException(path + " is served by another process (" + other + ")");
    } catch (ConnectException e) {
      log.debug("{} is left from an earlier process: {}", path, e.getMessage());
      Files.delete(path);
    }
  }

  private static boolean isSocket(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther();
  }

  private void take(SocketChannel channel) {
    boolean placed = places.tryAcquire();
    try (ControlConnection client = new ControlConnection(channel)) {
      clients.add(client);
      UserPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
      if (!peer.equals(owner) && !peer.equals(root)) {
        log.warn("the control socket refuses the user {}", peer.getName());
        turnAway(client, "only the bot's own user and root may use its control socket");
      } else if (!placed) {
        turnAway(client, CLIENTS + " clients are being served already; try again later");
      } else {
        serve(peer.equals(owner) ? uid : 0, client);
      }
    } catch (IOException e) {
      log.debug("a client of the control socket is gone: {}", e.toString());
    } finally {
      clients.removeIf(client -> !client.isOpen());
      if (placed) {
        places.release();
      }
    }
  }

  private void serve(int peer, ControlConnection client) throws IOException {
    Map<String, Object> request = client.receive(patience);
    String name = String.valueOf(request.get("verb"));
    Audit.control(
        LocalAccount.identity(peer), name, String.valueOf(request.getOrDefault("line", "")));
    ControlVerb verb = verbs.get(name);
    if (verb == null) {
      refuse(client, "this bot knows no verb " + name);
    } else {
      verb.serve(peer, request, client);
    }
  }

  /** Hears a client out: one that is cut while it asks would not hear the answer. */
  private static void turnAway(ControlConnection client, String why) throws IOException {
    refuse(client, why);
    client.receive(LAST_WORDS);
  }

  private static void refuse(ControlConnection client, String why) throws IOException {
    client.send(Map.of("error", why));
    client.send(Map.of("end", 1));
  }

  /** Stops serving: clients are cut, the socket goes. */
  @Override
  public void close() {
    acceptor.close();
    try {
      server.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      log.warn("the control socket cannot be removed: {}", e.toString());
    }
    clients.forEach(ControlConnection::close);
  }
}
