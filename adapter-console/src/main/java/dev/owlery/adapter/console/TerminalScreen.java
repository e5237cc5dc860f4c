package dev.owlery.adapter.console;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
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

  /** What was pasted behind the line that was read last. Belongs to the reading thread. */
  private final Deque<String> pasted = new ArrayDeque<>();

  /**
   * What stands in the place of standard error while the screen is open; none if it is elsewhere.
   */
  private Optional<ErrorLines> errors = Optional.empty();

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
    Terminal terminal = TerminalBuilder.builder().system(true).encoding(encoding()).build();
    TerminalScreen screen = new TerminalScreen(terminal, history, completer);
    if (errorsGoToTerminal()) {
      screen.takeErrors();
    }
    return screen;
  }

  /**
   * A terminal without a locale (LANG=C) is taken for one that shows UTF-8: nearly all do, and in
   * ASCII every other letter would be a question mark.
   */
  private static Charset encoding() {
    String stated = System.getProperty("stdout.encoding", "UTF-8");
    Charset known = Charset.isSupported(stated) ? Charset.forName(stated) : UTF_8;
    return known.equals(US_ASCII) ? UTF_8 : known;
  }

  /**
   * Whether standard error goes to the same terminal as standard output, as far as can be known.
   */
  static boolean errorsGoToTerminal() {
    Path streams = Path.of("/proc/self/fd");
    try {
      return Files.readSymbolicLink(streams.resolve("1"))
          .equals(Files.readSymbolicLink(streams.resolve("2")));
    } catch (IOException | UnsupportedOperationException unknown) {
      return true;
    }
  }

  /** Lines on standard error, the log's among them, are shown above what is being typed. */
  void takeErrors() {
    errors = Optional.of(ErrorLines.take(line -> above(AnsiText.note(line))));
  }

  private static Completer candidates(Function<String, List<String>> completer) {
    return (reader, line, candidates) ->
        completer.apply(line.line().substring(0, line.cursor())).stream()
            .map(Candidate::new)
            .forEach(candidates::add);
  }

  @Override
  public Optional<String> readLine(String prompt) {
    if (!pasted.isEmpty()) {
      return Optional.of(pasted.pop());
    }
    while (true) {
      try {
        // What is pasted may be several lines, which are as many messages.
        pasted.addAll(reader.readLine(prompt).lines().toList());
        return Optional.of(pasted.isEmpty() ? "" : pasted.pop());
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
  public void show(ScreenMessage said) {
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
    errors.ifPresent(ErrorLines::close);
    errors = Optional.empty();
    try {
      terminal.close();
    } catch (IOException gone) {
      // The terminal is what we wanted to be rid of; the process's log goes elsewhere.
      System.err.println("the terminal could not be restored: " + gone.getMessage());
    }
  }
}
