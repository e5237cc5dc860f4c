package dev.owlery.adapter.slack;

import dev.owlery.adapter.slack.api.SlackSettings;
import dev.owlery.adapter.slack.text.IdFormats;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.AdapterProvider;
import java.util.Optional;

/** The door of the Slack adapter: {@code protocol = slack}. */
public final class SlackAdapterProvider implements AdapterProvider {

  /** Called by the service loader. */
  public SlackAdapterProvider() {}

  @Override
  public String protocol() {
    return "slack";
  }

  @Override
  public Class<? extends Record> settingsType() {
    return SlackSettings.class;
  }

  @Override
  public Optional<String> identityProblem(String subject) {
    return IdFormats.isUserId(subject)
        ? Optional.empty()
        : Optional.of("a member id, like U0123ABCD");
  }

  @Override
  public Adapter create(Record settings, AdapterContext context) {
    return new SlackAdapter((SlackSettings) settings, context);
  }
}
