package dev.owlery.adapter.irc;

import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.AdapterProvider;
import java.util.Optional;

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
  public Optional<String> identityProblem(String subject) {
    return subject.matches("account:[^\\s\\p{Cntrl},:]+")
        ? Optional.empty()
        : Optional.of("account: and the name of a services account, like account:alice");
  }

  @Override
  public Adapter create(Record settings, AdapterContext context) {
    return new IrcAdapter((IrcSettings) settings, context);
  }
}
