package dev.owlery.core.command;

import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.TypedText;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.incendo.cloud.context.CommandContext;
import org.incendo.cloud.context.CommandInput;
import org.incendo.cloud.parser.ArgumentParseResult;
import org.incendo.cloud.parser.ArgumentParser;
import org.incendo.cloud.parser.standard.StringParser;
import org.incendo.cloud.parser.standard.StringParser.StringMode;

/**
 * The words up to the first flag, with one blank between them. Read once from left to right: the
 * framework's own parser copies the rest of the line for every word. Immutable; any thread.
 */
final class TextBeforeFlags implements ArgumentParser<CommandCall, String> {
  private static final Pattern FLAG = Pattern.compile("-[A-Za-z_0-9-].*|--", Pattern.DOTALL);

  @Override
  public ArgumentParseResult<String> parse(
      CommandContext<CommandCall> context, CommandInput input) {
    String rest = input.remainingInput();
    int cursor = input.cursor();
    StringJoiner words = new StringJoiner(" ");
    int at = 0;
    int read = 0;
    while (at < rest.length()) {
      int begin = skip(rest, at, true);
      int end = skip(rest, begin, false);
      String word = rest.substring(begin, end);
      if (FLAG.matcher(word).matches()) {
        break;
      }
      if (begin < end) {
        words.add(CommandLine.typed(context, input, cursor + begin, cursor + end));
        read = end;
      }
      at = end;
    }
    if (words.length() == 0) {
      return ArgumentParseResult.failure(
          new StringParser.StringParseException(rest, StringMode.GREEDY, context));
    }
    String _ = input.read(read);
    return ArgumentParseResult.success(words.toString());
  }

  private static int skip(String text, int from, boolean blanks) {
    int at = from;
    while (at < text.length() && TypedText.isBlank(text.charAt(at)) == blanks) {
      at++;
    }
    return at;
  }
}
