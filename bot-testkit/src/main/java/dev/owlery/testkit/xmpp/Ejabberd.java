package dev.owlery.testkit.xmpp;

import dev.owlery.testkit.net.InstalledConfiguration;
import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.net.ScratchDirectory;
import dev.owlery.testkit.net.ServerProcess;
import dev.owlery.testkit.net.TestCertificates;
import java.nio.file.Path;
import java.util.List;

/**
 * ejabberd 23.01, for where it differs: flexible offline retrieval (XEP-0013), its own archive and
 * publish-subscribe service, in which everybody may create nodes.
 *
 * <p>It runs as an Erlang machine that is no node of any cluster: so nothing of it listens except
 * the ports here, and any number of servers run side by side. It needs about two seconds to start.
 * Its database writes late: {@link #kill()} takes the last seconds of its archives with it.
 */
public final class Ejabberd implements XmppServer {
  private static final int MANY_SESSIONS = 100;
  private static final String LIBRARIES = "/usr/lib/x86_64-linux-gnu:/usr/lib/aarch64-linux-gnu";

  private final ScratchDirectory directory = ScratchDirectory.create("ejabberd");
  private final TestCertificates certificates = new TestCertificates(directory.path());
  private final int port = LoopbackPorts.reserve();
  private final int tlsPort = LoopbackPorts.reserve();
  private final int componentPort = LoopbackPorts.reserve();
  private final int apiPort = LoopbackPorts.reserve();
  private final boolean isAsInstalled;
  private final ServerProcess process;

  /** What a server has besides the protocol itself. */
  private enum EjabberdFeature {
    FULL,
    BARE,
    AS_INSTALLED
  }

  private Ejabberd(String scramHash, int mostSessions, EjabberdFeature equipment) {
    this.isAsInstalled = equipment == EjabberdFeature.AS_INSTALLED;
    TestCertificates.CertificateWithKey identity =
        certificates.server("server", "DNS:localhost", "DNS:*.localhost", "IP:127.0.0.1");
    Path data = OrdinaryUser.data(directory);
    Path file =
        directory.write(
            "ejabberd.yml",
            isAsInstalled
                ? InstalledEjabberd.text(
                    List.of(identity.certificate(), identity.key(), certificates.authority()),
                    port,
                    tlsPort,
                    apiPort)
                : EjabberdConfiguration.text(
                    identity,
                    certificates.authority(),
                    new EjabberdConfiguration.EjabberdPorts(port, tlsPort, componentPort),
                    scramHash,
                    mostSessions,
                    equipment == EjabberdFeature.BARE));
    process =
        ServerProcess.start(
            OrdinaryUser.command(environment(data, file), program(data)), directory.path(), port);
  }

  private static List<String> environment(Path data, Path file) {
    return List.of(
        "HOME=" + data,
        "EJABBERD_CONFIG_PATH=" + file,
        "EJABBERD_LOG_PATH=" + data.resolve("ejabberd.log"),
        "CONTRIB_MODULES_PATH=" + data.resolve("modules"),
        "ERL_LIBS=" + LIBRARIES,
        "ERL_CRASH_DUMP_BYTES=0");
  }

  /** Without a node name Erlang starts no port mapper and opens no port for other nodes. */
  private static List<String> program(Path data) {
    return List.of(
        "erl",
        "-noinput",
        "+sbwt",
        "none",
        "+sbwtdcpu",
        "none",
        "+sbwtdio",
        "none",
        "-mnesia",
        "dir",
        '"' + data.resolve("mnesia").toString() + '"',
        "-ejabberd",
        "log_rotate_count",
        "0",
        "-s",
        "ejabberd");
  }

  /**
   * Starts a server.
   *
   * @return the server, listening
   * @throws IllegalStateException when {@code ejabberd} is not installed or does not start
   */
  public static Ejabberd start() {
    return start("sha");
  }

  /**
   * Starts a server that keeps passwords for one kind of SCRAM only.
   *
   * @param scramHash {@code sha}, {@code sha256} or {@code sha512}
   * @return the server, listening
   * @throws IllegalStateException when {@code ejabberd} is not installed or does not start
   */
  public static Ejabberd start(String scramHash) {
    if (!ServerProcess.isInstalled("ejabberdctl")) {
      throw new IllegalStateException(
          "ejabberd is not installed; run scripts/install-test-servers");
    }
    return new Ejabberd(scramHash, MANY_SESSIONS, EjabberdFeature.FULL);
  }

  /**
   * Starts a server on which an account has one session at most: a login ends the one before.
   *
   * @return the server, listening
   * @throws IllegalStateException when {@code ejabberd} is not installed or does not start
   */
  public static Ejabberd startWithOneSession() {
    return new Ejabberd("sha", 1, EjabberdFeature.FULL);
  }

  /**
   * Starts a server with accounts, contacts and rooms, and nothing else: no archives, no stream
   * management, no publish-subscribe, no messages for accounts that are away.
   *
   * @return the server, listening
   * @throws IllegalStateException when {@code ejabberd} is not installed or does not start
   */
  public static Ejabberd startBare() {
    return new Ejabberd("sha", MANY_SESSIONS, EjabberdFeature.BARE);
  }

  /**
   * Starts a server as Debian's package installs it: its {@code /etc/ejabberd/ejabberd.yml} with
   * other ports, paths and certificates. It has no upload and no SOCKS5 proxy, insists on TLS, and
   * takes 3 kB a second from each client. Accounts are made by {@link #register} over its own HTTP
   * API, as {@code ejabberdctl} would.
   *
   * @return the server, listening
   * @throws IllegalStateException when {@code ejabberd} is not installed, its configuration cannot
   *     be read ({@link InstalledConfiguration#isReadable}), or it does not start
   */
  public static Ejabberd asInstalled() {
    return new Ejabberd("sha", MANY_SESSIONS, EjabberdFeature.AS_INSTALLED);
  }

  @Override
  public String register(String user, String password) {
    if (!isAsInstalled) {
      return XmppServer.super.register(user, password);
    }
    InstalledEjabberd.makeAccount(certificates, apiPort, user, password);
    return user + "@" + domain();
  }

  @Override
  public String rooms() {
    return isAsInstalled ? "conference.localhost" : XmppServer.super.rooms();
  }

  /**
   * The address of its publish-subscribe service.
   *
   * @return {@code pubsub.localhost}
   */
  public String pubsub() {
    return "pubsub.localhost";
  }

  /**
   * Where an external component {@code bridge.localhost} with the secret {@code secret} can connect
   * (XEP-0114).
   *
   * @return a loopback port
   */
  public int componentPort() {
    return componentPort;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public int tlsPort() {
    return tlsPort;
  }

  @Override
  public boolean isEncryptionRequired() {
    return isAsInstalled;
  }

  @Override
  public TestCertificates certificates() {
    return certificates;
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void restart() {
    process.start();
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.close();
    directory.close();
  }
}
