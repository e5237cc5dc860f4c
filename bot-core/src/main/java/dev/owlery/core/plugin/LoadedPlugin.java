package dev.owlery.core.plugin;

import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.http.HttpHandler;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.plugin.Administration.PluginState;
import dev.owlery.api.plugin.Handled;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.core.schedule.Timers;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One life of a plugin: its object and all that was registered for it. Begun once, ended once, by
 * the host; its calls come from any thread.
 */
final class LoadedPlugin {

  private static final Duration START = Duration.ofSeconds(30);

  /** How long a plugin may take to stop. */
  static final Duration STOP = Duration.ofSeconds(5);

  private static final MethodType HANDLER = MethodType.methodType(Object.class, ChatEvent.class);
  private static final MethodType LISTENER = MethodType.genericMethodType(1);
  private static final MethodType REPETITION = MethodType.methodType(void.class);

  private final PluginCode code;
  private final Registrar registrar;
  private final Services services;
  private final PluginDeclarations declarations;
  private final PluginTimers timers;
  private final PluginRoutes routes;
  private final PluginTransfers transfers;
  private final PluginWatchdog.Life life;
  private final Plugin plugin;
  private volatile boolean paused;

  private LoadedPlugin(
      PluginCode code, Registrar registrar, Services services, Timers time, SettingsSource source) {
    this.code = code;
    this.registrar = registrar;
    this.services = services;
    this.declarations = PluginDeclarations.of(code.type(), time.clock());
    this.timers = new PluginTimers(code.id(), time, this::run);
    this.routes = new PluginRoutes(services.http(code.id()), this::answering);
    this.transfers = new PluginTransfers(services.transfers());
    this.life = services.watch().life(code.id());
    this.plugin = construct(time, source);
  }

  /**
   * Makes the plugin's object. Nothing is registered yet.
   *
   * @throws IllegalArgumentException if it cannot be made; the text is fit for a user
   */
  static LoadedPlugin make(
      PluginCode code, Registrar registrar, Services services, Timers time, SettingsSource source) {
    return new LoadedPlugin(code, registrar, services, time, source);
  }

  private Plugin construct(Timers time, SettingsSource source) {
    boolean made = false;
    try {
      Plugin object =
          PluginThread.call(
              code,
              life,
              "make",
              "its constructor",
              START,
              () ->
                  PluginObjects.make(
                      code, services, timers, routes, transfers, time.clock(), source));
      made = true;
      return object;
    } catch (ExecutionException e) {
      Throwable cause = PluginThread.cause(e);
      if (cause instanceof IllegalArgumentException told && told.getMessage() != null) {
        throw told;
      }
      throw new IllegalArgumentException(FaultText.of("it cannot be made", cause, code), cause);
    } catch (TimeoutException e) {
      throw new IllegalArgumentException("its constructor" + lasts(e), e);
    } finally {
      if (!made) {
        release(); // its constructor may have planned or started something
      }
    }
  }

  PluginCode code() {
    return code;
  }

  PluginState state() {
    return new PluginState(code.id(), code.version(), code.source(), paused);
  }

  boolean paused() {
    return paused;
  }

  void pause(boolean stopped) {
    paused = stopped;
  }

  /**
   * Starts it and registers all that it declares, or nothing.
   *
   * @throws IllegalArgumentException if it does not start or clashes with another; the text is fit
   *     for a user
   */
  void begin() {
    try {
      PluginThread.call(
          code,
          life,
          "start",
          "start()",
          START,
          () -> {
            plugin.start();
            return true;
          });
    } catch (ExecutionException e) {
      release();
      throw new IllegalArgumentException(
          FaultText.of("its start failed", PluginThread.cause(e), code), PluginThread.cause(e));
    } catch (TimeoutException e) {
      release();
      throw new IllegalArgumentException("its start" + lasts(e), e);
    }
    boolean registered = false;
    try {
      register();
      registered = true;
    } finally {
      if (!registered) {
        end(STOP);
      }
    }
  }

  /**
   * Finds out whether its commands can be registered, in place of {@link #begin}; then gives it up.
   * Its {@code start} and {@code stop} are not called.
   *
   * @throws IllegalArgumentException if they cannot; the text is fit for a user
   */
  void tryOut() {
    try {
      if (declarations.commands()) {
        registrar.commands(code.id(), plugin);
      }
    } finally {
      registrar.remove(code.id());
      release();
    }
  }

  private String lasts(TimeoutException e) {
    return " takes longer than "
        + START.toSeconds()
        + " seconds"
        + FaultText.place(e, code).orElse("");
  }

