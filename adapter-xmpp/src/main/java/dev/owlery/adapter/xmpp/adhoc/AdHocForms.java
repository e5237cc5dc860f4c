package dev.owlery.adapter.xmpp.adhoc;

import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.api.command.Form;
import dev.owlery.api.command.FormField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jivesoftware.smackx.xdata.packet.DataForm;

/** Our forms as data forms (XEP-0004), and back. Pure. */
final class AdHocForms {

  private AdHocForms() {}

  /**
   * A form to be filled in.
   *
   * @param form ours
   * @return the same as a data form
   */
  static DataForm toFillIn(Form form) {
    DataForm.Builder builder = DataForm.builder(DataForm.Type.form).setTitle(clean(form.title()));
    form.fields().forEach(field -> builder.addField(field(field)));
    return builder.build();
  }

  private static org.jivesoftware.smackx.xdata.FormField field(FormField field) {
    String name = field.name();
    String label = clean(field.label());
    boolean isRequired = field.preset().isEmpty();
    return switch (field.kind()) {
      case TEXT, NUMBER -> {
        var text = org.jivesoftware.smackx.xdata.FormField.textSingleBuilder(name);
        field.preset().filter(preset -> !preset.isEmpty()).ifPresent(text::setValue);
        yield text.setLabel(label).setRequired(isRequired).build();
      }
      case PARAGRAPH -> {
        var text = org.jivesoftware.smackx.xdata.FormField.textMultiBuilder(name);
        field.preset().ifPresent(preset -> preset.lines().forEach(text::addValue));
        yield text.setLabel(label).setRequired(isRequired).build();
      }
      case CONFIRM -> {
        var yesNo = org.jivesoftware.smackx.xdata.FormField.booleanBuilder(name);
        field.preset().ifPresent(preset -> yesNo.setValue(Boolean.parseBoolean(preset)));
        yield yesNo.setLabel(label).setRequired(isRequired).build();
      }
      case CHOICE -> {
        var list = org.jivesoftware.smackx.xdata.FormField.listSingleBuilder(name);
        field.options().forEach(option -> list.addOption(clean(option)));
        field.preset().filter(field.options()::contains).ifPresent(list::setValue);
        yield list.setLabel(label).setRequired(isRequired).build();
      }
    };
  }

  /**
   * What somebody filled in.
   *
   * @param submitted their form
   * @return values by field name; of several values the lines of one
   */
  static Map<String, String> values(DataForm submitted) {
    Map<String, String> values = new LinkedHashMap<>();
    for (var field : submitted.getFields()) {
      String name = field.getFieldName();
      List<String> all = field.getValuesAsString();
      if (name != null && !all.isEmpty()) {
        values.put(name, String.join("\n", all));
      }
    }
    return values;
  }

  /**
   * What a command said, where it is more than a line.
   *
   * @param lines the lines
   * @return a form that shows them
   */
  static DataForm result(List<String> lines) {
    var field = org.jivesoftware.smackx.xdata.FormField.textMultiBuilder("answer");
    lines.forEach(field::addValue);
    return DataForm.builder(DataForm.Type.result)
        .addField(field.setLabel("Answer").build())
        .build();
  }

  private static String clean(String text) {
    return Markup.clean(text);
  }
}
