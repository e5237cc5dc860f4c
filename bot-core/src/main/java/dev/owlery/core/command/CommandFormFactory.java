package dev.owlery.core.command;

import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.CommandForm;
import dev.owlery.api.command.CommandForm.Argument;
import dev.owlery.api.command.CommandForm.Style;
import dev.owlery.api.command.CommandInfo;
import dev.owlery.api.command.FormField;
import io.leangen.geantyref.GenericTypeReflector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.incendo.cloud.Command;
import org.incendo.cloud.component.CommandComponent;
import org.incendo.cloud.component.CommandComponent.ComponentType;
import org.incendo.cloud.component.DefaultValue;
import org.incendo.cloud.description.Description;
import org.incendo.cloud.parser.ArgumentParser;
import org.incendo.cloud.parser.flag.CommandFlag;
import org.incendo.cloud.parser.flag.CommandFlagParser;
import org.incendo.cloud.parser.standard.EnumParser;

/** Makes the form of a command from its declared arguments. Pure. */
final class CommandFormFactory {

  private static final Set<Class<?>> WHOLE =
      Set.of(
          byte.class,
          Byte.class,
          short.class,
          Short.class,
          int.class,
          Integer.class,
          long.class,
          Long.class);

  private CommandFormFactory() {}

  static CommandForm of(CommandInfo info, Command<CommandCall> command) {
    List<Argument> arguments = new ArrayList<>();
    for (CommandComponent<CommandCall> component : command.components()) {
      if (component.parser() instanceof CommandFlagParser<?> flags) {
        flags.flags().stream().map(CommandFormFactory::flag).forEach(arguments::add);
      } else if (component.type() != ComponentType.LITERAL) {
        arguments.add(argument(component));
      }
    }
    return new CommandForm(info, arguments);
  }

  private static Argument argument(CommandComponent<CommandCall> component) {
    ArgumentParser<CommandCall, ?> parser = component.parser();
    return new Argument(
        field(
            component.name(),
            component.description(),
            type(component),
            parser,
            component.required() ? Optional.empty() : Optional.of(preset(component))),
        style(parser));
  }

  private static Argument flag(CommandFlag<?> flag) {
    CommandComponent<?> value = flag.commandComponent();
    if (value == null) {
      return new Argument(
          field(
              flag.name(),
              flag.description(),
              Boolean.class,
              flag,
              Optional.of(Boolean.toString(false))),
          Style.SWITCH);
    }
    return new Argument(
        field(flag.name(), flag.description(), type(value), value.parser(), Optional.of("")),
        Style.OPTION);
  }

  private static FormField field(
      String name, Description description, Class<?> type, Object parser, Optional<String> preset) {
    String label = description.isEmpty() ? name : description.textDescription();
    if (type == boolean.class || type == Boolean.class) {
      return preset.filter(String::isEmpty).isPresent()
          ? choice(name, label, List.of("true", "false"), preset)
          : new FormField(name, label, FormField.Kind.CONFIRM, List.of(), preset);
    }
    if (parser instanceof EnumParser<?, ?> enums) {
      return choice(name, label, options(enums), preset);
    }
    FormField.Kind kind = WHOLE.contains(type) ? FormField.Kind.NUMBER : FormField.Kind.TEXT;
    return new FormField(name, label, kind, List.of(), preset);
  }

  private static FormField choice(
      String name, String label, List<String> options, Optional<String> preset) {
    return new FormField(name, label, FormField.Kind.CHOICE, options, preset);
  }

  private static List<String> options(EnumParser<?, ?> parser) {
    return parser.acceptedValues().stream()
        .map(value -> value.toString().toLowerCase(Locale.ROOT))
        .toList();
  }

  /** What is taken if nothing is given; empty for nothing at all. */
  private static String preset(CommandComponent<CommandCall> component) {
    return component.defaultValue() instanceof DefaultValue.ParsedDefaultValue<?, ?> parsed
        ? parsed.value()
        : "";
  }

  private static Style style(ArgumentParser<CommandCall, ?> parser) {
    return switch (parser) {
      case RestOfLine _, TextBeforeFlags _ -> Style.REST;
      case QuotedWord _ -> Style.QUOTED;
      default -> Style.WORD;
    };
  }

  private static Class<?> type(CommandComponent<?> component) {
    return GenericTypeReflector.erase(component.valueType().getType());
  }
}
