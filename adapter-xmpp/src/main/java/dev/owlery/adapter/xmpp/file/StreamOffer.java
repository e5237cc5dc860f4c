package dev.owlery.adapter.xmpp.file;

import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.adapter.xmpp.text.Stanzas;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.IqData;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.provider.IqProvider;
import org.jivesoftware.smack.provider.ProviderManager;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jxmpp.JxmppContext;

/**
 * The {@code <si/>} of XEP-0095 with the file of XEP-0096: an offer, or the answer to one. Smack's
 * own loses where to go on (the range's offset).
 */
final class StreamOffer extends IQ {
  static final String ELEMENT = "si";
  static final String NAMESPACE = "http://jabber.org/protocol/si";
  static final String PROFILE = NAMESPACE + "/profile/file-transfer";
  private static final String NEGOTIATION = "http://jabber.org/protocol/feature-neg";
  private static final String FORM = "jabber:x:data";
  private static final int LONGEST = 4_096;
  private static final int MOST_METHODS = 16;

  static {
    ProviderManager.addIQProvider(ELEMENT, NAMESPACE, new StreamOfferProvider());
  }

  /**
   * What an offer or its answer says.
   *
   * @param id names the stream
   * @param mediaType what the file is; empty if the offer does not say
   * @param name what it is called; empty in answers
   * @param size how long it is; empty in answers
   * @param sha256 of the whole file, which only Owlery says; empty if unknown
   * @param md5 of the whole file, 32 small hexadecimal digits; empty if unknown
   * @param ranged in an offer: part of the file can be had
   * @param offset in an answer: where to begin
   * @param methods how the bytes can go: those offered, or the one chosen
   */
  record Terms(
      String id,
      String mediaType,
      String name,
      OptionalLong size,
      String sha256,
      String md5,
      boolean ranged,
      long offset,
      Set<String> methods) {}

  private final Terms terms;

  private StreamOffer(Terms terms) {
    super(ELEMENT, NAMESPACE);
    this.terms = terms;
  }

  /** Lets Smack know this element. Runs its work once, however often it is called. */
  static void ensureKnown() {
    // What there is to do was done when this class was loaded.
  }

  static StreamOffer of(Terms terms) {
    return new StreamOffer(terms);
  }

  /**
   * Takes an offer.
   *
   * @param offer the request
   * @param method how the bytes are to go
   * @param offset where to begin
   * @return the answer
   */
  static StreamOffer accepting(StreamOffer offer, String method, long offset) {
    Terms offered = offer.terms;
    Terms taken =
        new Terms(
            offered.id(), "", "", OptionalLong.empty(), "", "", offset > 0, offset, Set.of(method));
    StreamOffer answer = new StreamOffer(taken);
    answer.setType(IQ.Type.result);
    answer.setStanzaId(offer.getStanzaId());
    answer.setTo(offer.getFrom());
    return answer;
  }

  Terms terms() {
    return terms;
  }

  @Override
  protected IQChildElementXmlStringBuilder getIQChildElementBuilder(
      IQChildElementXmlStringBuilder xml) {
    boolean isOffer = !terms.name().isEmpty();
    if (isOffer) {
      xml.attribute("id", terms.id());
      xml.attribute("mime-type", terms.mediaType());
      xml.attribute("profile", PROFILE);
    }
    xml.rightAngleBracket();
    if (isOffer || terms.ranged()) {
      xml.halfOpenElement("file").xmlnsAttribute(PROFILE);
      if (isOffer) {
        xml.attribute("name", Markup.clean(terms.name()));
        xml.attribute("size", Long.toString(terms.size().orElse(0)));
        if (!terms.md5().isEmpty()) {
          xml.attribute("hash", terms.md5());
        }
      }
      xml.rightAngleBracket();
      range(xml);
      if (!terms.sha256().isEmpty()) {
        xml.halfOpenElement("sha256").xmlnsAttribute(FileReceipt.NAMESPACE).rightAngleBracket();
        xml.append(terms.sha256()).closeElement("sha256");
      }
      xml.closeElement("file");
    }
    xml.halfOpenElement("feature").xmlnsAttribute(NEGOTIATION).rightAngleBracket();
    xml.halfOpenElement("x").xmlnsAttribute(FORM);
    xml.attribute("type", isOffer ? "form" : "submit").rightAngleBracket();
    xml.halfOpenElement("field").attribute("var", "stream-method");
    if (isOffer) {
      xml.attribute("type", "list-single");
    }
    xml.rightAngleBracket();
    for (String method : terms.methods()) {
      if (isOffer) {
        xml.openElement("option").element("value", method).closeElement("option");
      } else {
        xml.element("value", method);
      }
    }
    xml.closeElement("field").closeElement("x").closeElement("feature");
    return xml;
  }

