package dev.owlery.adapter.xmpp.file;

import dev.owlery.adapter.xmpp.text.Stanzas;
import java.io.IOException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.IqData;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.provider.IqProvider;
import org.jivesoftware.smack.provider.ProviderManager;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jxmpp.JxmppContext;

/**
 * The question of one Owlery to another whether a file is there, and its answer: {@code <received
 * xmlns='urn:owlery:file:0' id='…' sha256='…'/>}. A get names the stream of XEP-0095 by which the
 * file was sent; the result has the SHA-256 of what lies there, or is {@code item-not-found}. Who
 * has just sent all of the file asks with {@code sent='true'}, and is answered when it is checked;
 * who asks before sending it is answered at once.
 */
final class FileReceipt extends IQ {
  static final String ELEMENT = "received";
  static final String NAMESPACE = "urn:owlery:file:0";
  private static final int LONGEST = 200;

  static {
    ProviderManager.addIQProvider(ELEMENT, NAMESPACE, new FileReceiptProvider());
  }

  private final String id;
  private final String sha256;
  private final boolean isSent;

  private FileReceipt(String id, String sha256, boolean isSent) {
    super(ELEMENT, NAMESPACE);
    this.id = id;
    this.sha256 = sha256;
    this.isSent = isSent;
  }

  /** Lets Smack know this element. Runs its work once, however often it is called. */
  static void ensureKnown() {
    // What there is to do was done when this class was loaded.
  }

  static FileReceipt asking(String id, boolean isSent) {
    return new FileReceipt(id, "", isSent);
  }

  static FileReceipt answering(FileReceipt question, String sha256) {
    FileReceipt answer = new FileReceipt(question.id, sha256, false);
    answer.setType(IQ.Type.result);
    answer.setStanzaId(question.getStanzaId());
    answer.setTo(question.getFrom());
    return answer;
  }

  String id() {
    return id;
  }

  String sha256() {
    return sha256;
  }

  /** Whether who asks has just sent all of it. */
  boolean isSent() {
    return isSent;
  }

  @Override
  protected IQChildElementXmlStringBuilder getIQChildElementBuilder(
      IQChildElementXmlStringBuilder xml) {
    xml.attribute("id", id);
    if (!sha256.isEmpty()) {
      xml.attribute("sha256", sha256);
    }
    if (isSent) {
      xml.attribute("sent", "true");
    }
    xml.setEmptyElement();
    return xml;
  }

  private static final class FileReceiptProvider extends IqProvider<FileReceipt> {
    @Override
    public FileReceipt parse(
        XmlPullParser parser,
        int initialDepth,
        IqData data,
        XmlEnvironment environment,
        JxmppContext context)
        throws XmlPullParserException, IOException {
      String id = Stanzas.orEmpty(parser.getAttributeValue("id"));
      String sha256 = Stanzas.orEmpty(parser.getAttributeValue("sha256"));
      return new FileReceipt(
          id.length() > LONGEST ? "" : id,
          sha256.matches("[0-9a-f]{64}") ? sha256 : "",
          "true".equals(parser.getAttributeValue("sent")));
    }
  }
}
