package dev.owlery.adapter.xmpp;

import java.io.IOException;
import javax.xml.namespace.QName;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;

/**
 * The parser of a stream, as Smack sees it. It lets nothing through that is nested so deep that a
 * recursive parser would fall over it, it ends every stanza where it ends, and it holds Smack back
 * before an acknowledgement until everything before it is recorded. For the thread that reads the
 * stream.
 */
final class GuardedParser implements XmlPullParser {
  private static final int DEEPEST = 64;
  private static final int MOST_LOOKS = 100_000;

  /** The depth of stanzas and of what stands between them. */
  private static final int TOP = 2;

  private static final String STREAM_MANAGEMENT = "urn:xmpp:sm:3";

  private final XmlPullParser parser;
  private final StreamReader.Gate gate;
  private boolean inStanza;
  private int looks;

  GuardedParser(XmlPullParser parser, StreamReader.Gate gate) {
    this.parser = parser;
    this.gate = gate;
  }

  /** A stanza begins: whoever parses it must not read beyond its end. */
  void beginStanza() {
    inStanza = true;
  }

  /**
   * The stanza is parsed, or given up. Goes to its end: what stands within a stanza must never be
   * taken for a stanza of its own, which could name any sender.
   *
   * @throws IOException if the stream breaks
   */
  void endStanza() throws IOException {
    inStanza = false;
    try {
      while (parser.getDepth() > TOP || parser.getEventType() != Event.END_ELEMENT) {
        Event _ = parser.next();
      }
    } catch (XmlPullParserException broken) {
      throw new IOException(broken);
    }
  }

  /**
   * Some of Smack's parsers do not notice the end of a malformed element, and would eat all that
   * follows.
   */
  private void checkEnd() throws XmlPullParserException {
    looks = 0;
    boolean isOver =
        inStanza && parser.getEventType() == Event.END_ELEMENT && parser.getDepth() <= TOP;
    if (isOver) {
      throw new XmlPullParserException("a parser would read beyond its stanza");
    }
  }

  @Override
  public Event next() throws IOException, XmlPullParserException {
    checkEnd();
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
    checkEnd();
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

  /** Others look at the same place for ever. */
  private void checkProgress() {
    if (++looks > MOST_LOOKS) {
      looks = 0;
      throw new IllegalStateException("a parser does not get on");
    }
  }

  @Override
  public int getDepth() {
    checkProgress();
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
    checkProgress();
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
    checkProgress();
    return parser.getEventType();
  }

  /** Done here, since the parser below loses count of its depth when it finds more than text. */
  @Override
  public String nextText() throws IOException, XmlPullParserException {
    checkEnd();
    StringBuilder text = new StringBuilder();
    Event event = parser.next();
    while (event != Event.END_ELEMENT) {
      if (event == Event.START_ELEMENT) {
        throw new XmlPullParserException("an element where text should be");
      }
      if (event == Event.TEXT_CHARACTERS) {
        text.append(parser.getText());
      }
      event = parser.next();
    }
    return text.toString();
  }

  @Override
  public boolean supportsRoundtrip() {
    return parser.supportsRoundtrip();
  }
}
