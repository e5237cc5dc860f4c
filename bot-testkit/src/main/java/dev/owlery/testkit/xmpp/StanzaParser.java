package dev.owlery.testkit.xmpp;

import dev.owlery.api.xml.XmlLimits;
import java.io.IOException;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Parses stanzas as if each stood in a client's stream of its own. For one thread. */
final class StanzaParser {
  private static final String OPEN =
      "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";

  /** A witness reads what a server sends, however odd. */
  private static final XmlLimits LIMITS = new XmlLimits(1 << 20, 0, 1 << 20);

  private final DocumentBuilder builder;

  StanzaParser() {
    try {
      builder = LIMITS.trees().newDocumentBuilder();
      builder.setErrorHandler(null);
    } catch (ParserConfigurationException unsupported) {
      throw new IllegalStateException("the JDK's parser cannot refuse a DTD", unsupported);
    }
  }

  XmppStanza parse(String raw) {
    try {
      InputSource source = new InputSource(new StringReader(OPEN + raw + "</stream:stream>"));
      Element stream = builder.parse(source).getDocumentElement();
      return new XmppStanza(raw, XmppStanza.elements(stream).findFirst().orElseThrow());
    } catch (IOException | SAXException malformed) {
      throw new IllegalArgumentException("not a stanza: " + raw, malformed);
    }
  }
}
