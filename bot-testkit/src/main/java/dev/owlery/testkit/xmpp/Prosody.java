package dev.owlery.testkit.xmpp;

import dev.owlery.testkit.net.InstalledConfiguration;
import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.net.ScratchDirectory;
import dev.owlery.testkit.net.ServerProcess;
import dev.owlery.testkit.net.TestCertificates;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prosody 0.12: stream management, archives for accounts and rooms, carbons, publish-subscribe with
 * {@code bot@localhost} as its administrator, PEP, file upload, a SOCKS5 proxy, and a place for an
 * external component. {@code admin@localhost} administers the server.
 *
 * <p>Besides {@link #rooms()} there are {@link #openRooms()}, where everybody sees real addresses,
 * and {@link #plainRooms()}, which have no archive. A room exists, unlocked and for ever, from the
 * moment when somebody enters it.
 */
public final class Prosody implements XmppServer {
  /** How a server differs from the ordinary one. */
  public enum Option {
    /** Nobody logs in without TLS. Without this option TLS is offered only. */
    ENCRYPTION_REQUIRED,
    /** STARTTLS is not offered, and nobody listens on the TLS port. */
    NO_TLS,
    /** Neither accounts nor rooms have an archive (XEP-0313). */
    NO_ARCHIVE,
    /**
     * Archives of many thousand messages: kept in SQLite, as quick to read as short ones. The
     * ordinary archives are read from their beginning for each page.
     */
    LONG_ARCHIVES,
    /** Messages for accounts that are away are kept and delivered at the next login. */
    OFFLINE_STORE,
    /** No stream management (XEP-0198). */
    NO_STREAM_MANAGEMENT,
    /** Passwords are kept for SCRAM-SHA-256 only, so nobody can log in by SCRAM-SHA-1. */
    SCRAM_SHA_256,
    /** Nobody can log in but by showing the password (SASL PLAIN). */
    ONLY_PLAIN,
    /** Every client gets copies of what the others of its account say and hear (XEP-0280). */
    CARBONS_FOR_ALL,
    /** Clients are told to put and fetch files at {@link #storePort()}, where a test listens. */
    STORE_ELSEWHERE,
    /**
     * The SOCKS5 proxy says that it is on 127.0.0.2, where a test can stand between it and others.
     */
    PROXY_ELSEWHERE,
    /**
     * The server kills itself over a message that says {@link #LAST_WORDS}, when that is in its
     * sender's archive and in nobody else's.
     */
    MORTAL,
    /** Chat and nothing else: no carbons, client state or PEP, and no service beside the server. */
    BARE,
    /**
     * Besides {@link #BARE}, {@link Prosody#plainRooms()}: they show no newcomer what was said
     * before, and give what is said in them ids of their own, so that nobody knows what they have
     * said again by its id.
     */
    FORGETFUL_ROOMS,
    /**
     * What Debian's package installs, with its own limits: see {@link Prosody#asInstalled}. Goes
     * with no other option.
     */
    AS_INSTALLED
  }

  /** What kills a server with {@link Option#MORTAL}. */
  public static final String LAST_WORDS = "last words";

  /** The local part of the account that may create publish-subscribe nodes. */
  public static final String BOT = "bot";

  /** The ports of one server. */
  record ProsodyPorts(int plain, int tls, int component, int http, int proxy, int store) {
    static ProsodyPorts reserve() {
      return new ProsodyPorts(
          LoopbackPorts.reserve(),
          LoopbackPorts.reserve(),
          LoopbackPorts.reserve(),
          LoopbackPorts.reserve(),
          LoopbackPorts.reserve(),
          LoopbackPorts.reserve());
    }
  }

  private final ScratchDirectory directory = ScratchDirectory.create("prosody");
  private final TestCertificates certificates = new TestCertificates(directory.path());
  private final ProsodyPorts ports = ProsodyPorts.reserve();
  private final Set<Option> options;
  private final ServerProcess process;

  private Prosody(TestCertificates.@Nullable CertificateWithKey shown, Option... options) {
    this.options = EnumSet.noneOf(Option.class);
    this.options.addAll(List.of(options));
    TestCertificates.CertificateWithKey identity =
        shown == null
            ? certificates.server("server", "DNS:localhost", "DNS:*.localhost", "IP:127.0.0.1")
            : shown;
    directory.write("mod_forget.lua", ProsodyConfiguration.FORGET);
    directory.write("mod_copies.lua", ProsodyConfiguration.COPIES);
    directory.write("mod_hasty.lua", ProsodyConfiguration.HASTY);
    directory.write("mod_mortal.lua", ProsodyConfiguration.MORTAL);
    directory.write("mod_forgetful.lua", ProsodyConfiguration.FORGETFUL);
    Path data = OrdinaryUser.data(directory);
    String text =
        isAsInstalled()
            ? InstalledProsody.text(data, ports, identity)
            : ProsodyConfiguration.text(directory.path(), data, ports, identity, this.options);
    String file = directory.write("prosody.cfg.lua", text).toString();
    process =
        ServerProcess.start(
            OrdinaryUser.command(List.of(), List.of("prosody", "-F", "--config", file)),
            directory.path(),
            ports.plain());
  }

  /**
   * Starts a server.
   *
   * @param options how it differs from the ordinary one
   * @return the server, listening
   * @throws IllegalStateException when {@code prosody} is not installed or does not start
   */
  public static Prosody start(Option... options) {
    return new Prosody(null, options);
  }

  /**
   * Starts a server as Debian's package installs it: its {@code /etc/prosody/prosody.cfg.lua} with
   * other ports, paths and certificates. It has no rooms, no upload, no SOCKS5 proxy and no
   * archive, insists on TLS, and takes 10 kB a second from each client. Accounts are written by
   * {@link #register}, as {@code prosodyctl} would.
   *
   * @return the server, listening
   * @throws IllegalStateException when {@code prosody} is not installed, its configuration cannot
   *     be read ({@link InstalledConfiguration#isReadable}), or it does not start
   */
  public static Prosody asInstalled() {
    return new Prosody(null, Option.AS_INSTALLED);
  }

  private boolean isAsInstalled() {
    return options.contains(Option.AS_INSTALLED);
  }

  @Override
  public String register(String user, String password) {
    if (!isAsInstalled()) {
      return XmppServer.super.register(user, password);
    }
    InstalledProsody.writeAccount(directory.path().resolve("data"), user, password);
    return user + "@" + domain();
  }

  /**
   * Starts a server that shows another certificate than the good one.
   *
   * @param certificate what it shows to clients that ask for TLS
   * @param options how it differs from the ordinary one
   * @return the server, listening
   */
  public static Prosody startWithCertificate(
      TestCertificates.CertificateWithKey certificate, Option... options) {
    return new Prosody(certificate, options);
  }

  /**
   * The address of its service of rooms in which everybody sees real addresses.
   *
   * @return {@code open.localhost}
   */
  public String openRooms() {
    return "open.localhost";
  }

  /**
   * The address of its service of rooms without an archive and without ids for occupants
   * (XEP-0421); they still show a newcomer the last messages, as XEP-0045 has it.
   *
   * @return {@code plain.localhost}
   */
  public String plainRooms() {
    return "plain.localhost";
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
   * The address of its upload service (XEP-0363).
   *
   * @return {@code upload.localhost}
   */
  public String upload() {
    return "upload.localhost";
  }

  /**
   * Where an external component {@code bridge.localhost} with the secret {@code secret} can connect
   * (XEP-0114).
   *
   * @return a loopback port
   */
  public int componentPort() {
    return ports.component();
  }

  /**
   * Where uploaded files are put and fetched.
   *
   * @return a loopback port
   */
  public int httpPort() {
    return ports.http();
  }

  /**
   * Where clients are told to put and fetch files with {@link Option#STORE_ELSEWHERE}.
   *
   * @return a loopback port on which nobody listens yet
   */
  public int storePort() {
    return ports.store();
  }

  /**
   * Where its SOCKS5 proxy is, whatever it says.
   *
   * @return a port on 127.0.0.1
   */
  public int proxyPort() {
    return ports.proxy();
  }

  /**
   * Makes a room forget that somebody is in it, without a word to anybody: what a client sees when
   * the service of rooms alone was started again.
   *
   * @param by any client that is online
   * @param room the room's address
   * @param nick whom to forget
   */
  public void forget(RawXmppClient by, String room, String nick) {
    String order = "<query xmlns='urn:owlery:forget' nick='" + RawXmppClient.escape(nick) + "'/>";
    XmppStanza answer = by.ask(room, "set", order);
    if (!answer.type().equals("result")) {
      throw new AssertionError(room + " does not forget " + nick + ": " + answer);
    }
  }

  @Override
  public int port() {
    return ports.plain();
  }

  @Override
  public int tlsPort() {
    return ports.tls();
  }

  @Override
  public boolean isEncryptionRequired() {
    return options.contains(Option.ENCRYPTION_REQUIRED) || isAsInstalled();
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
