package dev.owlery.testkit.xmpp;

import dev.owlery.testkit.net.InstalledConfiguration;
import dev.owlery.testkit.net.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The configuration that Debian's package of Prosody installs, on other ports and paths. */
final class InstalledProsody {
  private static final String FIRST_HOST = "(?m)^VirtualHost \"localhost\"$";
  private static final String INCLUDE = "(?m)^Include \"conf\\.d/.*$";

  private InstalledProsody() {}

  static String text(
      Path data, Prosody.ProsodyPorts ports, TestCertificates.CertificateWithKey identity) {
    // Later assignments replace earlier ones; behind the first host they would be the host's.
    String changes =
        """
        data_path = "%1$s"
        pidfile = "%1$s/prosody.pid"
        daemonize = false
        log = { { levels = { min = "info" }, to = "console" } }
        interfaces = { "127.0.0.1" }
        local_interfaces = { "127.0.0.1" }
        c2s_ports = { %2$d }
        c2s_direct_tls_ports = { %3$d }
        s2s_ports = {}
        http_ports = {}
        https_ports = {}
        ssl = { certificate = "%4$s", key = "%5$s" }
        VirtualHost "localhost"
        """
            .formatted(data, ports.plain(), ports.tls(), identity.certificate(), identity.key());
    String installed = InstalledConfiguration.read(InstalledConfiguration.PROSODY);
    String ours = InstalledConfiguration.replace(installed, FIRST_HOST, changes);
    // What lies there names the same host once more.
    return InstalledConfiguration.replace(ours, INCLUDE, "");
  }

  /** Writes what {@code prosodyctl adduser} does; the server hashes the password at the login. */
  static void writeAccount(Path data, String user, String password) {
    Path folder = data;
    try {
      for (String below : List.of("localhost", "accounts")) {
        folder = folder.resolve(below);
        if (Files.notExists(folder)) {
          Files.createDirectory(folder);
        }
        folder.toFile().setReadable(true, false);
        folder.toFile().setWritable(true, false);
        folder.toFile().setExecutable(true, false);
      }
      Files.writeString(
          folder.resolve(user + ".dat"), "return { [\"password\"] = \"" + password + "\"; };\n");
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException("cannot make the account " + user, cannotWrite);
    }
  }
}
