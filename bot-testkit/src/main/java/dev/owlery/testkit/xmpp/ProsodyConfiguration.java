package dev.owlery.testkit.xmpp;

import dev.owlery.testkit.net.TestCertificates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the configuration of one Prosody for tests. */
final class ProsodyConfiguration {
  private static final List<String> BARE = List.of("roster", "saslauth", "disco", "register_ibr");

  private static final List<String> MORE =
      List.of(
          "private",
          "vcard4",
          "vcard_legacy",
          "pep",
          "ping",
          "time",
          "version",
          "adhoc",
          "carbons",
          "blocklist",
          "bookmarks",
          "csi_simple",
          "user_account_management");

  /** A module of ours: a room forgets an occupant without telling anybody. */
  static final String FORGET =
      """
      local st = require "util.stanza"
      local muc = module:depends("muc")

      module:hook("iq-set/bare/urn:owlery:forget:query", function (event)
        local room = muc.get_room_from_jid(event.stanza.attr.to)
        local nick = room.jid .. "/" .. event.stanza.tags[1].attr.nick
        for address, name in pairs(room._jid_nick) do
          if name == nick then room._jid_nick[address] = nil end
        end
        room._occupants[nick] = nil
        event.origin.send(st.reply(event.stanza))
        return true
      end, 10)
      """;

  /** A module of ours: a client need not ask for carbons. */
  static final String COPIES =
      """
      module:depends("carbons")
      module:hook("resource-bind", function (event) event.session.want_carbons = true end)
      """;

  /**
   * A module of ours: the server dies by SIGKILL over a message with a certain body, when it is in
   * its sender's archive and before its recipient's archive or client has it.
   */
  static final String MORTAL =
      """
      local pid = require "util.pposix".getpid()
      local function die(event)
        if event.stanza:get_child_text("body") == "%s" then
          os.execute("kill -9 " .. pid)
        end
      end
      module:hook("message/bare", die, 1)
      module:hook("message/full", die, 1)
      """
          .formatted(Prosody.LAST_WORDS);

  /** A module of ours: rooms forget the ids of what is said in them. */
  static final String FORGETFUL =
      """
      local new_id = require "util.id".medium
      local stable = "http://jabber.org/protocol/muc#stable_id"

      module:hook("muc-broadcast-message", function (event)
        event.stanza.attr.id = new_id()
      end, -1)
      module:hook("muc-disco#info", function (event)
        event.reply.tags[1]:maptags(function (tag)
          if tag.attr.var == stable then return nil end
          return tag
        end)
      end, -100)
      """;

  /**
   * A module of ours: the database of archives survives that the server is killed, but does not
   * wait for the disk at every message, as Prosody has it by default.
   */
  static final String HASTY =
      """
      module:hook_global("server-started", function ()
        for _, engine in pairs(module:shared("/*/sql/connections")) do
          assert(engine:connect())
          engine.conn:commit()
          engine.conn:autocommit(true)
          for _, setting in ipairs({ "journal_mode = WAL", "synchronous = OFF" }) do
            local statement = assert(engine.conn:prepare("PRAGMA " .. setting))
            assert(statement:execute())
            for _ in statement:rows() do end
            statement:close()
          end
          engine.conn:autocommit(false)
        end
      end)
      """;

  private ProsodyConfiguration() {}

  static String text(
      Path modules,
      Path data,
      Prosody.ProsodyPorts ports,
      TestCertificates.CertificateWithKey identity,
      Set<Prosody.Option> options) {
    boolean tls = !options.contains(Prosody.Option.NO_TLS);
    boolean required = options.contains(Prosody.Option.ENCRYPTION_REQUIRED);
    return global(data, ports, identity, tls)
        + "plugin_paths = { \""
        + modules
        + "\" }\n"
        + "storage = "
        + storage(options.contains(Prosody.Option.LONG_ARCHIVES))
        + "\n"
        + "c2s_require_encryption = "
        + required
        + "\n"
        + "allow_unencrypted_plain_auth = "
        + !required
        + "\n"
        + logins(options)
        + "modules_enabled = { "
        + quoted(enabled(options))
        + " }\n"
        + "modules_disabled = { "
        + quoted(disabled(options))
        + " }\n"
        + hosts(ports, options);
  }

  private static String logins(Set<Prosody.Option> options) {
    String hash = options.contains(Prosody.Option.SCRAM_SHA_256) ? "SHA-256" : "SHA-1";
    String refused =
        options.contains(Prosody.Option.ONLY_PLAIN)
            ? ", \"SCRAM-SHA-1\", \"SCRAM-SHA-1-PLUS\""
            : "";
    return "password_hash = \"%s\"\ndisable_sasl_mechanisms = { \"DIGEST-MD5\"%s }\n"
        .formatted(hash, refused);
  }

  private static String storage(boolean isForLongArchives) {
    return isForLongArchives ? "{ archive = \"sql\", muc_log = \"sql\" }" : "\"internal\"";
  }

