package dev.owlery.adapter.console;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;

/**
 * On a terminal: a line editor at the bottom, and what is said above it. Interrupt (Ctrl-C) throws
 * away a line that was begun, and ends an empty one, as the end of input (Ctrl-D) does.
 */
final class TerminalScreen implements Screen {

  private static final int REMEMBERED_LINES = 1_000;

  private final Terminal terminal;
  private final LineReader reader;

  TerminalScreen(
      Terminal terminal, Optional<Path> history, Function<String, List<String>> completer) {
    this.terminal = terminal;
    // What is typed to a bot is not a shell's line: quotes may stay open and ! is no history.
    DefaultParser parser = new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]);
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .parser(parser)
            .completer(candidates(completer))
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .variable(LineReader.HISTORY_SIZE, REMEMBERED_LINES)
            .variable(LineReader.HISTORY_FILE_SIZE, REMEMBERED_LINES);
    history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    this.reader = builder.build();
  }

  static TerminalScreen ofSystem(Optional<Path> history, Function<String, List<String>> completer)
      throws IOException {
    return new TerminalScreen(TerminalBuilder.builder().system(true).build(), history, completer);
  }

  private static Completer candidates(Function<String, List<String>> completer) {
    return (reader, line, candidates) ->
        completer.apply(line.line().substring(0, line.cursor())).stream()
            .map(Candidate::new)
            .forEach(candidates::add);
  }

  @Override
  public Optional<String> readLine(String prompt) {
    while (true) {
      try {
        return Optional.of(reader.readLine(prompt));
      } catch (EndOfFileException end) {
        return Optional.empty();
      } catch (UserInterruptException interrupt) {
        if (interrupt.getPartialLine().isBlank()) {
          return Optional.empty();
        }
      }
    }
  }

  @Override
  public void show(Said said) {
    above(AnsiText.of(said));
  }

  @Override
  public void note(String note) {
    above(AnsiText.note(note));
  }

  private void above(AttributedString text) {
    reader.printAbove(text);
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException gone) {
      // The terminal is what we wanted to be rid of; the process's log goes elsewhere.
      System.err.println("the terminal could not be restored: " + gone.getMessage());
    }
  }
}
