package dev.owlery.core.command;

import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.TypedText;
import io.leangen.geantyref.TypeToken;
import org.incendo.cloud.context.CommandContext;
import org.incendo.cloud.context.CommandInput;
import org.incendo.cloud.parser.ArgumentParseResult;
import org.incendo.cloud.parser.ArgumentParser;
import org.incendo.cloud.parser.ParserParameters;
import org.incendo.cloud.parser.ParserRegistry;
import org.incendo.cloud.parser.StandardParameters;
import org.incendo.cloud.parser.standard.StringParser;
import org.incendo.cloud.parser.standard.StringParser.StringMode;

/**
 * A greedy text argument takes the rest of what was typed as it is. The framework's own puts one
 * space wherever there was any white space, so that lines and indentation would be lost.
 */
final class RestOfLine implements ArgumentParser<CommandCall, String> {

  private RestOfLine() {}

  static void register(ParserRegistry<CommandCall> parsers) {
    parsers.registerParserSupplier(TypeToken.get(String.class), RestOfLine::parser);
  }

  private static ArgumentParser<CommandCall, String> parser(ParserParameters options) {
    if (options.get(StandardParameters.FLAG_YIELDING, false)) {
      return new TextBeforeFlags();
    }
    if (options.get(StandardParameters.GREEDY, false)) {
      return new RestOfLine();
    }
    return options.get(StandardParameters.QUOTED, false) ? new QuotedWord() : new Word();
  }

  @Override
  public ArgumentParseResult<String> parse(
      CommandContext<CommandCall> context, CommandInput input) {
    int at = input.cursor();
    int end = at + input.remainingLength();
    String rest = TypedText.strip(CommandLine.typed(context, input, at, end));
    String _ = input.read(end - at);
    return rest.isEmpty()
        ? ArgumentParseResult.failure(
            new StringParser.StringParseException(rest, StringMode.GREEDY, context))
        : ArgumentParseResult.success(rest);
  }

  /** One word, as it was typed. */
  private static final class Word implements ArgumentParser<CommandCall, String> {
    private final ArgumentParser<CommandCall, String> word = new StringParser<>(StringMode.SINGLE);

    @Override
    public ArgumentParseResult<String> parse(
        CommandContext<CommandCall> context, CommandInput input) {
      int at = input.cursor();
      ArgumentParseResult<String> read = word.parse(context, input);
      return read.failure().isPresent()
          ? read
          : ArgumentParseResult.success(
              TypedText.strip(CommandLine.typed(context, input, at, input.cursor())));
    }
  }
}
