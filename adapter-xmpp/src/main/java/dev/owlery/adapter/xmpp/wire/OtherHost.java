package dev.owlery.adapter.xmpp.wire;

import dev.owlery.adapter.xmpp.link.XmppSettings;
import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.adapter.xmpp.text.XmppErrorText;
import dev.owlery.api.adapter.ServerTrust;
import dev.owlery.api.settings.SettingException;
import java.net.URI;
import java.util.Optional;
import org.jivesoftware.smack.XMPPException.StreamErrorException;
import org.jivesoftware.smack.packet.StreamError;

/**
 * Where the server has sent us instead (RFC 6120 section 4.9.3.19). Followed for one attempt, with
 * the same demands on encryption and on the certificate, and at most three times until a login
 * succeeds. Every method may be called from any thread.
 */
public final class OtherHost {
  private static final int MOST = 3;
  private static final int DEEPEST = 20;

  /**
   * Another server.
   *
   * @param host its name or address
   * @param port where it listens
   */
  public record RedirectTarget(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  private final XmppSettings settings;

  /** Guarded by this. */
  private Optional<RedirectTarget> next = Optional.empty();

  /** Guarded by this. */
  private int followed;

  public OtherHost(XmppSettings settings) {
    this.settings = settings;
  }

  /**
   * What a failure says of another server.
   *
   * @param failure what ended an attempt or a connection
   * @return what comes of it, for a person; empty if it says nothing of that
   */
  public Optional<String> sentBy(Throwable failure) {
    Throwable each = failure;
    for (int depth = 0; each != null && depth < DEEPEST; depth++) {
      if (each instanceof StreamErrorException ended
          && ended.getStreamError().getCondition() == StreamError.Condition.see_other_host) {
        return Optional.of(sentTo(Stanzas.orEmpty(ended.getStreamError().getConditionText())));
      }
      each = each.getCause();
    }
    return Optional.empty();
  }

  /**
   * The server sends us away.
   *
   * @param where as it says it: a name or an address, perhaps with a port
   * @return what comes of it, for a person
   */
  synchronized String sentTo(String where) {
    String shown = XmppErrorText.line(where);
    Optional<RedirectTarget> place = parse(shown.strip());
    if (place.isEmpty()) {
      return "the server sends us to another host, and its address makes no sense: " + shown;
    }
    if (followed >= MOST) {
      followed = 0;
      return "the server sends us from host to host, at last to " + place.get();
    }
    try {
      if (settings.tls() == XmppSettings.Tls.OFF) {
        ServerTrust.checkUnencrypted(place.get().host(), settings.insecure());
      }
    } catch (SettingException inClear) {
      return "the server sends us to " + place.get() + ", where we do not go without TLS";
    }
    followed++;
    next = place;
    return "the server sends us to " + place.get();
  }

  private Optional<RedirectTarget> parse(String where) {
    try {
      URI uri = URI.create("xmpp://" + (isBareIpv6(where) ? "[" + where + "]" : where));
      String host = uri.getHost();
      boolean isMore = uri.getUserInfo() != null || !String.valueOf(uri.getPath()).isEmpty();
      int port = uri.getPort() < 0 ? settings.port() : uri.getPort();
      return host == null || isMore || port < 1 || port > 65_535
          ? Optional.empty()
          : Optional.of(new RedirectTarget(host.replaceAll("[\\[\\]]", ""), port));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private static boolean isBareIpv6(String where) {
    return !where.startsWith("[") && where.indexOf(':') != where.lastIndexOf(':');
  }

  /** Where to connect this time, if not to where the configuration says. */
  synchronized Optional<RedirectTarget> take() {
    Optional<RedirectTarget> place = next;
    next = Optional.empty();
    return place;
  }

  /** Where the next attempt goes, if not to where the configuration says. */
  public synchronized Optional<RedirectTarget> next() {
    return next;
  }

  /** A login has succeeded. */
  public synchronized void arrived() {
    followed = 0;
  }
}
