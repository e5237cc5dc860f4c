package dev.owlery.api.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command as a network with forms shows it: what it is, and a field for each argument.
 *
 * @param info the command
 * @param arguments in the order of the line; empty if it takes none
 */
public record CommandForm(CommandInfo info, List<Argument> arguments) {

  /** How an argument stands in the line. */
  public enum Style {
    /** One word. */
    WORD,
    /** One word, or several in quotation marks. */
    QUOTED,
    /** All that is left of the line. */
    REST,
    /** A flag: there or not. */
    SWITCH,
    /** A flag with a value of one word behind it. */
    OPTION
  }

  /**
   * An argument as a field.
   *
   * @param field how it is asked; a preset of the empty text means that it may be left out
   * @param style how it stands in the line
   */
  public record Argument(FormField field, Style style) {}

  /** Copies the list, so that the form stays as it is. */
  public CommandForm {
    arguments = List.copyOf(arguments);
  }

  /**
   * All fields as one form.
   *
   * @return empty if the command takes no arguments
   */
  public Optional<Form> form() {
    String title = info.description().isEmpty() ? info.name() : info.description();
    return arguments.isEmpty()
        ? Optional.empty()
        : Optional.of(new Form(title, arguments.stream().map(Argument::field).toList()));
  }

  /**
   * Makes the command line of a filled-in form.
   *
   * @param values by field name; missing ones take their preset
   * @return the line, without prefix
   * @throws IllegalArgumentException if a required value is missing or cannot stand in a line; the
   *     text is fit for a user
   */
  public String line(Map<String, String> values) {
    StringBuilder line = new StringBuilder(info.name());
    boolean left = false;
    for (Argument argument : arguments) {
      FormField field = argument.field();
      String value = value(field, values);
      if (value.isEmpty()) {
        left |= argument.style() != Style.SWITCH && argument.style() != Style.OPTION;
        continue;
      }
      switch (argument.style()) {
        case SWITCH -> line.append(isYes(value) ? " --" + field.name() : "");
        case OPTION ->
            line.append(" --").append(field.name()).append(' ').append(word(field, value));
        case WORD, QUOTED, REST -> {
          if (left) {
            throw new IllegalArgumentException(
                field.label() + " cannot be given without what stands before it");
          }
          line.append(' ').append(written(argument, value));
        }
      }
    }
    return line.toString();
  }

  /** Data forms write it as a digit too (XEP-0004 section 3.3). */
  private static boolean isYes(String value) {
    return value.equals("1") || Boolean.parseBoolean(value);
  }

  private static String value(FormField field, Map<String, String> values) {
    String given = values.getOrDefault(field.name(), "").strip();
    if (!given.isEmpty()) {
      return given;
    }
    return field
        .preset()
        .orElseThrow(() -> new IllegalArgumentException(field.label() + " is missing"));
  }

  private static String written(Argument argument, String value) {
    return switch (argument.style()) {
      case REST -> value;
      case QUOTED -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
      case WORD, SWITCH, OPTION -> word(argument.field(), value);
    };
  }

  private static String word(FormField field, String value) {
    if (value.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException(field.label() + " must be one word");
    }
    return value;
  }
}
