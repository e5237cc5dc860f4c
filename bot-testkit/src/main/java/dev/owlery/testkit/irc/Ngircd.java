package dev.owlery.testkit.irc;

import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.net.ScratchDirectory;
import dev.owlery.testkit.net.ServerProcess;
import dev.owlery.testkit.net.TestCertificates;
import java.util.List;

/**
 * ngIRCd: the plain case. It knows no message tags, no accounts, no echo and no history, and it
 * executes what follows a bare CR and drops whoever sends too long a line, so it finds the bot that
 * relies on a forgiving server.
 */
public final class Ngircd implements IrcServer {
  private final ScratchDirectory directory = ScratchDirectory.create("ngircd");
  private final int port = LoopbackPorts.reserve();
  private final int tlsPort = LoopbackPorts.reserve();
  private final ServerProcess process;

  private Ngircd(int penaltySeconds) {
    TestCertificates certificates = new TestCertificates(directory.path());
    TestCertificates.Identity identity =
        certificates.server("server", "DNS:localhost", "IP:127.0.0.1");
    String user = "root".equals(System.getProperty("user.name")) ? "nobody" : userName();
    String config =
        """
        [Global]
        Name = irc.localhost
        Info = test server
        AdminInfo1 = test
        AdminEMail = root@localhost
        Listen = 127.0.0.1
        Ports = %d
        MotdPhrase = hello
        ServerUID = %s
        ServerGID = %s
        [Limits]
        ConnectRetry = 60
        MaxConnections = 0
        MaxConnectionsIP = 0
        MaxJoins = 0
        MaxNickLength = 31
        MaxPenaltyTime = %d
        PingTimeout = 120
        PongTimeout = 60
        [Options]
        DNS = no
        Ident = no
        PAM = no
        OperCanUseMode = yes
        [SSL]
        CertFile = %s
        KeyFile = %s
        Ports = %d
        [Operator]
        Name = oper
        Password = oper
        """
            .formatted(
                port,
                user,
                "nobody".equals(user) ? "nogroup" : user,
                penaltySeconds,
                identity.certificate(),
                identity.key(),
                tlsPort);
    String file = directory.write("ngircd.conf", config).toString();
    process = ServerProcess.start(List.of("ngircd", "-n", "-f", file), directory.path(), port);
  }

  private static String userName() {
    return System.getProperty("user.name");
  }

  /**
   * Starts a server without flood limits.
   *
   * @return the server, listening
   * @throws IllegalStateException when {@code ngircd} is not installed or does not start
   */
  public static Ngircd start() {
    return new Ngircd(0);
  }

  /**
   * Starts a server that slows down whoever sends too much, as ngIRCd does by itself.
   *
   * @return the server, listening
   */
  public static Ngircd startWithFloodPenalty() {
    return new Ngircd(-1);
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
