package dev.owlery.adapter.xmpp.wire;

import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.api.xml.XmlLimits;
import java.io.Reader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import org.jivesoftware.smack.SASLAuthentication;
import org.jivesoftware.smack.SmackConfiguration;
import org.jivesoftware.smack.provider.ProviderManager;
import org.jivesoftware.smack.xml.SmackXmlParser;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jivesoftware.smackx.caps.EntityCapsManager;
import org.jivesoftware.smackx.iqversion.VersionManager;

/**
 * What Smack has for a whole process: which of its parts stay out, and how it parses. Must run
 * before any of its other classes is used.
 */
public final class SmackSetup {
  private static final XMLInputFactory DOCUMENTS = XmlLimits.DOCUMENT.pullParsers();

  private static final boolean DONE = prepare();

  private SmackSetup() {}

  /** Does its work once, however often it is called. */
  public static void ensure() {
    if (!DONE) {
      throw new IllegalStateException("Smack was not prepared");
    }
  }

  /**
   * Left out are the parts that act by themselves (reconnect, answer subscriptions, join bookmarked
   * rooms, listen on ports, tell how long we were idle), and those that nobody asks for.
   */
  private static boolean prepare() {
    SmackConfiguration.addDisabledSmackClasses(
        "org.jivesoftware.smack.initializer.VmArgInitializer",
        "org.jivesoftware.smack.ReconnectionManager",
        "org.jivesoftware.smack.roster.Roster",
        "org.jivesoftware.smackx.bytestreams.ibb.InBandBytestreamManager",
        "org.jivesoftware.smackx.bytestreams.socks5.Socks5BytestreamManager",
        "org.jivesoftware.smackx.eme.ExplicitMessageEncryptionManager",
        "org.jivesoftware.smackx.filetransfer.FileTransferManager",
        "org.jivesoftware.smackx.hoxt.HOXTManager",
        "org.jivesoftware.smackx.httpfileupload.HttpFileUploadManager",
        "org.jivesoftware.smackx.iot.data.IoTDataManager",
        "org.jivesoftware.smackx.iot.discovery.IoTDiscoveryManager",
        "org.jivesoftware.smackx.iot.provisioning.IoTProvisioningManager",
        "org.jivesoftware.smackx.iqlast.LastActivityManager",
        "org.jivesoftware.smackx.mediaelement.MediaElementManager",
        "org.jivesoftware.smackx.message_fastening.MessageFasteningManager",
        "org.jivesoftware.smackx.muc.MultiUserChatManager",
        "org.jivesoftware.smackx.muc.bookmarkautojoin.MucBookmarkAutojoinManager",
        "org.jivesoftware.smackx.privacy.PrivacyListManager",
        "org.jivesoftware.smackx.receipts.DeliveryReceiptManager",
        "org.jivesoftware.smackx.sid.StableUniqueStanzaIdManager",
        "org.jivesoftware.smackx.vcardtemp.VCardManager",
        "org.jivesoftware.smackx.xhtmlim.XHTMLManager");
    SmackXmlParser.setXmlPullParserFactory(reader ->
        reader instanceof StreamReader stream
            ? GuardedParser.of(reader, stream.gate())
            : document(reader));
    EntityCapsManager.setDefaultEntityNode("urn:owlery:bot");
    VersionManager.setAutoAppendSmackVersion(false);
    SASLAuthentication.registerSASLMechanism(new ScramLogin("SCRAM-SHA-512"));
    SASLAuthentication.registerSASLMechanism(new ScramLogin("SCRAM-SHA-256"));
    SASLAuthentication.registerSASLMechanism(new PlainLogin());
    // What this element says of replies is lost in the type that Smack has for it.
    ProviderManager.removeExtensionProvider("fallback", Stanzas.FALLBACK);
    return true;
  }

  private static XmlPullParser document(Reader reader) throws XmlPullParserException {
    try {
      return new StaxPullParser(DOCUMENTS.createXMLStreamReader(reader));
    } catch (XMLStreamException malformed) {
      throw new XmlPullParserException(malformed);
    }
  }
}
