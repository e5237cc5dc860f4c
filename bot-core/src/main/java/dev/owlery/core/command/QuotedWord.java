package dev.owlery.core.command;

import dev.owlery.api.command.CommandCall;
import org.incendo.cloud.context.CommandContext;
import org.incendo.cloud.context.CommandInput;
import org.incendo.cloud.parser.ArgumentParseResult;
import org.incendo.cloud.parser.ArgumentParser;
import org.incendo.cloud.parser.standard.StringParser;
import org.incendo.cloud.parser.standard.StringParser.StringMode;

/**
 * A word, or several between quotes of either kind, in which a backslash makes a quote a character
 * like any other. Read once from left to right: the framework's own parser searches again and again
 * by an expression that recurses for every character. Immutable; any thread.
 */
final class QuotedWord implements ArgumentParser<CommandCall, String> {

  @Override
  public ArgumentParseResult<String> parse(
      CommandContext<CommandCall> context, CommandInput input) {
    String rest = input.remainingInput();
    boolean isQuoted = !rest.isEmpty() && (rest.charAt(0) == '"' || rest.charAt(0) == '\'');
    int close = isQuoted ? close(rest) : 0;
    if (rest.isEmpty() || close < 0) {
      return ArgumentParseResult.failure(
          new StringParser.StringParseException(rest, StringMode.QUOTED, context));
    }
    int end = wordEnd(rest, close);
    String word = isQuoted ? rest.substring(1, close) : rest.substring(0, end);
    String _ = input.read(end);
    return ArgumentParseResult.success(
        isQuoted ? word.replace("\\\"", "\"").replace("\\'", "'") : word);
  }

  /** Where the quote ends that a text begins with; negative if it does not. */
  private static int close(String text) {
    char quote = text.charAt(0);
    for (int at = 1; at < text.length(); at++) {
      if (text.charAt(at) == '\\') {
        at++;
      } else if (text.charAt(at) == quote) {
        return at;
      }
    }
    return -1;
  }

  private static int wordEnd(String text, int from) {
    int at = from;
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
