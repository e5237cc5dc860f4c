package dev.owlery.adapter.xmpp.text;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jivesoftware.smack.packet.ExtensionElement;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.StanzaError.Condition;
import org.jivesoftware.smack.packet.XmlElement;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.util.StringUtils;
import org.jivesoftware.smackx.delay.packet.DelayInformation;
import org.jivesoftware.smackx.sid.element.StanzaIdElement;
import org.jspecify.annotations.Nullable;

/** Reads what stanzas carry. Never throws for what somebody else wrote. */
public final class Stanzas {
  public static final String REACTIONS = "urn:xmpp:reactions:0";
  public static final String REPLY = "urn:xmpp:reply:0";
  public static final String FALLBACK = "urn:xmpp:fallback:0";
  public static final String RETRACT = "urn:xmpp:message-retract:1";
  public static final String RETRACT_OLD = "urn:xmpp:message-retract:0";
  public static final String FASTEN = "urn:xmpp:fasten:0";
  public static final String OCCUPANT_ID = "urn:xmpp:occupant-id:0";
  public static final String OUT_OF_BAND = "jabber:x:oob";
  public static final String CARBONS = "urn:xmpp:carbons:2";
  public static final String CAPTCHA = "urn:xmpp:captcha";

  /** Our own mark on what nobody has asked for: other bots do not answer it. */
  public static final String AUTOMATIC = "urn:owlery:automatic:0";

  public static final String RECEIPTS = "urn:xmpp:receipts";

  private Stanzas() {}

  /** An element that Smack has no type of its own for. */
  public static Optional<StandardExtensionElement> element(
      Stanza stanza, String name, String namespace) {
    return stanza.getExtensionElement(name, namespace) instanceof StandardExtensionElement found
        ? Optional.of(found)
        : Optional.empty();
  }

  public static boolean has(Stanza stanza, String name, String namespace) {
    return stanza.getExtensionElement(name, namespace) != null;
  }

  public static Optional<String> attribute(StandardExtensionElement element, String name) {
    return Optional.ofNullable(element.getAttributeValue(name)).filter(value -> !value.isEmpty());
  }

  /**
   * The id that an archive gave to a message (XEP-0359). Others may have written one too; the
   * archive's is the last.
   *
   * @param message the message
   * @param archive the archive's address
   * @return its id
   */
  public static Optional<String> stanzaId(Message message, String archive) {
    Optional<String> last = Optional.empty();
    for (XmlElement each : message.getExtensions(StanzaIdElement.QNAME)) {
      if (each instanceof StanzaIdElement id && archive.equals(id.getBy())) {
        last = Optional.ofNullable(id.getId()).filter(value -> !value.isEmpty());
      }
    }
    return last;
  }

  /**
   * When a message was said, if one of those who may say so says that it was not now (XEP-0203).
   *
   * @param message the message
   * @param witnesses who may
   * @return the earliest time that they name
   */
  public static Optional<Instant> delayedBy(Message message, List<String> witnesses) {
    return earliest(
        message, delay -> delay.getFrom() != null && witnesses.contains(delay.getFrom()));
  }

  /**
   * When a message was said, if anybody says that it was not now: its sender's address, nobody by
   * name, or in the older form (XEP-0091). For times when only the past can come. The earliest time
   * counts: whoever replays a message adds the true one, its author can only have added others.
   *
   * @param message the message
   * @return the earliest time that is named
   */
  public static Optional<Instant> delayed(Message message) {
    return earliest(message, delay -> true);
  }

  private static Optional<Instant> earliest(Message message, Predicate<DelayInformation> counts) {
    return message.getExtensions(DelayInformation.class).stream()
        .filter(delay -> delay.getStamp() != null && counts.test(delay))
        .map(delay -> delay.getStamp().toInstant())
        .min(Comparator.naturalOrder());
  }

  public static Optional<String> occupantId(Stanza stanza) {
    return element(stanza, "occupant-id", OCCUPANT_ID).flatMap(found -> attribute(found, "id"));
  }

  /**
   * A refusal that a person can read. Smack's own way forgets the namespace of the text (RFC 6120
   * section 8.3.2), so that nobody would see it.
   *
   * @param condition what sort
   * @param words why
   * @return for an error's answer
   */
  public static StanzaError error(Condition condition, String words) {
    return StanzaError.getBuilder(condition).addExtension(new ErrorText(words)).build();
  }

  /** Writes its namespace in any surroundings. */
  private record ErrorText(String words) implements ExtensionElement {
    @Override
    public String getNamespace() {
      return StanzaError.ERROR_CONDITION_AND_TEXT_NAMESPACE;
    }

    @Override
    public String getElementName() {
      return "text";
    }

    @Override
    public String toXML(XmlEnvironment surroundings) {
      return "<text xmlns='%s' xml:lang='en'>%s</text>"
          .formatted(getNamespace(), StringUtils.escapeForXml(Markup.clean(words)));
    }
  }

  public static String orEmpty(@Nullable CharSequence text) {
    return text == null ? "" : text.toString();
  }
}
