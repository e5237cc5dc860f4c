package dev.owlery.api.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The value of a setting that the configuration leaves out, written as it would be there. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.RECORD_COMPONENT,
  ElementType.PARAMETER,
  ElementType.FIELD,
  ElementType.METHOD
})
public @interface Default {

  /**
   * The value.
   *
   * @return as written in the configuration, for example {@code "5s"}, {@code "true"}, {@code "[a,
   *     b]"}, {@code "{}"} for a nested record with all of its defaults
   */
  String value();
}
