package dev.owlery.adapter.xmpp.rpc;

import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.IqData;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.provider.IqProvider;
import org.jivesoftware.smack.provider.ProviderManager;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jxmpp.JxmppContext;

/**
 * The {@code <query xmlns='jabber:iq:rpc'/>} of XEP-0009 with a document of XML-RPC in it, not yet
 * read: the thread that reads the stream only copies it.
 */
final class RpcQuery extends IQ {
  static final String ELEMENT = "query";
  static final String NAMESPACE = "jabber:iq:rpc";

  /** Deeper elements may have been taken out before we see them. */
  private static final int DEEPEST = 63;

  static {
    ProviderManager.addIQProvider(ELEMENT, NAMESPACE, new RpcQueryProvider());
  }

  private final String document;
  private final String flaw;

  private RpcQuery(String document, String flaw) {
    super(ELEMENT, NAMESPACE);
    this.document = document;
    this.flaw = flaw;
  }

  /** Lets Smack know this element. Runs its work once, however often it is called. */
  static void ensureKnown() {
    // What there is to do was done when this class was loaded.
  }

  /**
   * A query to be sent.
   *
   * @param document as {@link XmlRpcWriter} writes it
   */
  static RpcQuery of(String document) {
    return new RpcQuery(document, "");
  }

  /**
   * Reads the document. Not for the thread that reads the stream.
   *
   * @throws XmlRpcException if it is no XML-RPC
   */
  XmlRpcMessage read() throws XmlRpcException {
    if (!flaw.isEmpty()) {
      throw new XmlRpcException(flaw);
    }
    return XmlRpcReader.read(document);
  }

  @Override
  protected IQChildElementXmlStringBuilder getIQChildElementBuilder(
      IQChildElementXmlStringBuilder xml) {
    xml.rightAngleBracket();
    xml.append(document);
    return xml;
  }

  /** Copies what is inside a query, without its namespace, up to the longest that may be read. */
  private static final class RpcQueryProvider extends IqProvider<RpcQuery> {
    @Override
    public RpcQuery parse(
        XmlPullParser parser,
        int initialDepth,
        IqData data,
        XmlEnvironment environment,
        JxmppContext context)
        throws XmlPullParserException, java.io.IOException {
      QueryCopy copy = new QueryCopy();
      while (true) {
        switch (parser.next()) {
          case START_ELEMENT -> copy.start(parser);
          case END_ELEMENT -> {
            if (parser.getDepth() == initialDepth) {
              return copy.query();
            }
            copy.add("</" + parser.getName() + ">");
          }
          case TEXT_CHARACTERS, IGNORABLE_WHITESPACE -> copy.text(parser.getText());
          default -> copy.spoil("it has more in it than elements and text");
        }
      }
    }
  }

  /** A copy that is being made. */
  private static final class QueryCopy {
    private final StringBuilder document = new StringBuilder();
    private String flaw = "";

    void start(XmlPullParser parser) {
      if (!NAMESPACE.equals(parser.getNamespace()) || parser.getAttributeCount() > 0) {
        spoil("an element does not belong there");
      } else if (parser.getDepth() > DEEPEST) {
        spoil("it is nested too deep");
      }
      add("<" + parser.getName() + ">");
    }

    void text(String text) {
      add(
          text.replace("&", "&amp;")
              .replace("<", "&lt;")
              .replace(">", "&gt;")
              .replace("\r", "&#13;"));
    }

    void add(String xml) {
      if (document.length() + xml.length() > XmlRpcMessage.LONGEST) {
        spoil("it is longer than " + XmlRpcMessage.LONGEST + " characters");
      } else if (flaw.isEmpty()) {
        document.append(xml);
      }
    }

    void spoil(String why) {
      if (flaw.isEmpty()) {
        flaw = why;
      }
    }

    RpcQuery query() {
      return new RpcQuery(flaw.isEmpty() ? document.toString() : "", flaw);
    }
  }
}
