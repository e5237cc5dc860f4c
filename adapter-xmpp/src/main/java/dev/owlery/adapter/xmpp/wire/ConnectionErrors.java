package dev.owlery.adapter.xmpp.wire;

import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.adapter.xmpp.text.XmppErrorText;
import dev.owlery.spi.ConnectionEnd;
import dev.owlery.spi.NetworkFault;
import java.util.Optional;
import org.jivesoftware.smack.SmackException.EndpointConnectionException;
import org.jivesoftware.smack.SmackException.NoResponseException;
import org.jivesoftware.smack.SmackException.SecurityRequiredByClientException;
import org.jivesoftware.smack.SmackException.SecurityRequiredByServerException;
import org.jivesoftware.smack.XMPPException.StreamErrorException;
import org.jivesoftware.smack.XMPPException.XMPPErrorException;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.StreamError;
import org.jivesoftware.smack.util.rce.RemoteConnectionEndpointLookupFailure;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection failed or has ended, in words for a person and with the next step, instead of
 * Smack's own. Pure.
 */
public final class ConnectionErrors {
  private static final int DEEPEST = 20;

  private ConnectionErrors() {}

  /**
   * Explains a failure.
   *
   * @param failure what was thrown
   * @param place where the account connects to, for a person
   * @return one line
   */
  static String explain(Throwable failure, String place) {
    return end(failure, place).reason();
  }

  /**
   * Explains a failure to come online, and says whether a person probably has to change something.
   *
   * @param failure what was thrown
   * @param place where the account connects to, for a person
   * @return one line, after which the account connects again
   */
  public static ConnectionEnd end(Throwable failure, String place) {
    Throwable each = failure;
    for (int depth = 0; each != null && depth < DEEPEST; depth++) {
      Optional<ConnectionEnd> known = explainOne(each, place);
      if (known.isPresent()) {
        return known.get();
      }
      each = each.getCause();
    }
    return NetworkFault.explain(failure, place)
        .map(ConnectionErrors::permanent)
        .orElseGet(() -> ConnectionEnd.retry(XmppErrorText.trouble(failure)));
  }

  private static ConnectionEnd permanent(String reason) {
    return ConnectionEnd.likelyPermanent(XmppErrorText.line(reason));
  }

  private static Optional<ConnectionEnd> explainOne(Throwable failure, String place) {
    return switch (failure) {
      case StreamErrorException ended -> Optional.of(streamEnd(ended.getStreamError()));
      case XMPPErrorException refused
          when refused.getStanzaError().getCondition() == StanzaError.Condition.conflict ->
          Optional.of(ConnectionEnd.retry(XmppErrorText.line(CONFLICT)));
      case EndpointConnectionException nobody -> Optional.of(permanent(endpoints(nobody, place)));
      case SecurityRequiredByClientException _ ->
          Optional.of(
              permanent(
                  place
                      + " offers no TLS (STARTTLS) on this port, and tls = required: take the"
                      + " server's port for TLS with tls = direct"));
      case SecurityRequiredByServerException _ ->
          Optional.of(permanent(place + " wants TLS: set tls = required"));
      case NoResponseException _ -> Optional.of(permanent(NetworkFault.silent(place)));
      default -> Optional.empty();
    };
  }

  private static final String CONFLICT =
      "another client has logged in to this account with the same resource (conflict): give each"
          + " bot a `resource` of its own, or end the other one";

  private static ConnectionEnd streamEnd(@Nullable StreamError error) {
    String reason = stream(error);
    boolean isWrongServer =
        error != null
            && switch (error.getCondition()) {
              case host_unknown,
                  host_gone,
                  unsupported_version,
                  bad_namespace_prefix,
                  invalid_namespace ->
                  true;
              default -> false;
            };
    return isWrongServer ? ConnectionEnd.likelyPermanent(reason) : ConnectionEnd.retry(reason);
  }

  /** What the error means that ends a stream (RFC 6120 section 4.9.3). */
  static String stream(@Nullable StreamError error) {
    if (error == null) {
      return "the server closed the connection";
    }
    String text = Stanzas.orEmpty(error.getDescriptiveText());
    String condition = error.getCondition().toString().replace('_', '-');
    String words =
        switch (error.getCondition()) {
          case conflict -> CONFLICT;
          case host_unknown, host_gone ->
              "the server does not serve the domain of `jid` ("
                  + condition
                  + "): check `jid` and `host`";
          case not_authorized -> "the server does not let this account in (not-authorized)";
          case policy_violation -> "the server says that we break its rules (policy-violation)";
          case resource_constraint -> "the server has too much to do (resource-constraint)";
          case connection_timeout ->
              "the server has not heard from us for too long (connection-timeout)";
          case system_shutdown -> "the server is shut down (system-shutdown)";
          case reset -> "the server wants us to log in again (reset)";
          case see_other_host -> "the server sends us to another host (see-other-host)";
          case unsupported_version, bad_namespace_prefix, invalid_namespace ->
              "that is no XMPP server for clients (" + condition + "): check the port";
          default -> "the server has ended the stream (" + condition + ")";
        };
    return XmppErrorText.line(text.isBlank() ? words : words + ": " + text);
  }

  private static String endpoints(EndpointConnectionException nobody, String place) {
    return nobody.getConnectionExceptions().stream()
        .map(each -> each.getException())
        .findFirst()
        .or(() ->
            nobody.getLookupFailures().stream()
                .map(RemoteConnectionEndpointLookupFailure::getException)
                .findFirst())
        .flatMap(each -> NetworkFault.explain(each, place))
        .orElseGet(() ->
            "no server of " + place + " takes a connection: " + XmppErrorText.trouble(nobody));
  }

  /**
   * The server does not believe who we are (RFC 6120 section 6.5).
   *
   * @param condition what it says
   * @return one line
   */
  static String login(String condition) {
    String words =
        switch (condition) {
          case "not-authorized" -> "check `jid` and `password`";
          case "account-disabled", "credentials-expired" ->
              "the server's administrator must let the account in again";
          case "encryption-required" -> "set tls = required";
          default -> "ask the server's administrator";
        };
    return "the login failed: " + XmppErrorText.line(condition) + ": " + words;
  }
}
