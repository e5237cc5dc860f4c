package dev.owlery.core.command;

import dev.owlery.api.command.FormField;
import dev.owlery.api.command.TypedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How a field of a form is asked in one line, and how its answer is read. Pure. */
final class FieldReader {

  private static final Set<String> YES = Set.of("yes", "y", "yeah", "yep", "ok", "true", "on", "1");
  private static final Set<String> NO = Set.of("no", "n", "nope", "false", "off", "0");

  /** Takes the preset: an empty line cannot be sent on most networks. */
  private static final String PRESET = "-";

  private FieldReader() {}

  /** For example {@code Where to? 1) staging 2) production}. */
  static String question(FormField field) {
    return field.label()
        + choices(field)
        + field.preset().map(preset -> " [" + PRESET + " for " + preset + "]").orElse("");
  }

  /** What to say after an answer that was none. */
  static String hint(FormField field) {
    return switch (field.kind()) {
      case TEXT, PARAGRAPH -> "Please write something, or cancel.";
      case NUMBER -> "Please answer with a whole number, or cancel.";
      case CONFIRM -> "Please answer yes or no, or cancel.";
      case CHOICE -> "Please choose one, or cancel:" + choices(field);
    };
  }

  /** The answer in its normal form; empty if the text is no answer. */
  static Optional<String> read(FormField field, String text) {
    if (field.preset().isPresent() && (text.isEmpty() || TypedText.plain(text).equals(PRESET))) {
      return field.preset();
    }
    return switch (field.kind()) {
      case TEXT, PARAGRAPH -> Optional.of(text).filter(some -> !TypedText.strip(some).isEmpty());
      case NUMBER -> number(text);
      case CONFIRM -> yesOrNo(text);
      case CHOICE -> choice(field.options(), text);
    };
  }

  private static String choices(FormField field) {
    return switch (field.kind()) {
      case TEXT, PARAGRAPH, NUMBER -> "";
      case CONFIRM -> field.label().contains("(yes") ? "" : " (yes/no)";
      case CHOICE -> {
        StringBuilder choices = new StringBuilder();
        for (int i = 0; i < field.options().size(); i++) {
          choices.append(' ').append(i + 1).append(") ").append(field.options().get(i));
        }
        yield choices.toString();
      }
    };
  }

  private static Optional<String> number(String text) {
    try {
      return Optional.of(Long.toString(Long.parseLong(TypedText.plain(text))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> yesOrNo(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (YES.contains(word)) {
      return Optional.of("true");
    }
    return NO.contains(word) ? Optional.of("false") : Optional.empty();
  }

  /** An option's text goes before its number, and a beginning counts if only one option has it. */
  private static Optional<String> choice(List<String> options, String typed) {
    String text = TypedText.plain(typed);
    List<String> begun = new ArrayList<>();
    for (String option : options) {
      String plain = TypedText.plain(option);
      if (plain.equalsIgnoreCase(text)) {
        return Optional.of(option);
      }
      if (!text.isEmpty() && plain.regionMatches(true, 0, text, 0, text.length())) {
        begun.add(option);
      }
    }
    Optional<Integer> index =
        number(text.endsWith(")") ? text.substring(0, text.length() - 1) : text)
            .map(Long::parseLong)
            .filter(number -> number >= 1 && number <= options.size())
            .map(number -> Math.toIntExact(number) - 1);
    if (index.isPresent()) {
      return index.map(options::get);
    }
    return begun.size() == 1 ? Optional.of(begun.get(0)) : Optional.empty();
  }
}
