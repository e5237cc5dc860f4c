package dev.owlery.adapter.xmpp;

import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.adapter.xmpp.link.XmppSettings;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.AdapterProvider;
import java.util.Optional;

/** The door of the XMPP adapter: {@code protocol = xmpp}. */
public final class XmppAdapterProvider implements AdapterProvider {

  /** Called by the service loader. */
  public XmppAdapterProvider() {}

  @Override
  public String protocol() {
    return "xmpp";
  }

  @Override
  public Class<? extends Record> settingsType() {
    return XmppSettings.class;
  }

  @Override
  public Optional<String> identityProblem(String subject) {
    return XmppIdentity.isAccount(subject)
        ? Optional.empty()
        : Optional.of("an address without a resource, like alice@example.org");
  }

  @Override
  public Adapter create(Record settings, AdapterContext context) {
    return new XmppAdapter((XmppSettings) settings, context);
  }
}
