package dev.owlery.api.procedure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a public method that other bots and programs may call. Who may is said in the
 * configuration's {@code procedures.allow}; nobody may by default.
 *
 * <p>Parameters and result: {@code int}, {@code long} (within the range of int), {@code boolean},
 * {@code double}, {@code String}, {@link java.time.LocalDateTime}, {@code byte[]}, lists, maps by
 * text, records and enums of these, {@link java.util.Optional} of one, {@link Value} itself; the
 * result may also be void. A first parameter {@link ProcedureCall} is given the call itself.
 *
 * <p>Called on a virtual thread, in parallel. What the method says and stores takes effect when it
 * returns, all at once; the caller is answered when that is written down. A {@link
 * ProcedureException} goes to the caller as it is; anything else becomes a fault with an incident
 * id. Who takes longer than {@code procedures.patience} is interrupted; then, as after an
 * exception, nothing takes effect.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Procedure {

  /**
   * What it is called by.
   *
   * @return letters, digits, {@code _}, {@code .}, {@code :} and {@code /}, at most 255, for
   *     example {@code math.add}; what begins with {@code system.} is the bot's own
   */
  String value();
}
