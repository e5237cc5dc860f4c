package dev.owlery.adapter.xmpp;

import java.io.IOException;
import javax.xml.namespace.QName;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;

/**
 * The parser of a stream, as Smack sees it. It lets nothing through that is nested so deep that a
 * recursive parser would fall over it, and it holds Smack back before an acknowledgement until
 * everything before it is recorded. For the thread that reads the stream.
 */
final class GuardedParser implements XmlPullParser {
  private static final int DEEPEST = 64;

  /** The depth of stanzas and of what stands between them. */
  private static final int TOP = 2;

  private static final String STREAM_MANAGEMENT = "urn:xmpp:sm:3";

  private final XmlPullParser parser;
  private final StreamReader.Gate gate;

  GuardedParser(XmlPullParser parser, StreamReader.Gate gate) {
    this.parser = parser;
    this.gate = gate;
  }

  @Override
  public Event next() throws IOException, XmlPullParserException {
    Event event = parser.next();
    while (event == Event.START_ELEMENT && parser.getDepth() > DEEPEST) {
      skip();
      event = parser.next();
    }
    if (event == Event.START_ELEMENT && parser.getDepth() == TOP) {
      watch();
    }
    return event;
  }

  private void watch() throws IOException {
    String name = parser.getName();
    if (name.length() != 1 || !STREAM_MANAGEMENT.equals(parser.getNamespace())) {
      return;
    }
    if (name.equals("r")) {
      gate.beforeAcknowledging();
    } else if (name.equals("a")) {
      gate.acknowledged();
    }
  }

  /** Goes to the end of the element that has just begun. */
  private void skip() throws IOException, XmlPullParserException {
    gate.pruned();
    int depth = parser.getDepth();
    Event event = parser.next();
    while (!(event == Event.END_ELEMENT && parser.getDepth() == depth)) {
      event = parser.next();
    }
  }

  @Override
  public TagEvent nextTag() throws IOException, XmlPullParserException {
    TagEvent event = parser.nextTag();
    while (event == TagEvent.START_ELEMENT && parser.getDepth() > DEEPEST) {
      skip();
      event = parser.nextTag();
    }
    return event;
  }

  @Override
  public Object getProperty(String name) {
    return parser.getProperty(name);
  }

  @Override
  public String getInputEncoding() {
    return parser.getInputEncoding();
  }

  @Override
  public int getNamespaceCount() throws XmlPullParserException {
    return parser.getNamespaceCount();
  }

  @Override
  public String getNamespacePrefix(int pos) throws XmlPullParserException {
    return parser.getNamespacePrefix(pos);
  }

  @Override
  public String getNamespaceUri(int pos) throws XmlPullParserException {
    return parser.getNamespaceUri(pos);
  }

  @Override
  public String getNamespace(String prefix) {
    return parser.getNamespace(prefix);
  }

  @Override
  public String getDefaultNamespace() {
    return parser.getDefaultNamespace();
  }

  @Override
  public int getDepth() {
    return parser.getDepth();
  }

  @Override
  public String getPositionDescription() {
    return parser.getPositionDescription();
  }

  @Override
  public int getLineNumber() {
    return parser.getLineNumber();
  }

  @Override
  public int getColumnNumber() {
    return parser.getColumnNumber();
  }

  @Override
  public boolean isWhiteSpace() throws XmlPullParserException {
    return parser.isWhiteSpace();
  }

  @Override
  public String getText() {
    return parser.getText();
  }

  @Override
  public String getNamespace() {
    return parser.getNamespace();
  }

  @Override
  public String getName() {
    return parser.getName();
  }

  @Override
  public QName getQName() {
    return parser.getQName();
  }

  @Override
  public String getPrefix() {
    return parser.getPrefix();
  }

  @Override
  public int getAttributeCount() {
    return parser.getAttributeCount();
  }

  @Override
  public String getAttributeNamespace(int index) {
    return parser.getAttributeNamespace(index);
  }

  @Override
  public String getAttributeName(int index) {
    return parser.getAttributeName(index);
  }

  @Override
  public QName getAttributeQName(int index) {
    return parser.getAttributeQName(index);
  }

  @Override
  public String getAttributePrefix(int index) {
    return parser.getAttributePrefix(index);
  }

  @Override
  public String getAttributeType(int index) {
    return parser.getAttributeType(index);
  }

  @Override
  public String getAttributeValue(int index) {
    return parser.getAttributeValue(index);
  }

  @Override
  public String getAttributeValue(String namespace, String name) {
    return parser.getAttributeValue(namespace, name);
  }

  @Override
  public String getAttributeValue(String name) {
    return parser.getAttributeValue(name);
  }

  @Override
  public Event getEventType() throws XmlPullParserException {
    return parser.getEventType();
  }

  @Override
  public String nextText() throws IOException, XmlPullParserException {
    return parser.nextText();
  }

  @Override
  public boolean supportsRoundtrip() {
    return parser.supportsRoundtrip();
  }
}
