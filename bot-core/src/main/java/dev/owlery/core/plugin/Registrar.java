package dev.owlery.core.plugin;

import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.ItemPublished;
import dev.owlery.api.plugin.Handled;
import dev.owlery.api.topic.TopicPattern;
import dev.owlery.core.procedure.ProcedureBody;
import dev.owlery.core.procedure.ProcedureMethod;

/**
 * Where the plugin host registers what it finds in a plugin. Every method may be called from any
 * thread.
 */
public interface Registrar {

  /**
   * Registers an event handler.
   *
   * @param <E> the kind of event
   * @param plugin the plugin's id
   * @param method the method's name, for the log
   * @param type the kind of event; {@code ChatEvent} itself for all
   * @param priority lowest first; handlers of one priority in the order of registration
   * @param handler called by the lanes
   */
  <E extends ChatEvent> void handler(
      String plugin, String method, Class<E> type, int priority, EventHandler<E> handler);

  /**
   * Registers all methods of an object that are marked as commands.
   *
   * @param plugin the plugin's id
   * @param object whose class declares the commands
   * @throws IllegalArgumentException if a declaration is wrong or a command's name is taken; the
   *     text names both owners
   */
  void commands(String plugin, Object object);

  /**
   * Registers a procedure.
   *
   * @param plugin the plugin's id
   * @param method its name and what it takes and returns
   * @param body calls it
   * @throws IllegalArgumentException if the name is taken; the text names both owners
   */
  void procedure(String plugin, ProcedureMethod method, ProcedureBody body);

  /**
   * Registers a listener to topics.
   *
   * @param plugin the plugin's id
   * @param method the method's name, for the log
   * @param pattern which topics
   * @param handler called by the lanes
   */
  void topic(
      String plugin, String method, TopicPattern pattern, EventHandler<ItemPublished> handler);

  /**
   * Removes all that a plugin has registered, and interrupts those of its commands that wait for an
   * answer. Calls of its procedures are given up. Returns when nobody runs its code any more, or
   * after some seconds.
   *
   * @param plugin the plugin's id
   */
  void remove(String plugin);

  /**
   * Calls a plugin's code for one event.
   *
   * @param <E> the kind of event
   */
  @FunctionalInterface
  interface EventHandler<E extends ChatEvent> {

    /**
     * Handles an event on a virtual thread; may block.
     *
     * @param event what happened
     * @return whether the others get it too
     * @throws Throwable whatever the plugin throws: the lane contains it
     */
    Handled handle(E event) throws Throwable;
  }
}
