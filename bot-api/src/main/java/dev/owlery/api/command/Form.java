package dev.owlery.api.command;

import java.util.List;

/**
 * Questions that belong together. Networks with forms show it as one (XMPP: XEP-0004; Slack:
 * buttons or a modal); on others the fields are asked one after the other, choices by number.
 *
 * @param title one line
 * @param fields what to ask, in order; at least one, with different names
 */
public record Form(String title, List<FormField> fields) {

  /**
   * Checks the fields.
   *
   * @throws IllegalArgumentException if there are none, or two of one name
   */
  public Form {
    fields = List.copyOf(fields);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("a form has at least one field");
    }
    if (fields.stream().map(FormField::name).distinct().count() < fields.size()) {
      throw new IllegalArgumentException("a form's fields have different names");
    }
  }

  /**
   * A form of one field.
   *
   * @param title one line
   * @param field the field
   * @return the form
   */
  public static Form of(String title, FormField field) {
    return new Form(title, List.of(field));
  }
}
