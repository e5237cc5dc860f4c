package dev.owlery.testkit.irc;

import dev.owlery.testkit.net.InstalledConfiguration;
import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.net.ScratchDirectory;
import dev.owlery.testkit.net.ServerProcess;
import dev.owlery.testkit.net.TestCertificates;
import java.util.List;
import java.util.function.Function;

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

  private Ngircd(Function<Ngircd, String> configuration) {
    String file = directory.write("ngircd.conf", configuration.apply(this)).toString();
    process = ServerProcess.start(List.of("ngircd", "-n", "-f", file), directory.path(), port);
  }

  private String configuration(int penaltySeconds) {
    TestCertificates certificates = new TestCertificates(directory.path());
    TestCertificates.CertificateWithKey identity =
        certificates.server("server", "DNS:localhost", "IP:127.0.0.1");
    String user = ordinaryUser();
    return """
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
            group(user),
            penaltySeconds,
            identity.certificate(),
            identity.key(),
            tlsPort);
  }

  /** What Debian's package installs, on another port, with other paths and users. */
  private String installedConfiguration() {
    String user = ordinaryUser();
    directory.write("motd.txt", "hello\n");
    String text = InstalledConfiguration.read(InstalledConfiguration.NGIRCD);
    text =
        InstalledConfiguration.replace(
            text,
            "(?m)^\\[Global\\]$",
            "[Global]\n\tListen = 127.0.0.1\n\tPorts = %d".formatted(port));
    text =
        InstalledConfiguration.replace(
            text, "(?m)^\\s*MotdFile = .*$", "MotdFile = " + directory.path() + "/motd.txt");
    text =
        InstalledConfiguration.replace(
            text, "(?m)^\\s*PidFile = .*$", "PidFile = " + directory.path() + "/ngircd.pid");
    text = InstalledConfiguration.replace(text, "(?m)^\\s*ServerUID = .*$", "ServerUID = " + user);
    return InstalledConfiguration.replace(
        text, "(?m)^\\s*ServerGID = .*$", "ServerGID = " + group(user));
  }

  private static String ordinaryUser() {
    return "root".equals(System.getProperty("user.name")) ? "nobody" : userName();
  }

  private static String group(String user) {
    return "nobody".equals(user) ? "nogroup" : user;
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
    return new Ngircd(server -> server.configuration(0));
  }

  /**
   * Starts a server that slows down whoever sends too much, as ngIRCd does by itself.
   *
   * @return the server, listening
   */
  public static Ngircd startWithFloodPenalty() {
    return new Ngircd(server -> server.configuration(-1));
  }

  /**
   * Starts a server as Debian's package installs it: its {@code /etc/ngircd/ngircd.conf} with
   * another port, other paths and users. It has no TLS, slows down whoever sends too much, and
   * takes ten connections from one address. Nobody listens on {@link #tlsPort()}.
   *
   * @return the server, listening
   * @throws IllegalStateException when {@code ngircd} is not installed, its configuration cannot be
   *     read, or it does not start
   */
  public static Ngircd asInstalled() {
    return new Ngircd(Ngircd::installedConfiguration);
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
