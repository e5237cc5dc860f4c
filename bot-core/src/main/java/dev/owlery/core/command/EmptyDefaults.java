package dev.owlery.core.command;

import dev.owlery.api.command.CommandCall;
import io.leangen.geantyref.GenericTypeReflector;
import java.lang.reflect.Type;
import java.util.List;
import org.incendo.cloud.Command;
import org.incendo.cloud.component.CommandComponent;
import org.incendo.cloud.component.DefaultValue;
import org.incendo.cloud.component.DefaultValue.ParsedDefaultValue;
import org.incendo.cloud.parser.ArgumentParser;

/**
 * Arguments whose standard value is the empty text. The framework puts a standard value at the end
 * of the line and reads on; with an empty one it would do so for ever.
 */
final class EmptyDefaults {

  private EmptyDefaults() {}

  /**
   * The same command, with empty standard values as they are.
   *
   * @throws IllegalArgumentException if an argument is no text
   */
  static Command<CommandCall> settled(Command<CommandCall> command) {
    if (command.components().stream().noneMatch(EmptyDefaults::isEmpty)) {
      return command;
    }
    String name = command.rootComponent().name();
    List<CommandComponent<CommandCall>> components =
        command.components().stream()
            .map(component -> isEmpty(component) ? constant(component, name) : component)
            .toList();
    return new Command<>(
        components,
        command.commandExecutionHandler(),
        command.senderType().<Type>map(sender -> sender.getType()).orElse(CommandCall.class),
        command.commandPermission(),
        command.commandMeta(),
        command.commandDescription());
  }

  private static boolean isEmpty(CommandComponent<CommandCall> component) {
    return component.defaultValue() instanceof ParsedDefaultValue<CommandCall, ?> parsed
        && parsed.value().isBlank();
  }

  @SuppressWarnings("unchecked")
  private static CommandComponent<CommandCall> constant(
      CommandComponent<CommandCall> component, String command) {
    Class<?> type = GenericTypeReflector.erase(component.valueType().getType());
    if (!type.equals(String.class)) {
      throw new IllegalArgumentException(
          "@Default of "
              + component.name()
              + " in "
              + command
              + " is empty, which is no "
              + type.getSimpleName());
    }
    return CommandComponent.<CommandCall, String>builder()
        .name(component.name())
        .valueType(String.class)
        .parser((ArgumentParser<CommandCall, String>) component.parser())
        .description(component.description())
        .suggestionProvider(component.suggestionProvider())
        .preprocessors(component.preprocessors())
        .optional(DefaultValue.constant(""))
        .build();
  }
}
