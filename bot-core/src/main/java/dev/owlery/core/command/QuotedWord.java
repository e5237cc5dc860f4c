package dev.owlery.core.command;

import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.TypedText;
import java.util.regex.Pattern;
import org.incendo.cloud.context.CommandContext;
import org.incendo.cloud.context.CommandInput;
import org.incendo.cloud.parser.ArgumentParseResult;
import org.incendo.cloud.parser.ArgumentParser;
import org.incendo.cloud.parser.standard.StringParser;
import org.incendo.cloud.parser.standard.StringParser.StringMode;

/**
 * A word, or several between quotes, straight or typographic, single or double, in which a
 * backslash makes a quote a character like any other. Read once from left to right: the framework's
 * own parser searches again and again by an expression that recurses for every character.
 * Immutable; any thread.
 */
final class QuotedWord implements ArgumentParser<CommandCall, String> {

  private static final Pattern ESCAPED =
      Pattern.compile("\\\\([\"'\u2018-\u201f\u00ab\u00bb\u2039\u203a\u2032\u2033\uff02\uff07])");

  @Override
  public ArgumentParseResult<String> parse(
      CommandContext<CommandCall> context, CommandInput input) {
    String rest = input.remainingInput();
    boolean isQuoted = !rest.isEmpty() && isQuote(rest.charAt(0));
    int close = isQuoted ? close(rest) : 0;
    if (close < 0 && rest.charAt(0) >= 0x80) {
      // Perhaps an apostrophe.
      isQuoted = false;
      close = 0;
    }
    if (rest.isEmpty() || close < 0) {
      return ArgumentParseResult.failure(
          new StringParser.StringParseException(rest, StringMode.QUOTED, context));
    }
    int end = TypedText.wordEnd(rest, close);
    int at = input.cursor();
    String word =
        isQuoted
            ? ESCAPED
                .matcher(CommandLine.typed(context, input, at + 1, at + close))
                .replaceAll("$1")
            : CommandLine.typed(context, input, at, at + end);
    String _ = input.read(end);
    return ArgumentParseResult.success(word);
  }

  private static boolean isQuote(char c) {
    return TypedText.isDoubleQuote(c) || TypedText.isSingleQuote(c);
  }

  /** Where the quote ends that a text begins with; negative if it does not. */
  private static int close(String text) {
    boolean isDouble = TypedText.isDoubleQuote(text.charAt(0));
    for (int at = 1; at < text.length(); at++) {
      if (text.charAt(at) == '\\') {
        at++;
      } else if (isDouble ? TypedText.isDoubleQuote(text.charAt(at)) : closesSingle(text, at)) {
        return at;
      }
    }
    return -1;
  }

  /** An apostrophe within a word is none of the quotes. */
  private static boolean closesSingle(String text, int at) {
    return TypedText.isSingleQuote(text.charAt(at))
        && (text.charAt(at) == '\''
            || at + 1 == text.length()
            || !Character.isLetterOrDigit(text.charAt(at + 1)));
  }
}
