package dev.owlery.testkit.xmpp;

import dev.owlery.testkit.net.TestCertificates;
import java.nio.file.Path;

/** Writes the configuration of one ejabberd for tests. */
final class EjabberdConfiguration {
  /** The ports of one server. */
  record EjabberdPorts(int plain, int tls, int component) {}

  /** Chat, and rooms without an archive. */
  private static final String BARE_MODULES =
      """
      modules:
        mod_disco: {}
        mod_muc:
          host: rooms.localhost
          min_message_interval: 0
          history_size: 0
          default_room_options: { mam: false, persistent: true, anonymous: true }
        mod_register: { ip_access: all, access: all }
        mod_roster: {}
      """;

  private EjabberdConfiguration() {}

  static String text(
      TestCertificates.CertificateWithKey identity,
      Path authority,
      EjabberdPorts ports,
      String scramHash,
      int mostSessions,
      boolean isBare) {
    return listeners(identity, authority, ports)
        + "shaper_rules: { max_user_sessions: %d }\n".formatted(mostSessions)
        + "auth_scram_hash: "
        + scramHash
        + "\n"
        + (isBare ? BARE_MODULES : modules());
  }

  private static String listeners(
      TestCertificates.CertificateWithKey identity, Path authority, EjabberdPorts ports) {
    return """
    loglevel: info
    log_rotate_count: 0
    hosts: [ localhost ]
    certfiles: [ "%1$s", "%2$s", "%3$s" ]
    acme: { auto: false }
    auth_method: internal
    auth_password_format: scram
    disable_sasl_mechanisms: [ digest-md5, X-OAUTH2 ]
    registration_timeout: infinity
    max_fsm_queue: 100000
    listen:
      - { port: %4$d, ip: "127.0.0.1", module: ejabberd_c2s, max_stanza_size: 10485760,
          starttls: true, access: c2s }
      - { port: %5$d, ip: "127.0.0.1", module: ejabberd_c2s, max_stanza_size: 10485760,
          tls: true, access: c2s }
      - { port: %6$d, ip: "127.0.0.1", module: ejabberd_service,
          hosts: { bridge.localhost: { password: secret } } }
    acl:
      admin: { user: [ admin@localhost ] }
      local: { user_regexp: "" }
    access_rules:
      c2s: { allow: all }
      local: { allow: local }
    """
        .formatted(
            identity.certificate(),
            identity.key(),
            authority,
            ports.plain(),
            ports.tls(),
            ports.component());
  }

  private static String modules() {
    return """
    modules:
      mod_adhoc: {}
      mod_blocking: {}
      mod_caps: {}
      mod_carboncopy: {}
      mod_client_state: {}
      mod_disco: {}
      mod_last: {}
      mod_mam: { default: always, assume_mam_usage: true }
      mod_muc:
        host: rooms.localhost
        min_message_interval: 0
        default_room_options: { mam: true, persistent: true, anonymous: true }
      mod_offline: { access_max_user_messages: all }
      mod_ping: {}
      mod_privacy: {}
      mod_private: {}
      mod_pubsub: { host: pubsub.localhost, access_createnode: all, plugins: [ flat, pep ] }
      mod_register: { ip_access: all, access: all }
      mod_roster: {}
      mod_stream_mgmt: { resend_on_timeout: if_offline }
      mod_time: {}
      mod_vcard: { search: false }
      mod_version: {}
    """;
  }
}
