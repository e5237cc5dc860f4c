package dev.owlery.adapter.xmpp.wire;

import java.io.IOException;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jspecify.annotations.Nullable;

/**
 * A parser of the JDK, as Smack wants to see parsers. Smack has one, too, but whoever uses that can
 * neither set its limits nor begin a new document. For one thread.
 */
class StaxPullParser implements XmlPullParser {
  private XMLStreamReader xml;
  private int depth;

  /** The end of an element belongs to it: what follows is less deep. */
  private boolean isAtEnd;

  StaxPullParser(XMLStreamReader xml) {
    this.xml = xml;
  }

  /** Goes on with another document, from its beginning. */
  final void begin(XMLStreamReader document) {
    xml = document;
    depth = 0;
    isAtEnd = false;
  }

  /** How deep the element is that has begun or ended last; without any check. */
  final int depth() {
    return depth;
  }

  /** What was read last; without any check. */
  final Event event() {
    return event(xml.getEventType());
  }

  private static Event event(int type) {
    return switch (type) {
      case XMLStreamReader.START_DOCUMENT -> Event.START_DOCUMENT;
      case XMLStreamReader.END_DOCUMENT -> Event.END_DOCUMENT;
      case XMLStreamReader.START_ELEMENT -> Event.START_ELEMENT;
      case XMLStreamReader.END_ELEMENT -> Event.END_ELEMENT;
      case XMLStreamReader.CHARACTERS -> Event.TEXT_CHARACTERS;
      case XMLStreamReader.SPACE -> Event.IGNORABLE_WHITESPACE;
      case XMLStreamReader.COMMENT -> Event.COMMENT;
      case XMLStreamReader.PROCESSING_INSTRUCTION -> Event.PROCESSING_INSTRUCTION;
      case XMLStreamReader.ENTITY_REFERENCE -> Event.ENTITY_REFERENCE;
      default -> Event.OTHER;
    };
  }

  @Override
  public Event next() throws IOException, XmlPullParserException {
    if (isAtEnd) {
      depth--;
      isAtEnd = false;
    }
    try {
      Event event = event(xml.next());
      depth += event == Event.START_ELEMENT ? 1 : 0;
      isAtEnd = event == Event.END_ELEMENT;
      return event;
    } catch (XMLStreamException malformed) {
      throw new XmlPullParserException(malformed);
    }
  }

  @Override
  public TagEvent nextTag() throws IOException, XmlPullParserException {
    Event event = next();
    while (event != Event.START_ELEMENT && event != Event.END_ELEMENT) {
      boolean isText = event == Event.TEXT_CHARACTERS && !xml.isWhiteSpace();
      if (isText || event == Event.END_DOCUMENT) {
        throw new XmlPullParserException("something else where a tag should be");
      }
      event = next();
    }
    return event == Event.START_ELEMENT ? TagEvent.START_ELEMENT : TagEvent.END_ELEMENT;
  }

  @Override
  public String nextText() throws IOException, XmlPullParserException {
    StringBuilder text = new StringBuilder();
    Event event = next();
    while (event != Event.END_ELEMENT) {
      if (event == Event.START_ELEMENT || event == Event.END_DOCUMENT) {
        throw new XmlPullParserException("something else where text should be");
      }
      if (event == Event.TEXT_CHARACTERS || event == Event.IGNORABLE_WHITESPACE) {
        text.append(xml.getText());
      }
      event = next();
    }
    return text.toString();
  }

  @Override
  public Event getEventType() {
    return event();
  }

  @Override
  public int getDepth() {
    return depth;
  }

  @Override
  public String getName() {
    return xml.getLocalName();
  }

  @Override
  public QName getQName() {
    return xml.getName();
  }

  @Override
  public String getPrefix() {
    return xml.getPrefix();
  }

  @Override
  public String getNamespace() {
    return getNamespace(xml.getPrefix());
  }

  @Override
  public String getNamespace(@Nullable String prefix) {
    return xml.getNamespaceContext().getNamespaceURI(prefix == null ? "" : prefix);
  }

  @Override
  public int getNamespaceCount() {
    return xml.getNamespaceCount();
  }

  @Override
  public String getNamespacePrefix(int pos) {
    return xml.getNamespacePrefix(pos);
  }

  @Override
  public String getNamespaceUri(int pos) {
    return xml.getNamespaceURI(pos);
  }

  @Override
  public int getAttributeCount() {
    return xml.getAttributeCount();
  }

  @Override
  public String getAttributeName(int index) {
    return xml.getAttributeLocalName(index);
  }

  @Override
  public QName getAttributeQName(int index) {
    return xml.getAttributeName(index);
  }

  @Override
  public String getAttributeNamespace(int index) {
    return xml.getAttributeNamespace(index);
  }

  @Override
  public String getAttributePrefix(int index) {
    return xml.getAttributePrefix(index);
  }

  @Override
  public String getAttributeType(int index) {
    return xml.getAttributeType(index);
  }

  @Override
  public String getAttributeValue(int index) {
    return xml.getAttributeValue(index);
  }

  @Override
  public @Nullable String getAttributeValue(@Nullable String namespace, String name) {
    return xml.getAttributeValue(namespace, name);
  }

  @Override
  public String getText() {
    return xml.getText();
  }

  @Override
  public boolean isWhiteSpace() {
    return xml.isWhiteSpace();
  }

  @Override
  public Object getProperty(String name) {
    return xml.getProperty(name);
  }

  @Override
  public String getInputEncoding() {
    return xml.getEncoding();
  }

  @Override
  public String getPositionDescription() {
    return xml.getLocation().toString();
  }

  @Override
  public int getLineNumber() {
    return xml.getLocation().getLineNumber();
  }

  @Override
  public int getColumnNumber() {
    return xml.getLocation().getColumnNumber();
  }

  @Override
  public boolean supportsRoundtrip() {
    return false;
  }
}
