package dev.owlery.api.topic;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a public method that gets what is published on a topic. Its one parameter is an {@link
 * dev.owlery.api.event.ItemPublished} or the {@link dev.owlery.api.content.Item} alone. It returns
 * nothing.
 *
 * <p>Called as {@link dev.owlery.api.plugin.On} methods are: one item of a topic at a time, in
 * order, each key once.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Topic {

  /**
   * Which topics.
   *
   * @return a name, or a pattern: {@code *} for one part, {@code **} at the end for any number, for
   *     example {@code deploys.*}
   */
  String value();
}