  private void register() {
    if (declarations.commands()) {
      registrar.commands(code.id(), plugin);
    }
    for (PluginDeclarations.HandlerMethod handler : declarations.handlers()) {
      MethodHandle target = bound(handler.method(), HANDLER);
      handler(handler, handler.type(), target);
    }
    for (PluginDeclarations.Repetition repetition : declarations.repetitions()) {
      MethodHandle target = bound(repetition.method(), REPETITION);
      timers.plan(repetition.name(), repetition.pace().get(), () -> target.invoke());
    }
    for (PluginDeclarations.TopicMethod listener : declarations.topics()) {
      MethodHandle target = bound(listener.method(), LISTENER);
      registrar.topic(
          code.id(),
          name(listener.method()),
          listener.topics(),
          event -> hear(target, listener.takesEvent() ? event : event.item()));
    }
    for (PluginDeclarations.Served served : declarations.procedures()) {
      int parameters = served.method().getParameterCount();
      MethodHandle target =
          bound(served.method(), MethodType.genericMethodType(parameters))
              .asSpreader(Object[].class, parameters);
      String name = name(served.method());
      registrar.procedure(
          code.id(), served.procedure(), arguments -> serve(target, name, arguments));
    }
  }

  private <E extends ChatEvent> void handler(
      PluginDeclarations.HandlerMethod handler, Class<E> type, MethodHandle target) {
    registrar.handler(
        code.id(),
        name(handler.method()),
        type,
        handler.priority(),
        event -> handle(target, event));
  }

  private static String name(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + PluginDeclarations.signature(method);
  }

  private Handled handle(MethodHandle target, ChatEvent event) throws Throwable {
    if (paused) {
      return Handled.CONTINUE;
    }
    ClassLoader before = enter();
    try {
      Object result = (Object) target.invokeExact(event);
      return result == Handled.STOP ? Handled.STOP : Handled.CONTINUE;
    } finally {
      leave(before);
    }
  }

  private Handled hear(MethodHandle target, Object heard) throws Throwable {
    if (paused) {
      return Handled.CONTINUE;
    }
    ClassLoader before = enter();
    try {
      Object _ = (Object) target.invokeExact(heard);
      return Handled.CONTINUE;
    } finally {
      leave(before);
    }
  }

  private @Nullable Object serve(MethodHandle target, String name, Object[] arguments)
      throws Throwable {
    if (paused) {
      throw new ProcedureException(
          ProcedureException.Reason.UNAVAILABLE, 0, "plugin " + code.id() + " is paused");
    }
    ClassLoader before = enter();
    try (PluginWatchdog.WatchedCall _ = life.enter(name)) {
      return (Object) target.invokeExact(arguments);
    } finally {
      leave(before);
    }
  }

  private MethodHandle bound(Method method, MethodType type) {
    try {
      return MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup())
          .unreflect(method)
          .bindTo(plugin)
          .asType(type);
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException("its method " + method.getName() + " is closed to us", e);
    }
  }

  /**
   * Ends it: what it registered goes, then its timers, then it is told to stop, then its threads
   * are interrupted and its classes given up.
   *
   * @param patience how long its {@code stop} may take
   */
  void end(Duration patience) {
    registrar.remove(code.id());
    timers.close(); // before the stop: it may close what they use
    routes.close();
    transfers.close();
    try {
      PluginThread.call(
          code,
          life,
          "stop",
          "stop()",
          patience,
          () -> {
            plugin.stop();
            return true;
          });
    } catch (ExecutionException e) {
      services.fault(code.id(), "stop()", PluginThread.cause(e));
    } catch (TimeoutException e) {
      services.fault(code.id(), "stop(), which took too long and was interrupted", e);
    }
    release();
  }

  private void release() {
    life.end();
    timers.close();
    routes.close();
    transfers.close();
    code.ownLoader().ifPresent(loader -> LeakedThreads.end(code.id(), loader));
  }

  private HttpHandler answering(HttpHandler handler) {
    return request -> {
      if (paused) {
        return PluginRoutes.pausedReply();
      }
      ClassLoader before = enter();
      try (PluginWatchdog.WatchedCall _ = life.enter("an HTTP request")) {
        HttpReply reply = handler.handle(request);
        return new HttpReply(reply.status(), reply.headers(), writing(reply.body()));
      } finally {
        leave(before);
      }
    };
  }

  private HttpReply.Body writing(HttpReply.Body body) {
    return out -> {
      ClassLoader before = enter();
      try (PluginWatchdog.WatchedCall _ = life.enter("an HTTP reply")) {
        body.writeTo(out);
      } finally {
        leave(before);
      }
    };
  }

  /** Failures of one timer in a row pause the plugin, as those of a handler do. */
  private void run(String name, PluginCall call, AtomicInteger failures) {
    if (paused) {
      return;
    }
    ClassLoader before = enter();
    try (PluginWatchdog.WatchedCall _ = life.enter(name)) {
      call.run();
      failures.set(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it was told to end
    } catch (Throwable e) { // the boundary to the plugin's timers
      services.fault(code.id(), name, e);
      life.failed(failures);
    } finally {
      leave(before);
    }
  }

  /** Lets libraries inside the plugin's jar find their own classes and services. */
  private ClassLoader enter() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    code.ownLoader().ifPresent(thread::setContextClassLoader);
    return before;
  }

  private static void leave(ClassLoader before) {
    Thread.currentThread().setContextClassLoader(before);
  }
}
