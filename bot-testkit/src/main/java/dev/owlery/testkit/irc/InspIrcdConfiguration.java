package dev.owlery.testkit.irc;

import dev.owlery.testkit.net.InstalledConfiguration;
import dev.owlery.testkit.net.TestCertificates;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the configuration of one InspIRCd for tests. */
final class InspIrcdConfiguration {
  private static final List<String> IRCV3 =
      List.of(
          "cap",
          "ircv3",
          "ircv3_accounttag",
          "ircv3_batch",
          "ircv3_capnotify",
          "ircv3_chghost",
          "ircv3_ctctags",
          "ircv3_echomessage",
          "ircv3_invitenotify",
          "ircv3_labeledresponse",
          "ircv3_msgid",
          "ircv3_servertime");

  private static final List<String> SERVICES =
      List.of(
          "sha256",
          "services_account",
          "hidechans",
          "chghost",
          "chgident",
          "svshold",
          "rline",
          "mlock",
          "topiclock",
          "globops",
          "servprotect",
          "sasl",
          "spanningtree");

  private static final List<String> OTHERS =
      List.of("chanhistory", "monitor", "namesx", "botmode", "sslinfo", "satopic", "sanick");

  /** The ports of one server. */
  record InspIrcdPorts(int plain, int tls, int services) {}

  private InspIrcdConfiguration() {}

  static String text(
      Path directory,
      InspIrcdPorts ports,
      Path authority,
      TestCertificates.CertificateWithKey identity,
      InspIrcd.FloodLimit limit) {
    return """
    <server name="irc.localhost" description="test server" network="TestNet" id="1AA">
    <admin name="test" nick="test" email="root@localhost">
    <bind address="127.0.0.1" port="%1$d" type="clients">
    <bind address="127.0.0.1" port="%2$d" type="clients" sslprofile="tls">
    <bind address="127.0.0.1" port="%3$d" type="servers">
    <module name="ssl_gnutls">
    <sslprofile name="tls" provider="gnutls" certfile="%5$s" keyfile="%6$s" cafile="%7$s"
      requestclientcert="yes" hash="sha256">
    <connect name="main" allow="127.0.0.0/8" timeout="60" pingfreq="120" localmax="10000"
      globalmax="10000" maxchans="2000" maxconnwarn="no" limit="10000" useconnectban="no"
      useconnflood="no" resolvehostnames="no" useident="no" %8$s>
    <performance nouserdns="yes" netbuffersize="65534" somaxconn="511" quietbursts="yes">
    <options casemapping="ascii" prefixquit="Quit: " nosnoticestack="no" splitwhois="no">
    <limits maxnick="31" maxchan="64" maxquit="255" maxtopic="307" maxkick="255">
    <log method="file" type="* -USERINPUT -USEROUTPUT" level="default" target="%4$s/inspircd.log">
    <files motd="%4$s/motd.txt">
    <path moduledir="/usr/lib/inspircd/modules" datadir="%4$s" logdir="%4$s" runtimedir="%4$s">
    %9$s
    <chanhistory maxlines="200000" bots="yes" enableumode="no" prefixmsg="no">
    <sasl target="services.localhost" requiressl="no">
    <link name="services.localhost" ipaddr="127.0.0.1" port="%3$d" allowmask="127.0.0.0/8"
      sendpass="secret" recvpass="secret">
    <uline server="services.localhost" silent="yes">
    <class name="All" commands="*" privs="*" usermodes="*" chanmodes="*" snomasks="*">
    <type name="Admin" classes="All">
    <oper name="oper" password="oper" host="*@127.0.0.1" type="Admin">
    """
        .formatted(
            ports.plain(),
            ports.tls(),
            ports.services(),
            directory,
            identity.certificate(),
            identity.key(),
            authority,
            flood(limit),
            modules());
  }

  /** What Debian's package installs, on another port and with other paths. */
  static String installed(Path directory, int port) {
    String text = InstalledConfiguration.read(InstalledConfiguration.INSPIRCD);
    text = InstalledConfiguration.replace(text, "port=\"6667\"", "port=\"" + port + "\"");
    text =
        InstalledConfiguration.replace(
            text, "/var/run/inspircd/inspircd\\.pid", directory + "/inspircd.pid");
    text =
        InstalledConfiguration.replace(
            text, "/etc/inspircd/inspircd\\.motd", directory + "/motd.txt");
    return text
        + "<path datadir=\"%1$s\" logdir=\"%1$s\" runtimedir=\"%1$s\">\n".formatted(directory);
  }

  private static String flood(InspIrcd.FloodLimit limit) {
    return switch (limit) {
      case NONE ->
          "threshold=\"2000000000\" commandrate=\"2000000000\" fakelag=\"no\""
              + " softsendq=\"64M\" hardsendq=\"128M\" recvq=\"64M\"";
      case ORDINARY ->
          "threshold=\"10\" commandrate=\"1000\" fakelag=\"yes\""
              + " softsendq=\"8192\" hardsendq=\"1M\" recvq=\"8K\"";
      case AS_INSTALLED -> throw new IllegalArgumentException("has a configuration of its own");
    };
  }

  private static String modules() {
    return Stream.of(IRCV3, SERVICES, OTHERS)
        .flatMap(List::stream)
        .map(name -> "<module name=\"" + name + "\">")
        .collect(Collectors.joining("\n"));
  }
}
