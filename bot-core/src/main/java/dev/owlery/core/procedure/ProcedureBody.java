package dev.owlery.core.procedure;

import org.jspecify.annotations.Nullable;

/** Calls a plugin's method. */
@FunctionalInterface
public interface ProcedureBody {

  /**
   * Calls it on a virtual thread; may block.
   *
   * @param arguments Java objects of the types that the method takes
   * @return what it returned; null for nothing
   * @throws Throwable whatever the plugin throws, or a {@link
   *     dev.owlery.api.procedure.ProcedureException} if it is paused
   */
  @Nullable Object call(Object[] arguments) throws Throwable;
}
