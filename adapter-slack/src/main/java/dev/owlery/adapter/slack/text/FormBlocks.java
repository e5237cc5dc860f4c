package dev.owlery.adapter.slack.text;

import static com.slack.api.model.block.composition.BlockCompositions.option;
import static com.slack.api.model.block.composition.BlockCompositions.plainText;

import com.google.gson.JsonObject;
import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import com.slack.api.model.block.element.NumberInputElement;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.block.element.StaticSelectElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewSubmit;
import com.slack.api.model.view.ViewTitle;
import dev.owlery.api.action.Ask;
import dev.owlery.api.command.CommandForm;
import dev.owlery.api.command.Form;
import dev.owlery.api.command.FormField;
import dev.owlery.api.slack.SlackNotation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes Slack's blocks and modals of forms, and reads what was clicked and filled in. */
public final class FormBlocks {

  /** Names the modals in which a question is answered. */
  public static final String ANSWER = "owlery-answer";

  /** Names the modals in which a command's arguments are filled in. */
  public static final String COMMAND = "owlery-command";

  private static final String ACTION = "owlery-";
  private static final String VALUE = "value";
  private static final int LONGEST_BUTTON = 75;
  private static final int LONGEST_TITLE = 24;
  private static final int LONGEST_SECTION = 2_900;
  private static final int MOST_BUTTONS = 20;
  private static final int MOST_OPTIONS = 100;

  private FormBlocks() {}

  /**
   * What somebody clicked.
   *
   * @param question the token of the question
   * @param values the answer, if the click is one
   * @param opensForm whether it asks for the modal
   * @param isCancel whether it dismisses the question
   * @param shown the answer for people
   */
  public record Click(
      String question,
      Map<String, String> values,
      boolean opensForm,
      boolean isCancel,
      String shown) {}

  /** The question in words, with its options by number: what notifications show. */
  public static String words(Form form) {
    StringBuilder words = new StringBuilder(form.title());
    for (FormField field : form.fields()) {
      if (!field.label().equals(form.title())) {
        words.append('\n').append(field.label());
      }
      List<String> options = field.options();
      IntStream.range(0, options.size())
          .forEach(i -> words.append('\n').append(i + 1).append(". ").append(options.get(i)));
    }
    return words.toString();
  }

  /** The message that asks. */
  public static List<LayoutBlock> message(Ask ask) {
    List<FormField> fields = ask.form().fields();
    FormField first = fields.getFirst();
    boolean one = fields.size() == 1;
    List<BlockElement> elements = new ArrayList<>();
    if (one && first.kind() == FormField.Kind.CONFIRM) {
      elements.add(button(0, "Yes", answer(ask, first, "true", "Yes")));
      elements.add(button(1, "No", answer(ask, first, "false", "No")));
    } else if (one
        && first.kind() == FormField.Kind.CHOICE
        && first.options().size() <= MOST_BUTTONS) {
      for (String option : first.options()) {
        elements.add(button(elements.size(), option, answer(ask, first, option, option)));
      }
    } else {
      JsonObject opens = new JsonObject();
      opens.addProperty("q", ask.question());
      opens.addProperty("open", true);
      elements.add(button(0, "Answer…", opens.toString()));
    }
    JsonObject cancels = new JsonObject();
    cancels.addProperty("q", ask.question());
    cancels.addProperty("cancel", true);
    elements.add(button(elements.size(), "Cancel", cancels.toString()));
    String title = cut(heading(ask.form()), LONGEST_SECTION);
    return List.of(
        SectionBlock.builder().text(plainText(title, false)).build(),
        ActionsBlock.builder().elements(elements).build());
  }

  private static String heading(Form form) {
    String first = form.fields().getFirst().label();
    boolean says = form.fields().size() > 1 || form.title().equals(first) || first.isBlank();
    return SlackNotation.clean(says ? form.title() : form.title() + "\n" + first);
  }

  private static String answer(Ask ask, FormField field, String value, String shown) {
    JsonObject answer = new JsonObject();
    answer.addProperty("q", ask.question());
    answer.addProperty("f", field.name());
    answer.addProperty("v", value);
    answer.addProperty("s", shown);
    return answer.toString();
  }

  private static ButtonElement button(int number, String text, String value) {
    return ButtonElement.builder()
        .actionId(ACTION + number)
        .text(plainText(cut(SlackNotation.clean(text).replace('\n', ' '), LONGEST_BUTTON), false))
        .value(value)
        .build();
  }

