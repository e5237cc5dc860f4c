package dev.owlery.adapter.xmpp.wire;

import dev.owlery.api.xml.XmlLimits;
import java.io.IOException;
import java.io.Reader;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jivesoftware.smack.xml.XmlPullParserException;

/**
 * The parser of a stream, as Smack sees it. It lets nothing through that is nested so deep that a
 * recursive parser would fall over it, it ends every stanza where it ends, and it holds Smack back
 * before an acknowledgement until everything before it is recorded.
 *
 * <p>A stanza that cannot be read, since it is beyond {@link #LIMITS}, too long, or not
 * well-formed, is refused alone: the stream goes on behind it, and it counts as handled, so that it
 * does not come again when the stream is resumed. For the thread that reads the stream.
 */
public final class GuardedParser extends StaxPullParser {
  /** Depth is cut off here, not refused. */
  static final XmlLimits LIMITS = new XmlLimits(1_000, 0, 1_000);

  private static final int DEEPEST = 64;
  private static final int MOST_LOOKS = 100_000;

  /** So many characters are one document for the parser below; then it forgets. */
  private static final int DOCUMENT = 1 << 20;

  /** The depth of stanzas and of what stands between them. */
  private static final int TOP = 2;

  private static final Set<String> STANZAS = Set.of("message", "presence", "iq");

  /** An answer to nothing, which Smack passes over. */
  private static final String NOTHING = "<iq type='result' id='refused'/>";

  private static final String STREAM_MANAGEMENT = "urn:xmpp:sm:3";

  private static final XMLInputFactory PARSERS = LIMITS.pullParsers();

  private final StanzaSplitter stream;
  private final StreamReader.StanzaGate gate;
  private boolean inStanza;
  private int looks;

  private GuardedParser(StanzaSplitter stream, StreamReader.StanzaGate gate)
      throws XmlPullParserException {
    super(document(stream));
    this.stream = stream;
    this.gate = gate;
  }

  /**
   * A parser of a stream that is about to begin.
   *
   * @throws XmlPullParserException if what comes first is no XML
   */
  static GuardedParser of(Reader in, StreamReader.StanzaGate gate) throws XmlPullParserException {
    return new GuardedParser(new StanzaSplitter(in), gate);
  }

  private static XMLStreamReader document(Reader in) throws XmlPullParserException {
    try {
      return PARSERS.createXMLStreamReader(in);
    } catch (XMLStreamException malformed) {
      throw new XmlPullParserException(malformed);
    }
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
      while (!isAtEndOfStanza()) {
        Event _ = step();
      }
    } catch (XmlPullParserException malformed) {
      if (stream.isBroken() || !isAtEndOfStanza()) {
        throw new IOException(malformed);
      }
    }
  }

  private boolean isAtEndOfStanza() {
    return depth() <= TOP && event() == Event.END_ELEMENT;
  }

  /**
   * Some of Smack's parsers do not notice the end of a malformed element, and would eat all that
   * follows.
   */
  private void checkEnd() throws XmlPullParserException {
    looks = 0;
    if (inStanza && isAtEndOfStanza()) {
      throw new XmlPullParserException("a parser would read beyond its stanza");
    }
  }

  @Override
  public Event next() throws IOException, XmlPullParserException {
    checkEnd();
    Event event = step();
    while (event == Event.START_ELEMENT && depth() > DEEPEST) {
      prune();
      event = step();
    }
    if (event == Event.START_ELEMENT && depth() == TOP) {
      watch();
    }
    return event;
  }

  /** Goes on, in a new document if that is due, and behind a stanza that cannot be read. */
  private Event step() throws IOException, XmlPullParserException {
    if (depth() == TOP && event() == Event.END_ELEMENT) {
      stream.ended();
      if (stream.sinceBegin() > DOCUMENT) {
        beginDocument("");
      }
    }
    try {
      return super.next();
    } catch (XmlPullParserException malformed) {
      return refuse(malformed);
    }
  }

  /** Begins a document, and goes to where stanzas stand in it. */
  private void beginDocument(String first) throws IOException, XmlPullParserException {
    stream.begin(first);
    begin(document(stream));
    Event _ = super.next();
  }

  /**
   * Gives up the stanza that is being read.
   *
   * @return the beginning of an empty stanza that stands for it, if Smack has not seen its own
   * @throws XmlPullParserException if Smack has: this parser then stands at its end
   */
  private Event refuse(XmlPullParserException malformed)
      throws IOException, XmlPullParserException {
    if (stream.isBroken() || !stream.isBegun() || !STANZAS.contains(stream.name())) {
      throw malformed;
    }
    boolean isKnown = depth() >= TOP;
    stream.skip();
    beginDocument(NOTHING);
    Event begin = super.next();
    if (!isKnown) {
      gate.refused();
      return begin;
    }
    Event _ = super.next();
    throw malformed;
  }

  private void watch() throws IOException {
    String name = super.getName();
    if (name.length() != 1 || !STREAM_MANAGEMENT.equals(getNamespace())) {
      return;
    }
    if (name.equals("r")) {
      gate.beforeAcknowledging();
    } else if (name.equals("a")) {
      gate.acknowledged();
    }
  }

  /** Goes to the end of the element that has just begun. */
  private void prune() throws IOException, XmlPullParserException {
    gate.pruned();
    int depth = depth();
    Event event = step();
    while (!(event == Event.END_ELEMENT && depth() == depth)) {
      event = step();
    }
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
    return super.getDepth();
  }

  @Override
  public String getName() {
    checkProgress();
    return super.getName();
  }

  @Override
  public Event getEventType() {
    checkProgress();
    return super.getEventType();
  }
}
