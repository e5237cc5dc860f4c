package dev.owlery.api.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a public method without parameters that is called at times of the calendar, on a virtual
 * thread. Times that passed while the bot was down are not made up for.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Cron {

  /**
   * When, in Unix cron's five fields: minute, hour, day of month, month, day of week.
   *
   * @return for example {@code 30 8 * * *}
   */
  String value();

  /**
   * The time zone.
   *
   * @return for example {@code Europe/Paris}; empty for the bot's own
   */
  String zone() default "";
}
