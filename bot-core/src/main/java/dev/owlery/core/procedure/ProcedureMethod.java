package dev.owlery.core.procedure;

import dev.owlery.api.procedure.ProcedureCall;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.ProcedureException.Reason;
import dev.owlery.api.procedure.Value;
import dev.owlery.core.procedure.Mapping.Mismatch;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A method that is called with values and returns one. Immutable; may be used from any thread. */
public final class ProcedureMethod {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:/]{1,255}");
  private static final String OURS = "system.";

  private final String name;
  private final boolean wantsCall;
  private final List<Mapping> parameters;
  private final Mapping result;

  private ProcedureMethod(
      String name, boolean wantsCall, List<Mapping> parameters, Mapping result) {
    this.name = name;
    this.wantsCall = wantsCall;
    this.parameters = parameters;
    this.result = result;
  }

  /**
   * A method that is to be served.
   *
   * @param name what it is called by
   * @param method its declaration
   * @return how to call it
   * @throws IllegalArgumentException if the name is none, or a type cannot be carried; the text is
   *     fit for a user
   */
  public static ProcedureMethod of(String name, Method method) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a procedure's name is made of letters, digits and _ . : /, not \"" + name + "\"");
    }
    if (name.startsWith(OURS)) {
      throw new IllegalArgumentException("names that begin with " + OURS + " are the bot's own");
    }
    Type[] types = method.getGenericParameterTypes();
    boolean wantsCall = types.length > 0 && types[0] == ProcedureCall.class;
    return new ProcedureMethod(
        name,
        wantsCall,
        Mappings.ofAll(wantsCall ? Arrays.copyOfRange(types, 1, types.length) : types),
        result(method));
  }

  /** The mapping of what a method returns. */
  static Mapping result(Method method) {
    Type type = method.getGenericReturnType();
    return type == void.class || type == Void.class ? new VoidMapping() : Mappings.of(type);
  }

  /**
   * Its name.
   *
   * @return as it is called by
   */
  public String name() {
    return name;
  }

  /**
   * The Java objects of a call's arguments.
   *
   * @throws ProcedureException if they do not fit
   */
  Object[] arguments(ProcedureCall call) {
    List<Value> given = call.arguments();
    if (given.size() != parameters.size()) {
      throw misfit(name + " takes " + parameters.size() + " arguments, not " + given.size());
    }
    int first = wantsCall ? 1 : 0;
    Object[] arguments = new Object[parameters.size() + first];
    if (wantsCall) {
      arguments[0] = call;
    }
    for (int i = 0; i < parameters.size(); i++) {
      try {
        arguments[i + first] = parameters.get(i).read(given.get(i));
      } catch (Mismatch e) {
        throw misfit(name + ": argument " + (i + 1) + ": " + e.getMessage());
      }
    }
    return arguments;
  }

  private static ProcedureException misfit(String text) {
    return new ProcedureException(Reason.BAD_ARGUMENTS, 0, text);
  }

  /**
   * The value of what the method returned.
   *
   * @throws IllegalArgumentException if it cannot be carried
   */
  Value result(@Nullable Object returned) {
    if (result instanceof VoidMapping) {
      return Value.NIL;
    }
    if (returned == null) {
      throw new IllegalArgumentException("a procedure returned null");
    }
    return result.write(returned);
  }

  /** What void returns. */
  private static final class VoidMapping implements Mapping {
    @Override
    public Object read(Value value) {
      return Value.NIL;
    }

    @Override
    public Value write(Object object) {
      return Value.NIL;
    }
  }
}
