package dev.owlery.api.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a public method without parameters that is called again and again, on a virtual thread,
 * first after one interval. A call that is still running when the next is due is not overtaken: the
 * next is left out.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Every {

  /**
   * The interval.
   *
   * @return a number and one of {@code ms}, {@code s}, {@code m}, {@code h}, {@code d}, for example
   *     {@code 5m}
   */
  String value();
}
