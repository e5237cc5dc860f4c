package dev.owlery.api.plugin;

import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.chat.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an administrator looks at and turns. Every method may be called from any thread. */
public interface Administration {

  /**
   * How each account is.
   *
   * @return states in the configuration's order
   */
  Map<AccountId, AccountState> accounts();

  /**
   * Which plugins are loaded.
   *
   * @return in the order of loading
   */
  List<PluginState> plugins();

  /**
   * Which plugins are not loaded although they are there or were asked for, and why.
   *
   * @return plugins that did not load when they last were to, and jars that cannot be plugins
   */
  default List<NotLoaded> notLoaded() {
    return List.of();
  }

  /**
   * Loads a plugin: a bundled one by its short name, a class by its name, or a jar of {@code
   * plugins.d/} by its id.
   *
   * @param name which
   * @return what is loaded now
   * @throws IllegalArgumentException if it cannot be loaded; the text is fit for a user
   */
  PluginState load(String name);

  /**
   * Unloads a plugin: its commands, handlers, timers and classes are gone afterwards.
   *
   * @param id a loaded plugin
   * @throws IllegalArgumentException if no such plugin is loaded; the text is fit for a user
   */
  void unload(String id);

  /**
   * Unloads a plugin and loads it again, from its jar if it came from one. If the new one cannot be
   * loaded the old one stays.
   *
   * @param id a loaded plugin
   * @return what is loaded now
   * @throws IllegalArgumentException if it cannot be done; the text is fit for a user
   */
  PluginState reload(String id);

  /**
   * Actions that were given up.
   *
   * @return the oldest first, at most 100
   */
  List<DeadLetter> deadLetters();

  /**
   * Sends a dead letter again, at the end of its conversation's queue.
   *
   * @param number the letter's number
   * @throws IllegalArgumentException if there is no such letter; the text is fit for a user
   */
  void retry(long number);

  /**
   * Forgets a dead letter.
   *
   * @param number the letter's number
   * @throws IllegalArgumentException if there is no such letter; the text is fit for a user
   */
  void drop(long number);

  /**
   * Events that were put aside, because the process ended twice while they were handled after a
   * start. They are not handled again unless {@link #retryEvent} asks for it.
   *
   * @return the oldest first, at most 100
   */
  List<DeadEvent> deadEvents();

  /**
   * An event that was put aside, also one that is not among the oldest.
   *
   * @param number the event's number
   * @return empty if there is no such event
   */
  Optional<DeadEvent> deadEvent(long number);

  /**
   * Has an event handled that was put aside, once more, when the command that asks for it is done.
   * If the process ends again meanwhile, the next start puts it aside again.
   *
   * @param number the event's number
   * @throws IllegalArgumentException if there is no such event; the text is fit for a user
   */
  void retryEvent(long number);

  /**
   * Forgets an event that was put aside.
   *
   * @param number the event's number
   * @throws IllegalArgumentException if there is no such event; the text is fit for a user
   */
  void dropEvent(long number);

  /**
   * How the bot as a whole is.
   *
   * @return counts since the start
   */
  Health health();

  /**
   * What answers HTTP.
   *
   * @return a line for people with the listener's address, then one for each route: method, path
   *     and whose it is; empty if nothing listens
   */
  default List<String> http() {
    return List.of();
  }

  /**
   * A loaded plugin.
   *
   * @param id its name
   * @param version its version; empty if it says none
   * @param source where it comes from: {@code bundled}, {@code class} or the jar's file name
   * @param paused whether the bot has stopped calling it because it kept failing
   */
  record PluginState(String id, String version, String source, boolean paused) {}

  /**
   * A plugin that is not loaded.
   *
   * @param source the jar's file name, or what the plugin was asked for by
   * @param reason what is wrong with it and what to do, in one line
   */
  record NotLoaded(String source, String reason) {}

  /**
   * An action that was given up.
   *
   * @param number for naming it
   * @param where the conversation's address
   * @param summary what it was, in one line, shortened
   * @param reason the last trouble
   * @param since when it was made
   */
  record DeadLetter(long number, String where, String summary, String reason, Instant since) {}

  /**
   * An event that was put aside.
   *
   * @param number for naming it
   * @param where the conversation's address
   * @param text what happened: the kind of event, who caused it, and all that was said
   * @param attempts how often the process ended while it was handled
   * @param handler the plugin and the method that ran last
   * @param since when it was put aside
   */
  record DeadEvent(
      long number, String where, String text, int attempts, String handler, Instant since) {}

  /**
   * Counts since the start, and how much waits.
   *
   * @param uptime since the start
   * @param events recorded, without duplicates
   * @param duplicates events that the networks delivered again
   * @param waiting actions in the outbox
   * @param doubtful actions sent again although they may have been sent before
   * @param dead dead letters
   * @param incidents faults of plugins
   */
  record Health(
      Duration uptime,
      long events,
      long duplicates,
      long waiting,
      long doubtful,
      long dead,
      long incidents) {}
}
