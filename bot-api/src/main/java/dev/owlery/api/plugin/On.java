package dev.owlery.api.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a public method that handles events. Its one parameter names the kind: a {@link
 * dev.owlery.api.event.ChatEvent} or one of its records. It returns nothing or {@link Handled}.
 *
 * <p>Called on a virtual thread, one event of a room at a time, in order of arrival; different
 * rooms in parallel. May block, but after its patience (the configuration's {@code
 * limits.patience}) the room goes on without it. What it says and stores takes effect when it
 * returns, all at once; if it throws, nothing does.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface On {

  /**
   * Its place among the handlers of an event: lowest first, commands after all handlers.
   *
   * @return any number; handlers of one priority are called in the order in which their plugins
   *     were loaded
   */
  int priority() default 0;
}
