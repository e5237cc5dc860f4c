package dev.owlery.api.procedure;

import java.time.Duration;
import java.util.List;

/**
 * Calls the procedures of other bots and programs. Waits for the answer, so not for code that must
 * be quick. Every method may be called from any thread.
 */
public interface Procedures {

  /**
   * Calls a procedure and waits for its answer.
   *
   * @param peer {@code account/address}, for example {@code home/bot@example.org/main}
   * @param method which procedure
   * @param arguments Java objects of the types that {@link Procedure} lists
   * @return the answer
   * @throws ProcedureException if there is none: the other side's fault, no permission, no answer
   *     within the configuration's {@code procedures.patience}
   * @throws IllegalArgumentException if there is no such account, or an argument has another type
   */
  Value call(String peer, String method, List<?> arguments);

  /**
   * Makes an interface callable: each call of {@code name(a, b)} becomes a call of the procedure
   * {@code prefix.name}; a method marked {@link Procedure} calls the procedure that it names.
   *
   * @param <T> the interface
   * @param type the interface, of methods with the types that {@link Procedure} lists
   * @param peer as in {@link #call}
   * @param prefix the first part of the names
   * @param patience how long each call may take
   * @return calls as in {@link #call}; its methods throw {@link ProcedureException}
   * @throws IllegalArgumentException if a method has a type that procedures cannot carry
   */
  <T> T proxy(Class<T> type, String peer, String prefix, Duration patience);

  /**
   * What this bot serves.
   *
   * @return the names of its procedures, sorted
   */
  List<String> served();
}
