package dev.owlery.launcher.config.hocon;

import dev.owlery.launcher.config.hocon.SyntaxFault.Repair;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out by the indentation of lines which brace is missing, or too many: counting them only
 * says that one is, at the end of the file.
 */
final class Indentation {

  private final String text;
  private final Deque<OpenBlock> open = new ArrayDeque<>();
  private @Nullable Missing missing;
  private int closesTooMuch;

  /** A block that is open. */
  private record OpenBlock(String path, HoconToken brace) {}

  /** A brace that is missing before a token. */
  private record Missing(OpenBlock block, HoconToken before, boolean isKey) {}

  Indentation(String text) {
    this.text = text;
  }

  /** The blanks in front of a token's line. */
  int of(HoconToken token) {
    int start = startOfLine(token);
    int at = start;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at - start;
  }

  private int startOfLine(HoconToken token) {
    return text.lastIndexOf('\n', token.start() - 1) + 1;
  }

  private boolean isFirst(HoconToken token) {
    return startOfLine(token) + of(token) == token.start();
  }

  void opened(String path, HoconToken brace) {
    open.push(new OpenBlock(path, brace));
  }

  void entry(HoconToken key) {
    OpenBlock block = open.peek();
    if (block != null
        && missing == null
        && key.line() > block.brace().line()
        && isFirst(key)
        && of(key) <= of(block.brace())
        && !isFirst(block.brace())) {
      missing = new Missing(block, key, true);
    }
  }

  void closed(HoconToken brace) {
    OpenBlock block = open.poll();
    if (block == null || brace.line() == block.brace().line() || !isFirst(brace)) {
      return;
    }
    if (missing == null && of(brace) < of(block.brace())) {
      missing = new Missing(block, brace, false);
    }
    if (closesTooMuch == 0 && of(brace) > of(block.brace())) {
      closesTooMuch = brace.line();
    }
  }

  SyntaxFaultException unclosed(HoconToken last) {
    Missing found = missing;
    OpenBlock block = found == null ? open.peek() : found.block();
    if (block == null) {
      throw new IllegalStateException("no block is open");
    }
    String name = block.path().isEmpty() ? "" : " of " + Paths.last(block.path());
    String where = found == null ? "at the end" : "before line " + found.before().line();
    Repair repair =
        found == null
            ? new Repair(last.end(), last.end(), " }")
            : new Repair(
                found.before().start(), found.before().start(), found.isKey() ? "}, " : "} ");
    return new SyntaxFaultException(
        new SyntaxFault(
            block.brace().line(),
            block.path(),
            "the \"{\"" + name + " is never closed: a \"}\" is missing " + where,
            Optional.of(repair)));
  }

  SyntaxFaultException closesNothing(HoconToken brace) {
    String earlier =
        closesTooMuch == 0 || closesTooMuch == brace.line()
            ? ""
            : "; by its indentation the one in line " + closesTooMuch + " closes too much";
    return new SyntaxFaultException(
        new SyntaxFault(
            brace.line(),
            "",
            "there is a \"}\" too many: no \"{\" is open here" + earlier,
            Optional.of(new Repair(brace.start(), brace.end(), " "))));
  }
}
