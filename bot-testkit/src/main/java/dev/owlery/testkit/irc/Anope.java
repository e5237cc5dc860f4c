package dev.owlery.testkit.irc;

import dev.owlery.testkit.net.ScratchDirectory;
import dev.owlery.testkit.net.ServerProcess;
import java.util.List;

/** Anope 2.0 beside an InspIRCd: NickServ accounts, SASL PLAIN and EXTERNAL. */
final class Anope implements AutoCloseable {
  private final ScratchDirectory directory = ScratchDirectory.create("anope");
  private final ServerProcess process;

  private Anope(int uplinkPort) {
    directory.write("motd.txt", "hello\n");
    directory.write("services.conf", configuration(uplinkPort));
    String here = directory.path().toString();
    process =
        ServerProcess.start(
            List.of(
                "anope",
                "--nofork",
                "--confdir=" + here,
                "--config=services.conf",
                "--dbdir=" + here,
                "--logdir=" + here,
                "--modulesdir=/usr/lib/anope"),
            directory.path(),
            0);
  }

  static Anope start(int uplinkPort) {
    return new Anope(uplinkPort);
  }

  private String configuration(int uplinkPort) {
    return """
    define { name = "services.host"; value = "services.localhost" }
    uplink { host = "127.0.0.1"; ipv6 = no; ssl = no; port = %1$d; password = "secret" }
    serverinfo { name = "services.localhost"; description = "services"
      pid = "%2$s/anope.pid"; motd = "%2$s/motd.txt" }
    module { name = "inspircd3"; use_server_side_mlock = yes; use_server_side_topiclock = yes }
    networkinfo { networkname = "TestNet"; nicklen = 31; userlen = 10; hostlen = 64; chanlen = 64
      modelistsize = 100; vhost_chars = "abcdefghijklmnopqrstuvwxyz0123456789.-"
      allow_undotted_vhosts = yes; disallow_start_or_end = ".-" }
    options { seed = 4711; casemap = "ascii"; strictpasswords = no; badpasslimit = 0
      badpasstimeout = 1h; updatetimeout = 5s; expiretimeout = 30m; readtimeout = 5s
      warningtimeout = 4h; timeoutcheck = 3s; retrywait = 1s }
    log { target = "services.log"; servers = "*"; users = "*"; other = "*"; commands = "*"
      admin = "*"; override = "*" }
    module { name = "db_flatfile"; database = "anope.db"; keepbackups = 0; fork = no }
    module { name = "enc_sha256" }
    service { nick = "NickServ"; user = "services"; host = "services.localhost"
      gecos = "Nickname Registration Service" }
    module { name = "nickserv"; client = "NickServ"; defaults = "ns_private hide_email"
      regdelay = 0s; expire = 21d; killquick = 20s; kill = 60s; modesonid = yes
      guestnickprefix = "Guest"; nonicknameownership = yes }
    module { name = "ns_register"; registration = "none"; nickregdelay = 0s }
    command { service = "NickServ"; name = "REGISTER"; command = "nickserv/register" }
    module { name = "ns_identify" }
    command { service = "NickServ"; name = "IDENTIFY"; command = "nickserv/identify" }
    module { name = "ns_logout" }
    command { service = "NickServ"; name = "LOGOUT"; command = "nickserv/logout" }
    module { name = "ns_cert"; max = 5 }
    command { service = "NickServ"; name = "CERT"; command = "nickserv/cert" }
    module { name = "m_sasl" }
    """
        .formatted(uplinkPort, directory.path());
  }

  @Override
  public void close() {
    process.close();
    directory.close();
  }
}
