package dev.owlery.adapter.xmpp.link;

import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.adapter.xmpp.text.XmppErrorText;
import org.jxmpp.jid.Jid;

/**
 * A publish-subscribe node, written {@code SERVICE/NODE}.
 *
 * @param service who keeps it: a service, or an account (PEP)
 * @param node its name there
 */
public record NodeAddress(Jid service, String node) {

  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException if it has another form; the text is fit for a user
   */
  public static NodeAddress parse(String written) {
    int slash = written.indexOf('/');
    if (slash < 1 || slash == written.length() - 1) {
      throw new IllegalArgumentException(
          "a node is written SERVICE/NODE, not \"" + XmppErrorText.line(written) + "\"");
    }
    String node = written.substring(slash + 1);
    if (!Markup.clean(node).equals(node)) {
      throw new IllegalArgumentException("a node's name has no control characters");
    }
    return new NodeAddress(XmppIdentity.address(written.substring(0, slash)), node);
  }

  @Override
  public String toString() {
    return service + "/" + node;
  }
}
