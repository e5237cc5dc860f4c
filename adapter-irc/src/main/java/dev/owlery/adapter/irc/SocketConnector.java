package dev.owlery.adapter.irc;

import dev.owlery.api.adapter.ServerTrust;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * Opens the connection to a server, and with TLS makes sure that it is the right one: a certificate
 * for the host's name from a trusted authority, or exactly the pinned one. Nothing is sent before.
 */
final class SocketConnector {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final IrcSettings settings;

  SocketConnector(IrcSettings settings) {
    this.settings = settings;
  }

  /**
   * A connection.
   *
   * @param channel what lines are read from and written to
   * @param transport what is below it; closing that ends both at once, whoever waits in them
   */
  record OpenSockets(Socket channel, Socket transport) {
    void abort() {
      try {
        transport.close();
      } catch (IOException alreadyBroken) {
        // The purpose was to be rid of it.
        return;
      }
    }
  }

  /**
   * Connects, trying all addresses of the host.
   *
   * @return an open connection
   * @throws IOException if nobody answers within ten seconds an address, or the certificate is
   *     refused
   */
  OpenSockets connect() throws IOException {
    IOException trouble = new IOException("no address");
    for (InetAddress address : InetAddress.getAllByName(settings.host())) {
      Socket transport = new Socket();
      try {
        transport.setTcpNoDelay(true);
        transport.setKeepAlive(true);
        transport.connect(
            new InetSocketAddress(address, settings.port()), (int) PATIENCE.toMillis());
        return switch (settings.tls()) {
          case OFF -> new OpenSockets(transport, transport);
          case REQUIRED -> new OpenSockets(encrypt(transport), transport);
        };
      } catch (IOException | GeneralSecurityException failed) {
        transport.close();
        trouble = failed instanceof IOException io ? io : new IOException(failed);
      }
    }
    throw trouble;
  }

  private Socket encrypt(Socket transport) throws IOException, GeneralSecurityException {
    return new ServerTrust(settings.fingerprint(), settings.authority())
        .encrypt(transport, settings.host(), keys());
  }

  private KeyManager[] keys() throws IOException, GeneralSecurityException {
    Optional<Path> file = settings.sasl().flatMap(IrcSettings.Sasl::certificate);
    if (file.isEmpty()) {
      return new KeyManager[0];
    }
    char[] password =
        settings
            .sasl()
            .flatMap(IrcSettings.Sasl::certificatePassword)
            .map(secret -> secret.reveal().toCharArray())
            .orElse(new char[0]);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file.get())) {
      store.load(in, password);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory.getKeyManagers();
  }
}
