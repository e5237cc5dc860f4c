package dev.owlery.adapter.irc;

import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.AdapterProvider;

/** The door of the IRC adapter: {@code protocol = irc}. */
public final class IrcAdapterProvider implements AdapterProvider {

  /** Called by the service loader. */
  public IrcAdapterProvider() {}

  @Override
  public String protocol() {
    return "irc";
  }

  @Override
  public Class<? extends Record> settingsType() {
    return IrcSettings.class;
  }

  @Override
  public Adapter create(Record settings, AdapterContext context) {
    return new IrcAdapter((IrcSettings) settings, context);
  }
}
