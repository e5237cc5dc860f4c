package dev.owlery.core.procedure;

import dev.owlery.api.procedure.Procedure;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.ProcedureException.Reason;
import dev.owlery.api.procedure.Value;
import dev.owlery.core.procedure.Mapping.Mismatch;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls of procedures of the calls of an interface's methods.
 *
 * @param name for {@code toString}
 * @param calls what each method leads to
 * @param sender sends a call and waits for its answer
 */
record TypedPeer(
    String name, Map<Method, PeerMethod> calls, BiFunction<String, List<Value>, Value> sender)
    implements InvocationHandler {

  /** What a method leads to. */
  record PeerMethod(String procedure, List<Mapping> parameters, Mapping result) {}

  /**
   * Reads an interface.
   *
   * @throws IllegalArgumentException if procedures cannot carry a type of it; the text names it
   */
  static TypedPeer of(
      Class<?> type, String peer, String prefix, BiFunction<String, List<Value>, Value> sender) {
    Map<Method, PeerMethod> calls = new HashMap<>();
    for (Method method : type.getMethods()) {
      if (Modifier.isAbstract(method.getModifiers())) {
        calls.put(method, call(method, prefix));
      }
    }
    return new TypedPeer(type.getSimpleName() + " of " + peer, Map.copyOf(calls), sender);
  }

  private static PeerMethod call(Method method, String prefix) {
    Procedure named = method.getAnnotation(Procedure.class);
    String procedure = named == null ? prefix + "." + method.getName() : named.value();
    try {
      return new PeerMethod(
          procedure,
          Mappings.ofAll(method.getGenericParameterTypes()),
          ProcedureMethod.result(method));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(method + ": " + e.getMessage(), e);
    }
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given)
      throws Throwable {
    Object[] arguments = given == null ? new Object[0] : given;
    PeerMethod call = calls.get(method);
    if (call != null) {
      return send(call, method, arguments);
    }
    if (method.isDefault()) {
      return MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup())
          .unreflectSpecial(method, method.getDeclaringClass())
          .bindTo(proxy)
          .invokeWithArguments(arguments);
    }
    return switch (method.getName()) {
      case "equals" -> isProxyOfThis(arguments[0]);
      case "hashCode" -> hashCode();
      default -> name;
    };
  }

  private boolean isProxyOfThis(@Nullable Object other) {
    return other != null
        && Proxy.isProxyClass(other.getClass())
        && equals(Proxy.getInvocationHandler(other));
  }

  private @Nullable Object send(PeerMethod call, Method method, Object[] arguments) {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      int place = i + 1;
      Object argument =
          Optional.ofNullable(arguments[i])
              .orElseThrow(() -> new IllegalArgumentException("argument " + place + " is null"));
      values.add(call.parameters().get(i).write(argument));
    }
    Value answer = sender.apply(call.procedure(), values);
    if (method.getReturnType() == void.class || method.getReturnType() == Void.class) {
      return null;
    }
    try {
      return call.result().read(answer);
    } catch (Mismatch e) {
      throw new ProcedureException(
          Reason.BAD_ANSWER, 0, "the answer of " + call.procedure() + ": " + e.getMessage());
    }
  }
}