  private static String cut(String text, int most) {
    String shown = text.isBlank() ? "?" : text;
    if (shown.length() <= most) {
      return shown;
    }
    int end = Character.isHighSurrogate(shown.charAt(most - 2)) ? most - 2 : most - 1;
    return shown.substring(0, end) + "…";
  }

  /** Reads a click; empty if it was on something that is not ours. */
  public static Optional<Click> click(JsonObject action) {
    if (!SlackJson.text(action, "action_id").startsWith(ACTION)) {
      return Optional.empty();
    }
    return SlackJson.parse(SlackJson.text(action, VALUE))
        .map(value ->
            new Click(
                SlackJson.text(value, "q"),
                SlackJson.has(value, "f")
                    ? Map.of(SlackJson.text(value, "f"), SlackJson.text(value, "v"))
                    : Map.of(),
                SlackJson.flag(value, "open"),
                SlackJson.flag(value, "cancel"),
                SlackJson.flag(value, "cancel") ? "cancelled" : SlackJson.text(value, "s")));
  }

  /** The modal in which a question is answered. */
  public static View answer(Form form, String question) {
    return view(form.title(), form.fields(), ANSWER, question, "Answer");
  }

  /** The modal in which a command's arguments are filled in. */
  public static View command(CommandForm form, String call) {
    List<FormField> fields = form.arguments().stream().map(CommandForm.Argument::field).toList();
    return view(form.info().name(), fields, COMMAND, call, "Run");
  }

  private static View view(
      String title, List<FormField> fields, String callback, String metadata, String submit) {
    return View.builder()
        .type("modal")
        .callbackId(callback)
        .privateMetadata(metadata)
        .title(
            ViewTitle.builder()
                .type("plain_text")
                .text(cut(SlackNotation.clean(title).replace('\n', ' '), LONGEST_TITLE))
                .build())
        .submit(ViewSubmit.builder().type("plain_text").text(submit).build())
        .close(ViewClose.builder().type("plain_text").text("Close").build())
        .blocks(fields.stream().map(FormBlocks::input).toList())
        .build();
  }

  private static LayoutBlock input(FormField field) {
    return InputBlock.builder()
        .blockId(field.name())
        .label(plainText(cut(SlackNotation.clean(field.label()).replace('\n', ' '), 2_000), false))
        .optional(field.preset().isPresent())
        .element(element(field))
        .build();
  }

  private static BlockElement element(FormField field) {
    String preset = field.preset().filter(text -> !text.isEmpty()).orElse(null);
    return switch (field.kind()) {
      case TEXT, PARAGRAPH ->
          PlainTextInputElement.builder()
              .actionId(VALUE)
              .multiline(field.kind() == FormField.Kind.PARAGRAPH)
              .initialValue(preset)
              .build();
      case NUMBER ->
          NumberInputElement.builder()
              .actionId(VALUE)
              .decimalAllowed(false)
              .initialValue(preset)
              .build();
      case CONFIRM -> select(List.of("true", "false"), List.of("Yes", "No"), preset);
      case CHOICE -> select(field.options(), field.options(), preset);
    };
  }

  private static BlockElement select(
      List<String> values, List<String> shown, @Nullable String preset) {
    List<OptionObject> options =
        IntStream.range(0, Math.min(values.size(), MOST_OPTIONS))
            .mapToObj(i ->
                option(
                    plainText(cut(SlackNotation.clean(shown.get(i)), LONGEST_BUTTON), false),
                    values.get(i).length() <= 150 ? values.get(i) : "#" + i))
            .toList();
    return StaticSelectElement.builder()
        .actionId(VALUE)
        .options(options)
        .initialOption(
            options.stream()
                .filter(each -> each.getValue().equals(preset))
                .findFirst()
                .orElse(null))
        .build();
  }

  /** What was filled in, by field; fields left empty are missing. */
  public static Map<String, String> values(JsonObject view) {
    Map<String, String> values = new HashMap<>();
    JsonObject state = SlackJson.object(view, "state", "values");
    for (String field : state.keySet()) {
      JsonObject input = SlackJson.object(state, field, VALUE);
      String typed = SlackJson.text(input, "value");
      String value = typed.isEmpty() ? SlackJson.text(input, "selected_option", "value") : typed;
      if (!value.isEmpty()) {
        values.put(field, SlackNotation.clean(value));
      }
    }
    return values;
  }

  /** Tells in the modal what is wrong. */
  public static JsonObject errors(String field, String message) {
    JsonObject errors = new JsonObject();
    errors.addProperty(field, message);
    JsonObject answer = new JsonObject();
    answer.addProperty("response_action", "errors");
    answer.add("errors", errors);
    return answer;
  }
}