  private void range(IQChildElementXmlStringBuilder xml) {
    if (terms.ranged()) {
      xml.halfOpenElement("range");
      if (terms.offset() > 0) {
        xml.attribute("offset", Long.toString(terms.offset()));
      }
      xml.closeEmptyElement();
    }
  }

  /** Reads what matters of either; whatever else is in it is passed over. */
  private static final class StreamOfferProvider extends IqProvider<StreamOffer> {
    @Override
    public StreamOffer parse(
        XmlPullParser parser,
        int initialDepth,
        IqData data,
        XmlEnvironment environment,
        JxmppContext context)
        throws XmlPullParserException, IOException {
      OfferParser reading = new OfferParser(parser);
      while (true) {
        switch (parser.next()) {
          case START_ELEMENT -> reading.element(parser);
          case END_ELEMENT -> {
            if (parser.getDepth() == initialDepth) {
              return new StreamOffer(reading.terms());
            }
          }
          default -> {}
        }
      }
    }
  }

  private static final class OfferParser {
    private final String id;
    private final String mediaType;
    private final Set<String> methods = new LinkedHashSet<>();
    private String name = "";
    private OptionalLong size = OptionalLong.empty();
    private String sha256 = "";
    private String md5 = "";
    private boolean ranged;
    private long offset;

    OfferParser(XmlPullParser parser) {
      id = attribute(parser, "id");
      mediaType = attribute(parser, "mime-type");
    }

    void element(XmlPullParser parser) throws XmlPullParserException, IOException {
      switch (parser.getName()) {
        case "file" -> {
          name = attribute(parser, "name");
          size = number(attribute(parser, "size"));
          String hash = attribute(parser, "hash").toLowerCase(Locale.ROOT);
          md5 = hash.matches("[0-9a-f]{32}") ? hash : "";
        }
        case "range" -> {
          ranged = true;
          offset = number(attribute(parser, "offset")).orElse(0);
        }
        case "sha256" -> {
          String digits = text(parser);
          sha256 = digits.matches("[0-9a-f]{64}") ? digits : "";
        }
        case "value" -> {
          String method = text(parser);
          if (methods.size() < MOST_METHODS) {
            methods.add(method);
          }
        }
        default -> {}
      }
    }

    Terms terms() {
      return new Terms(id, mediaType, name, size, sha256, md5, ranged, offset, Set.copyOf(methods));
    }

    private static String attribute(XmlPullParser parser, String attribute) {
      return cut(Stanzas.orEmpty(parser.getAttributeValue(attribute)));
    }

    private static String text(XmlPullParser parser) throws XmlPullParserException, IOException {
      return cut(parser.nextText().strip());
    }

    private static String cut(String text) {
      return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private static OptionalLong number(String digits) {
      return digits.matches("[0-9]{1,18}")
          ? OptionalLong.of(Long.parseLong(digits))
          : OptionalLong.empty();
    }
  }

  /** The method that an answer chose, if it is one of those that were offered. */
  Optional<String> chosenFrom(Set<String> offered) {
    return terms.methods().size() == 1
        ? terms.methods().stream().filter(offered::contains).findFirst()
        : Optional.empty();
  }
}
