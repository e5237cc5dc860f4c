package dev.owlery.api.command;

import java.util.List;
import java.util.Optional;

/**
 * One question of a form.
 *
 * @param name names the answer, for the plugin
 * @param label asks, for the person
 * @param kind what sort of answer it takes
 * @param options for {@link Kind#CHOICE} what there is to choose from, else empty
 * @param preset the answer if the person gives none; without it the field must be answered
 */
public record FormField(
    String name, String label, Kind kind, List<String> options, Optional<String> preset) {

  /** What sort of answer a field takes. */
  public enum Kind {
    /** One line. */
    TEXT,
    /** One or more lines. */
    PARAGRAPH,
    /** A whole number. */
    NUMBER,
    /** Yes or no. */
    CONFIRM,
    /** One of the options. */
    CHOICE
  }

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if a choice has no options
   */
  public FormField {
    options = List.copyOf(options);
    if (kind == Kind.CHOICE && options.isEmpty()) {
      throw new IllegalArgumentException("a choice has at least one option");
    }
  }

  /**
   * Asks for one line.
   *
   * @param name names the answer
   * @param label asks
   * @return the field
   */
  public static FormField text(String name, String label) {
    return new FormField(name, label, Kind.TEXT, List.of(), Optional.empty());
  }

  /**
   * Asks for a whole number.
   *
   * @param name names the answer
   * @param label asks
   * @return the field
   */
  public static FormField number(String name, String label) {
    return new FormField(name, label, Kind.NUMBER, List.of(), Optional.empty());
  }

  /**
   * Asks for one of several.
   *
   * @param name names the answer
   * @param label asks
   * @param options what there is to choose from
   * @return the field
   */
  public static FormField choice(String name, String label, List<String> options) {
    return new FormField(name, label, Kind.CHOICE, options, Optional.empty());
  }

  /**
   * Asks for yes or no.
   *
   * @param name names the answer
   * @param label asks
   * @return the field
   */
  public static FormField confirm(String name, String label) {
    return new FormField(name, label, Kind.CONFIRM, List.of(), Optional.empty());
  }
}
