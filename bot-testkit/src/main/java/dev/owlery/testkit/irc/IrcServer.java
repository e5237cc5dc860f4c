package dev.owlery.testkit.irc;

/**
 * A real IRC server on the loopback address, for one test or one test class.
 *
 * <p>Killing it is what a crash or a power failure of the server looks like to its clients: no
 * QUIT, no ERROR line, only the end of the connection.
 */
public sealed interface IrcServer extends AutoCloseable permits Ngircd, InspIrcd {
  /**
   * Where it listens.
   *
   * @return {@code 127.0.0.1}
   */
  default String host() {
    return "127.0.0.1";
  }

  /**
   * The port without TLS.
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

  /** Kills the server with SIGKILL; nothing happens when it is down. */
  void kill();

  /**
   * Starts the server again on the same ports, after {@link #kill()}. All its state is gone: rooms,
   * history, users.
   */
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
