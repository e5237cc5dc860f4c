package dev.owlery.core.plugin;

import dev.owlery.api.content.Item;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.ItemPublished;
import dev.owlery.api.plugin.Cron;
import dev.owlery.api.plugin.Every;
import dev.owlery.api.plugin.Handled;
import dev.owlery.api.plugin.On;
import dev.owlery.api.procedure.Procedure;
import dev.owlery.api.topic.Topic;
import dev.owlery.api.topic.TopicPattern;
import dev.owlery.core.command.CommandSyntax;
import dev.owlery.core.procedure.ProcedureMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.incendo.cloud.annotations.Command;

/**
 * What the methods of a plugin's class are marked with, checked. Of commands the syntax is checked:
 * their declarations are read where they are registered.
 *
 * @param handlers methods marked {@code @On}
 * @param repetitions methods marked {@code @Every} or {@code @Cron}
 * @param procedures methods marked {@code @Procedure}
 * @param topics methods marked {@code @Topic}
 * @param commands whether there are any commands
 */
record PluginDeclarations(
    List<HandlerMethod> handlers,
    List<Repetition> repetitions,
    List<Served> procedures,
    List<TopicMethod> topics,
    boolean commands) {

  /**
   * A method that handles events.
   *
   * @param method public, with one parameter
   * @param type the kind of event
   * @param priority lowest first
   */
  record HandlerMethod(Method method, Class<? extends ChatEvent> type, int priority) {}

  /**
   * A method that is called at times.
   *
   * @param method public, without parameters
   * @param name how it is declared, for the log
   * @param pace makes the times anew for each load
   */
  record Repetition(Method method, String name, Supplier<TaskSchedule> pace) {}

  /**
   * A method that others may call.
   *
   * @param method public
   * @param procedure its name and what it takes and returns
   */
  record Served(Method method, ProcedureMethod procedure) {}

  /**
   * A method that gets what is published.
   *
   * @param method public, with one parameter
   * @param topics which topics
   */
  record TopicMethod(Method method, TopicPattern topics) {

    /** Whether it takes the event, not the item alone. */
    boolean takesEvent() {
      return method.getParameterTypes()[0] == ItemPublished.class;
    }
  }

  /**
   * Reads a class, its superclasses included.
   *
   * @param type the plugin's class
   * @param clock the bot's time, whose zone is the default of {@code @Cron}
   * @throws IllegalArgumentException if a declaration is wrong; the text names all that are
   */
  static PluginDeclarations of(Class<?> type, Clock clock) {
    List<HandlerMethod> handlers = new ArrayList<>();
    List<Repetition> repetitions = new ArrayList<>();
    List<Served> procedures = new ArrayList<>();
    List<TopicMethod> topics = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    boolean commands = false;
    for (Method method : methods(type)) {
      commands |= method.getAnnotationsByType(Command.class).length > 0;
      faults.addAll(CommandSyntax.faults(method));
      On on = method.getAnnotation(On.class);
      if (on != null) {
        checkHandler(method, faults);
        if (faults.isEmpty()) {
          var event = method.getParameterTypes()[0].asSubclass(ChatEvent.class);
          handlers.add(new HandlerMethod(method, event, on.priority()));
        }
      }
      Every every = method.getAnnotation(Every.class);
      if (every != null) {
        repetitions.add(repetition(method, every, () -> TaskSchedule.every(every.value()), faults));
      }
      Cron cron = method.getAnnotation(Cron.class);
      if (cron != null) {
        Supplier<TaskSchedule> pace = () -> TaskSchedule.calendar(cron.value(), cron.zone(), clock);
        repetitions.add(repetition(method, cron, pace, faults));
      }
      Procedure procedure = method.getAnnotation(Procedure.class);
      if (procedure != null) {
        served(method, procedure, faults).ifPresent(procedures::add);
      }
      Topic topic = method.getAnnotation(Topic.class);
      if (topic != null) {
        listener(method, topic, faults).ifPresent(topics::add);
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    return new PluginDeclarations(
        List.copyOf(handlers),
        List.copyOf(repetitions),
        List.copyOf(procedures),
        List.copyOf(topics),
        commands);
  }

  private static List<Method> methods(Class<?> type) {
    List<Method> methods = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      Arrays.stream(c.getDeclaredMethods())
          .filter(method -> !method.isBridge() && seen.add(signature(method)))
          .sorted(Comparator.comparing(PluginDeclarations::signature)) // the JVM promises no order
          .forEach(methods::add);
    }
    return methods;
  }

  private static void checkHandler(Method method, List<String> faults) {
    checkCallable(method, "@On", faults);
    Class<?>[] parameters = method.getParameterTypes();
    if (parameters.length != 1 || !ChatEvent.class.isAssignableFrom(parameters[0])) {
      faults.add("@On " + signature(method) + " must have one parameter, a kind of ChatEvent");
    }
    Class<?> result = method.getReturnType();
    if (result != void.class && result != Handled.class) {
      faults.add("@On " + signature(method) + " must return nothing or Handled");
    }
  }

  private static Repetition repetition(
      Method method, Annotation mark, Supplier<TaskSchedule> pace, List<String> faults) {
    String kind = "@" + mark.annotationType().getSimpleName();
    checkCallable(method, kind, faults);
    if (method.getParameterCount() != 0) {
      faults.add(kind + " " + signature(method) + " must have no parameters");
    }
    try {
      var _ = pace.get();
    } catch (IllegalArgumentException e) {
      faults.add(kind + " " + signature(method) + ": " + e.getMessage());
    }
    return new Repetition(method, kind + " " + signature(method), pace);
  }

  private static Optional<Served> served(Method method, Procedure mark, List<String> faults) {
    checkCallable(method, "@Procedure", faults);
    try {
      return Optional.of(new Served(method, ProcedureMethod.of(mark.value(), method)));
    } catch (IllegalArgumentException e) {
      faults.add("@Procedure " + signature(method) + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<TopicMethod> listener(Method method, Topic mark, List<String> faults) {
    checkCallable(method, "@Topic", faults);
    Class<?>[] parameters = method.getParameterTypes();
    if (parameters.length != 1
        || (parameters[0] != ItemPublished.class && parameters[0] != Item.class)
        || method.getReturnType() != void.class) {
      faults.add("@Topic " + signature(method) + " must take an ItemPublished or an Item alone");
    }
    try {
      return Optional.of(new TopicMethod(method, new TopicPattern(mark.value())));
    } catch (IllegalArgumentException e) {
      faults.add("@Topic " + signature(method) + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private static void checkCallable(Method method, String kind, List<String> faults) {
    if (!Modifier.isPublic(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
      faults.add(kind + " " + signature(method) + " must be public and not static");
    }
  }

  /** A method's name and what it takes. */
  static String signature(Method method) {
    return method.getName()
        + Arrays.stream(method.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
