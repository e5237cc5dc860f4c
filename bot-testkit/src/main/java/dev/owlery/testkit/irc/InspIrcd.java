package dev.owlery.testkit.irc;

import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.net.ScratchDirectory;
import dev.owlery.testkit.net.ServerProcess;
import dev.owlery.testkit.net.TestCertificates;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * InspIRCd 3: the rich case. Message tags, message ids, server time, echoes with labels, account
 * tags, batches, rooms with history ({@code MODE #room +H 1000:1h}), TLS with client certificates,
 * and, when asked for, Anope beside it with NickServ accounts and SASL.
 *
 * <p>It completes registrations only about once a second: each client that connects costs that.
 */
public final class InspIrcd implements IrcServer {
  /** What the server lets clients do in how much time. */
  public enum FloodLimit {
    /** No limit: for load tests. */
    NONE,
    /**
     * The limits of InspIRCd's own example configuration: ten commands at once, then one a second.
     */
    ORDINARY,
    /** The limits, and all else, that Debian's package installs. */
    AS_INSTALLED
  }

  /** The name that may become an operator with {@code OPER oper oper}. */
  public static final String OPERATOR = "oper";

  private final ScratchDirectory directory = ScratchDirectory.create("inspircd");
  private final TestCertificates certificates = new TestCertificates(directory.path());
  private final int port = LoopbackPorts.reserve();
  private final int tlsPort = LoopbackPorts.reserve();
  private final int servicesPort = LoopbackPorts.reserve();
  private final ServerProcess process;
  private @Nullable Anope services;

  private InspIrcd(FloodLimit limit, TestCertificates.@Nullable CertificateWithKey certificate) {
    directory.write("motd.txt", "hello\n");
    String file = directory.write("inspircd.conf", configuration(limit, certificate)).toString();
    process =
        ServerProcess.start(
            List.of("inspircd", "--nofork", "--nopid", "--runasroot", "--config", file),
            directory.path(),
            port);
  }

  private String configuration(
      FloodLimit limit, TestCertificates.@Nullable CertificateWithKey certificate) {
    if (limit == FloodLimit.AS_INSTALLED) {
      return InspIrcdConfiguration.installed(directory.path(), port);
    }
    TestCertificates.CertificateWithKey identity =
        certificate == null
            ? certificates.server("server", "DNS:localhost", "IP:127.0.0.1")
            : certificate;
    return InspIrcdConfiguration.text(
        directory.path(),
        new InspIrcdConfiguration.InspIrcdPorts(port, tlsPort, servicesPort),
        certificates.authority(),
        identity,
        limit);
  }

  /**
   * Starts a server as Debian's package installs it: its {@code /etc/inspircd/inspircd.conf} with
   * another port and other paths. It has no TLS, no services, none of the capabilities of IRCv3,
   * and takes three connections from one address. Nobody listens on {@link #tlsPort()}.
   *
   * @return the server, listening
   * @throws IllegalStateException when {@code inspircd} is not installed, its configuration cannot
   *     be read, or it does not start
   */
  public static InspIrcd asInstalled() {
    return new InspIrcd(FloodLimit.AS_INSTALLED, null);
  }

  /**
   * Starts a server without flood limits and without services.
   *
   * @return the server, listening
   * @throws IllegalStateException when {@code inspircd} is not installed or does not start
   */
  public static InspIrcd start() {
    return new InspIrcd(FloodLimit.NONE, null);
  }

  /**
   * Starts a server with the flood limits that a test wants.
   *
   * @param limit the limits
   * @return the server, listening
   */
  public static InspIrcd start(FloodLimit limit) {
    return new InspIrcd(limit, null);
  }

  /**
   * Starts a server that shows another certificate than the good one.
   *
   * @param certificate what it shows on its TLS port
   * @return the server, listening
   */
  public static InspIrcd startWithCertificate(TestCertificates.CertificateWithKey certificate) {
    return new InspIrcd(FloodLimit.NONE, certificate);
  }

  /**
   * Starts a server with Anope linked to it: NickServ, SASL PLAIN and EXTERNAL.
   *
   * @return the server, with its services linked
   * @throws IllegalStateException when {@code inspircd} or {@code anope} is missing or fails
   */
  public static InspIrcd startWithServices() {
    InspIrcd server = new InspIrcd(FloodLimit.NONE, null);
    server.services = Anope.start(server.servicesPort);
    server.awaitServices();
    return server;
  }

  /** SASL is offered only while the services are linked: that shows that the link is up. */
  private void awaitServices() {
    IrcWitness.await(
        "the services to be linked",
        () -> {
          try (IrcWitness probe = IrcWitness.open(host(), port)) {
            probe.raw("CAP LS 302");
            return probe.expect("CAP \\* LS").contains("sasl");
          }
        });
  }

  /**
   * The authority that signed this server's certificate; it can sign more.
   *
   * @return the authority
   */
  public TestCertificates certificates() {
    return certificates;
  }

  /** Stops the services but not the server; SASL is not offered from then on. */
  public void killServices() {
    Anope linked = services;
    if (linked != null) {
      linked.close();
    }
    services = null;
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
  public void kill() {
    process.kill();
  }

  /** {@inheritDoc} The services find the way back by themselves within two seconds. */
  @Override
  public void restart() {
    process.start();
    if (services != null) {
      awaitServices();
    }
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    killServices();
    process.close();
    directory.close();
  }
}
