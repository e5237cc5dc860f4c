package dev.owlery.api.command;

import java.util.Map;

/**
 * What a person answered to a form; every field has an answer of its kind.
 *
 * @param values the answers by field name: {@code true} or {@code false} for a confirmation, digits
 *     for a number, one of the options for a choice
 */
public record Answers(Map<String, String> values) {

  /** Copies the map, so that the answers stay as they are. */
  public Answers {
    values = Map.copyOf(values);
  }

  /**
   * The answer to a field.
   *
   * @param name the field's name
   * @return what was answered
   * @throws IllegalArgumentException if the form has no such field
   */
  public String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the form has no field " + name);
    }
    return value;
  }

  /**
   * The answer to a confirmation.
   *
   * @param name the field's name
   * @return true for yes
   * @throws IllegalArgumentException if the form has no such field
   */
  public boolean yes(String name) {
    return Boolean.parseBoolean(text(name));
  }

  /**
   * The answer to a number field.
   *
   * @param name the field's name
   * @return the number
   * @throws IllegalArgumentException if the form has no such field, or it is no number
   */
  public long number(String name) {
    return Long.parseLong(text(name));
  }
}