  private static List<String> enabled(Set<Prosody.Option> options) {
    List<String> modules = new ArrayList<>(BARE);
    if (!options.contains(Prosody.Option.BARE)) {
      modules.addAll(MORE);
    }
    if (options.contains(Prosody.Option.CARBONS_FOR_ALL)) {
      modules.add("copies");
    }
    if (options.contains(Prosody.Option.LONG_ARCHIVES)) {
      modules.add("hasty");
    }
    if (options.contains(Prosody.Option.MORTAL)) {
      modules.add("mortal");
    }
    if (!options.contains(Prosody.Option.NO_TLS)) {
      modules.add("tls");
    }
    if (!options.contains(Prosody.Option.NO_ARCHIVE)) {
      modules.add("mam");
    }
    if (!options.contains(Prosody.Option.NO_STREAM_MANAGEMENT)) {
      modules.add("smacks");
    }
    return modules;
  }

  private static List<String> disabled(Set<Prosody.Option> options) {
    return options.contains(Prosody.Option.OFFLINE_STORE)
        ? List.of("s2s")
        : List.of("s2s", "offline");
  }

  private static String quoted(List<String> names) {
    return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
  }

  private static String global(
      Path data,
      Prosody.ProsodyPorts ports,
      TestCertificates.CertificateWithKey identity,
      boolean tls) {
    return """
    data_path = "%1$s"
    daemonize = false
    network_settings = { nagle = false }
    interfaces = { "127.0.0.1" }
    local_interfaces = { "127.0.0.1" }
    c2s_ports = { %2$d }
    c2s_direct_tls_ports = { %3$s }
    legacy_ssl_ports = {}
    s2s_ports = {}
    s2s_direct_tls_ports = {}
    component_ports = { %4$d }
    component_interfaces = { "127.0.0.1" }
    http_ports = { %5$d }
    http_interfaces = { "127.0.0.1" }
    https_ports = {}
    proxy65_ports = { %6$d }
    proxy65_interfaces = { "127.0.0.1" }
    ssl = { certificate = "%7$s", key = "%8$s" }
    admins = { "admin@localhost" }
    allow_registration = true
    authentication = "internal_hashed"
    sql = { driver = "SQLite3", database = "%1$s/archive.sqlite" }
    storage_archive_item_limit = 10000000
    archive_expires_after = "1d"
    smacks_hibernation_time = 60
    c2s_close_timeout = 1
    limits = {}
    log = { { levels = { min = "info" }, to = "console" } }
    """
        .formatted(
            data,
            ports.plain(),
            tls ? Integer.toString(ports.tls()) : "",
            ports.component(),
            ports.http(),
            ports.proxy(),
            identity.certificate(),
            identity.key());
  }

  private static String hosts(Prosody.ProsodyPorts ports, Set<Prosody.Option> options) {
    String host = "VirtualHost \"localhost\"\n\n";
    if (options.contains(Prosody.Option.FORGETFUL_ROOMS)) {
      return host
          + rooms("plain", false, false, false).replace("\"forget\"", "\"forget\", \"forgetful\"")
          + "  max_history_messages = 0\n";
    }
    return options.contains(Prosody.Option.BARE)
        ? host
        : host
            + components(
                options.contains(Prosody.Option.STORE_ELSEWHERE) ? ports.store() : ports.http(),
                !options.contains(Prosody.Option.NO_ARCHIVE),
                options.contains(Prosody.Option.PROXY_ELSEWHERE) ? "127.0.0.2" : "127.0.0.1");
  }

  private static String components(int store, boolean archive, String proxy) {
    return rooms("rooms", archive, false, true)
        + rooms("open", archive, true, true)
        + rooms("plain", false, false, false)
        + """
        Component "pubsub.localhost" "pubsub"
          autocreate_on_publish = false
          autocreate_on_subscribe = false
          default_admin_affiliation = "owner"
          admins = { "admin@localhost", "bot@localhost" }
          pubsub_max_items = 256

        Component "upload.localhost" "http_file_share"
          http_host = "localhost"
          http_external_url = "http://localhost:%1$d/"
          http_file_share_size_limit = 10 * 1024 * 1024
          http_file_share_daily_quota = 100 * 1024 * 1024

        Component "proxy.localhost" "proxy65"
          proxy65_address = "%2$s"

        Component "bridge.localhost"
          component_secret = "secret"
        """
            .formatted(store, proxy);
  }

  private static String rooms(
      String name, boolean archive, boolean realAddresses, boolean isTelling) {
    return """
    Component "%s.localhost" "muc"
      modules_enabled = { %s }
      restrict_room_creation = false
      muc_room_locking = false
      muc_room_default_persistent = true
      muc_room_default_public = true
      muc_room_default_public_jids = %s
      muc_log_by_default = %s
      muc_occupant_id = %s

    """
        .formatted(
            name,
            archive ? "\"forget\", \"muc_mam\"" : "\"forget\"",
            realAddresses,
            archive,
            isTelling);
  }
}
