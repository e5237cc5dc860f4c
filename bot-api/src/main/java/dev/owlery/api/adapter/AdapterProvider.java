package dev.owlery.api.adapter;

import java.util.Optional;

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
   * Says how identities of this protocol look, if a configured one cannot be one of them. An
   * identity that nobody can have gives its permissions to nobody, which is surely not meant.
   *
   * @param subject what stands behind the account's name, for example {@code account:alice}
   * @return what it has to look like, in a few words with an example; empty if it may be one
   */
  default Optional<String> identityProblem(String subject) {
    return Optional.empty();
  }

  /**
   * Whether an account with such settings has a conversation with a person on the terminal to which
   * the log goes too. Then only what is wrong is logged there, so that it does not drown the
   * conversation.
   *
   * @param settings an instance of {@link #settingsType()}
   * @return false for networks
   */
  default boolean writesTerminal(Record settings) {
    return false;
  }

  /**
   * Makes the adapter of one account. Does not connect yet, opens nothing.
   *
   * @param settings an instance of {@link #settingsType()}
   * @param context the core's side; may be kept
   * @return a new adapter
   */
  Adapter create(Record settings, AdapterContext context);
}
