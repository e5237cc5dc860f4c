package dev.owlery.core.command;

import dev.owlery.api.command.CommandCall;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.incendo.cloud.annotations.MethodCommandExecutionHandler;
import org.incendo.cloud.annotations.method.ParameterValue;
import org.incendo.cloud.context.CommandContext;
import org.incendo.cloud.key.CloudKey;
import org.incendo.cloud.permission.Permission;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's method with the arguments that were read for it, ready to be called. The framework
 * only reads: the call itself is made outside of its futures, where what the plugin throws stays as
 * it is.
 *
 * @param method the plugin's method
 * @param target the plugin's object
 * @param arguments the values, in the order of the parameters; null for an optional one that was
 *     left out
 * @param permission what the command needs
 */
record BoundMethod(
    Method method, Object target, List<ParameterValue> arguments, Permission permission) {

  private static final CloudKey<BoundMethod> KEY = CloudKey.of("owlery:call", BoundMethod.class);

  /**
   * Calls it.
   *
   * @return what it returns
   * @throws Throwable what it throws
   */
  @Nullable Object invoke() throws Throwable {
    @Nullable Object[] values = new @Nullable Object[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments.get(i).value();
    }
    try {
      return method.invoke(target, values);
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause();
      throw thrown == null ? e : thrown;
    }
  }

  /** What the framework has read. */
  static BoundMethod of(CommandContext<CommandCall> context) {
    return context.get(KEY);
  }

  /** Takes the framework's place where it would call the method itself. */
  static final class ArgumentReader extends MethodCommandExecutionHandler<CommandCall> {

    ArgumentReader(CommandMethodContext<CommandCall> context) {
      super(context);
    }

    @Override
    public CompletableFuture<Void> executeFuture(CommandContext<CommandCall> context) {
      context.store(
          KEY,
          new BoundMethod(
              context().method(),
              context().instance(),
              createParameterValues(context),
              context.command().commandPermission()));
      return CompletableFuture.allOf();
    }
  }
}
