package dev.owlery.adapter.webhook;

import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.AdapterProvider;

/** The door of the webhook adapter: {@code protocol = webhook}. */
public final class WebhookAdapterProvider implements AdapterProvider {

  /** For {@link java.util.ServiceLoader}. */
  public WebhookAdapterProvider() {}

  @Override
  public String protocol() {
    return "webhook";
  }

  @Override
  public Class<? extends Record> settingsType() {
    return WebhookSettings.class;
  }

  @Override
  public Adapter create(Record settings, AdapterContext context) {
    return new WebhookAdapter((WebhookSettings) settings, context);
  }
}
