package dev.owlery.core.command;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.incendo.cloud.annotations.AnnotationParser;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;

/**
 * Checks what methods are marked with as commands, before the framework reads it: the framework's
 * own texts do not say which method they are about. Pure.
 */
public final class CommandSyntax {

  private static final Pattern PART =
      Pattern.compile(
          "(?<word>[^\\s<>\\[\\]|]+(\\|[^\\s<>\\[\\]|]+)*)"
              + "|<(?<needed>[^\\s<>\\[\\]]+)>|\\[(?<optional>[^\\s<>\\[\\]]+)\\]");

  private CommandSyntax() {}

  /**
   * What is wrong with the commands of a method.
   *
   * @param method may be marked with {@code @Command}, several times
   * @return the faults, each with the method and what to write; empty if there are none
   */
  public static List<String> faults(Method method) {
    List<String> faults = new ArrayList<>();
    for (Command command : method.getAnnotationsByType(Command.class)) {
      check(command.value(), method, faults);
    }
    return faults;
  }

  private static void check(String syntax, Method method, List<String> faults) {
    Set<String> declared = new LinkedHashSet<>();
    boolean optional = false;
    for (String part : syntax.strip().split("\\s+", -1)) {
      Matcher form = PART.matcher(part);
      if (!form.matches()) {
        faults.add(
            of(syntax, method)
                + ": \""
                + part
                + "\" must be a word, <needed> or [optional], like \"karma <name> [reason]\"");
        return;
      }
      String name = form.group("needed") == null ? form.group("optional") : form.group("needed");
      if (name == null) {
        continue;
      }
      if (form.group("needed") != null && optional) {
        faults.add(of(syntax, method) + ": <" + name + "> must stand before what is [optional]");
      }
      optional |= form.group("optional") != null;
      declared.add(name);
    }
    if (!Character.isLetterOrDigit(syntax.strip().isEmpty() ? ' ' : syntax.strip().charAt(0))) {
      faults.add(of(syntax, method) + ": the first word of a command must be a fixed one");
    }
    compare(syntax, method, declared, faults);
  }

  private static void compare(
      String syntax, Method method, Set<String> declared, List<String> faults) {
    Set<String> named = new LinkedHashSet<>();
    for (Parameter parameter : method.getParameters()) {
      named.add(parameter.getName());
      Argument argument = parameter.getAnnotation(Argument.class);
      if (argument != null) {
        boolean inferred = argument.value().equals(AnnotationParser.INFERRED_ARGUMENT_NAME);
        String name = inferred ? parameter.getName() : argument.value();
        named.add(name);
        if (!declared.contains(name)) {
          faults.add(of(syntax, method) + ": it has no <" + name + ">, which @Argument is to take");
        }
      }
    }
    for (String name : declared) {
      if (!named.contains(name)) {
        faults.add(
            of(syntax, method)
                + ": no parameter takes <"
                + name
                + ">: mark one with @Argument(\""
                + name
                + "\")");
      }
    }
  }

  /** How a fault names its method. */
  static String of(String syntax, Method method) {
    return "@Command(\""
        + syntax
        + "\") of "
        + method.getName()
        + Arrays.stream(method.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
