package dev.owlery.api.adapter;

/**
 * The door of an adapter module, found by {@link java.util.ServiceLoader}. Needs a public
 * constructor without parameters and keeps no state.
 */
public interface AdapterProvider {

  /**
   * The protocol's name in the configuration: {@code protocol = irc}.
   *
   * @return lower-case letters
   */
  String protocol();

  /**
   * The record that an account's block is read into, apart from its {@code protocol}.
   *
   * @return a record marked {@link dev.owlery.api.settings.Settings}
   */
  Class<? extends Record> settingsType();

  /**
   * Makes the adapter of one account. Does not connect yet, opens nothing.
   *
   * @param settings an instance of {@link #settingsType()}
   * @param context the core's side; may be kept
   * @return a new adapter
   */
  Adapter create(Record settings, AdapterContext context);
}
