package dev.owlery.testkit.xmpp;

import dev.owlery.testkit.net.TestCertificates;

/**
 * A real XMPP server on the loopback address, for one test or one test class.
 *
 * <p>Its domain is {@code localhost}, its rooms are at {@link #rooms()}. Killing it is what a crash
 * or a power failure of the server looks like to its clients: no end of the stream, only the end of
 * the connection. Accounts, archives and rooms are on disk and there again after {@link
 * #restart()}.
 */
public sealed interface XmppServer extends AutoCloseable permits Prosody, Ejabberd {
  /**
   * Where it listens.
   *
   * @return {@code 127.0.0.1}
   */
  default String host() {
    return "127.0.0.1";
  }

  /**
   * The domain of its accounts, for which its certificate is valid.
   *
   * @return {@code localhost}
   */
  default String domain() {
    return "localhost";
  }

  /**
   * The address of its service of rooms, in which others see no real address, and which keeps an
   * archive.
   *
   * @return {@code rooms.localhost}
   */
  default String rooms() {
    return "rooms.localhost";
  }

  /**
   * The port that begins without TLS and offers STARTTLS.
   *
   * @return a loopback port; the same after each restart
   */
  int port();

  /**
   * The port with TLS from the first byte on.
   *
   * @return a loopback port; the same after each restart
   */
  int tlsPort();

  /**
   * Tells whether clients have to use TLS.
   *
   * @return true when the server refuses logins without TLS
   */
  boolean isEncryptionRequired();

  /**
   * The authority that signed this server's certificate; it can sign more.
   *
   * @return the authority
   */
  TestCertificates certificates();

  /**
   * Makes an account, by in-band registration (XEP-0077).
   *
   * @param user the local part of its address
   * @param password its password
   * @return the address without a resource
   * @throws AssertionError when the server refuses
   */
  default String register(String user, String password) {
    try (RawXmppClient stranger = RawXmppClient.open(this)) {
      stranger.registerAccount(user, password);
    }
    return user + "@" + domain();
  }

  /** Kills the server with SIGKILL; nothing happens when it is down. */
  void kill();

  /** Starts the server again on the same ports and with its data, after {@link #kill()}. */
  void restart();

  /**
   * The process id, for tests that stop the server without ending it (SIGSTOP).
   *
   * @return the id of the running server
   */
  long pid();

  /** Kills the server and deletes its files. */
  @Override
  void close();
}
