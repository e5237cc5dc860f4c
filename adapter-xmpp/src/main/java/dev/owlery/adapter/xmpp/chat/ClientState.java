package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.link.XmppExtension;
import dev.owlery.adapter.xmpp.link.XmppLink;
import java.io.IOException;
import org.jivesoftware.smack.SmackException.NotConnectedException;
import org.jivesoftware.smackx.csi.ClientStateIndicationManager;
import org.jspecify.annotations.Nullable;

/**
 * Tells the server that somebody is looking (XEP-0352): a bot always is, so nothing may be held
 * back for it.
 */
public final class ClientState implements XmppExtension {
  private @Nullable XmppLink link;

  @Override
  public void attach(XmppLink fresh) {
    link = fresh;
  }

  @Override
  public void online() throws IOException, InterruptedException {
    XmppLink now = link;
    try {
      if (now != null && ClientStateIndicationManager.isSupported(now.connection())) {
        ClientStateIndicationManager.active(now.connection());
      }
    } catch (NotConnectedException lost) {
      throw new IOException(lost);
    }
  }
}
