package dev.owlery.launcher.config.hocon;

import dev.owlery.launcher.config.hocon.HoconToken.TokenKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads HOCON up to its first fault, which it knows how to explain. */
final class HoconParser {

  /** Deeper nesting is the other reader's to refuse. */
  private static final int DEEPEST = 64;

  private final List<HoconToken> tokens;
  private final Explainer explainer;
  private final Indentation indentation;
  private final List<SourceValue> values = new ArrayList<>();
  private final List<Include> includes = new ArrayList<>();
  private final List<HoconToken> listComments = new ArrayList<>();
  private final Deque<HoconToken> open = new ArrayDeque<>();
  private int position;

  HoconParser(String text) {
    this.tokens = HoconScanner.tokens(text);
    this.explainer = new Explainer(text);
    this.indentation = new Indentation(text);
  }

  List<SourceValue> values() {
    return List.copyOf(values);
  }

  List<Include> includes() {
    return List.copyOf(includes);
  }

  /** The comments that stand in lists. */
  List<HoconToken> listComments() {
    return List.copyOf(listComments);
  }

  /** Reads all of it. */
  void parse() {
    skipBlank();
    if (peek().kind() == TokenKind.OPEN_BLOCK) {
      block("", next());
      skipBlank();
    }
    entries("", false);
  }

  private HoconToken peek() {
    return tokens.get(position);
  }

  private HoconToken next() {
    return tokens.get(position++);
  }

  /** The last token before the next one that is neither a line's end nor a comment. */
  private HoconToken lastSignificant() {
    int at = position - 1;
    while (at > 0
        && (tokens.get(at).kind() == TokenKind.NEWLINE
            || tokens.get(at).kind() == TokenKind.COMMENT)) {
      at--;
    }
    return tokens.get(Math.max(0, at));
  }

  /** The next token that is neither a line's end nor a comment. */
  private HoconToken behindBlank() {
    int at = position;
    while (tokens.get(at).kind() == TokenKind.NEWLINE
        || tokens.get(at).kind() == TokenKind.COMMENT) {
      at++;
    }
    return tokens.get(at);
  }

  private void skipBlank() {
    while (peek().kind() == TokenKind.NEWLINE || peek().kind() == TokenKind.COMMENT) {
      next();
    }
  }

  private void block(String path, HoconToken opening) {
    open.push(opening);
    if (open.size() > DEEPEST) {
      position = tokens.size() - 1;
      open.clear();
      return;
    }
    indentation.opened(path, opening);
    entries(path, true);
    open.poll();
  }

  /** The entries of a block up to its end, or of the whole text. */
  private void entries(String path, boolean isBlock) {
    boolean mayHaveComma = false;
    for (; ; ) {
      HoconToken token = peek();
      switch (token.kind()) {
        case NEWLINE, COMMENT -> next();
        case COMMA -> {
          if (!mayHaveComma) {
            throw explainer.extraComma(path, token);
          }
          mayHaveComma = false;
          next();
        }
        case END -> {
          if (isBlock && !open.isEmpty()) {
            throw indentation.unclosed(lastSignificant());
          }
          return;
        }
        case CLOSE_BLOCK -> {
          if (!isBlock) {
            throw indentation.closesNothing(token);
          }
          indentation.closed(token);
          next();
          return;
        }
        case CLOSE_LIST -> throw explainer.closesNoList(path, token, open.peek());
        case OPEN_LIST -> throw explainer.section(path, token);
        case OPEN_BLOCK -> throw explainer.nameless(path, token);
        default -> {
          entry(path);
          mayHaveComma = true;
        }
      }
    }
  }

  private void entry(String path) {
    indentation.entry(peek());
    List<HoconToken> key = new ArrayList<>();
    while (peek().isText()) {
      key.add(next());
    }
    if (isInclude(key)) {
      include(key);
      return;
    }
    String name = Paths.join(path, key);
    if (!key.isEmpty() && behindBlank().kind() == TokenKind.OPEN_BLOCK) {
      skipBlank();
    }
    HoconToken token = peek();
    if (token.kind() == TokenKind.BROKEN_QUOTED) {
      throw explainer.brokenQuote(name.isEmpty() ? path : name, key, token);
    } else if (token.isSeparator() && !key.isEmpty()) {
      next();
      value(name, key.getFirst(), token);
    } else if (token.kind() == TokenKind.OPEN_BLOCK && !key.isEmpty()) {
      values.add(new SourceValue(name, token.line(), List.of(token), false, token));
      next();
      block(name, token);
      HoconToken behind = peek();
      if (behind.isText() || behind.kind() == TokenKind.OPEN_BLOCK || behind.isSeparator()) {
        throw explainer.missingComma(path, behind);
      }
    } else {
      throw explainer.badKey(path, name, key, token);
    }
  }

  private boolean isInclude(List<HoconToken> key) {
    return !key.isEmpty()
        && key.getFirst().text().equals("include")
        && (key.size() > 1 && !peek().isSeparator() && peek().kind() != TokenKind.OPEN_BLOCK);
  }

  private void include(List<HoconToken> statement) {
    HoconToken last = statement.getLast();
    if (last.kind() == TokenKind.QUOTED) {
      includes.add(new Include(last.unquoted(), true, last.line()));
      return;
    }
    boolean isFile = statement.get(1).text().matches("(required\\()?(file\\()?");
    if (!isFile && !statement.get(1).text().matches("(required\\()?(url|classpath)\\(")) {
      throw explainer.badInclude(statement.getFirst());
    }
    for (HoconToken token : statement) {
      if (token.kind() == TokenKind.QUOTED) {
        includes.add(new Include(token.unquoted(), isFile, token.line()));
        return;
      }
    }
    throw explainer.badInclude(statement.getFirst());
  }

  private void value(String path, HoconToken key, HoconToken separator) {
    HoconToken behind = peek();
    if (behind.isSeparator()) {
      throw explainer.doubleSeparator(path, separator, behind);
    }
    skipBlank();
    HoconToken start = peek();
    if (start.line() > separator.line() && startsEntry()) {
      throw explainer.noValue(path, key, separator, behind, start, indentation);
    }
    switch (start.kind()) {
      case CLOSE_BLOCK, CLOSE_LIST, COMMA, END ->
          throw explainer.noValue(path, key, separator, behind, start, indentation);
      default -> pieces(path, key.line(), false);
    }
  }

  /** Whether the next tokens are a key and what follows keys. */
  private boolean startsEntry() {
    int at = position;
    while (tokens.get(at).isText()) {
      at++;
    }
    HoconToken behind = tokens.get(at);
    return at > position && (behind.isSeparator() || behind.kind() == TokenKind.OPEN_BLOCK);
  }

  private void pieces(String path, int line, boolean isElement) {
    List<HoconToken> pieces = new ArrayList<>();
    int index = values.size();
    for (; ; ) {
      HoconToken token = peek();
      switch (token.kind()) {
        case WORD, QUOTED -> {
          if (!pieces.isEmpty() && !pieces.getLast().isText() && isBracket(pieces.getLast())) {
            throw explainer.missingComma(path, token);
          }
          explainer.checkEscapes(path, token);
          pieces.add(next());
        }
        case REFERENCE -> pieces.add(next());
        case OPEN_BLOCK, OPEN_LIST -> {
          if (!pieces.isEmpty() && pieces.getLast().isText()) {
            throw explainer.bracketAfterText(path, pieces, token, isElement, unclosedList());
          }
          pieces.add(next());
          if (token.kind() == TokenKind.OPEN_BLOCK) {
            block(path, token);
          } else {
            list(path, token);
          }
        }
        case RESERVED -> throw explainer.reserved(path, pieces, token);
        case BROKEN_QUOTED -> throw explainer.brokenQuote(path, pieces, token);
        case BROKEN_REFERENCE -> throw explainer.brokenReference(path, token);
        case EQUALS, COLON, APPEND ->
            throw explainer.separatorInValue(
                path, pieces, token, tokens.get(position + 1), isElement, unclosedList());
        default -> {
          if (!pieces.isEmpty()) {
            values.add(index, new SourceValue(path, line, List.copyOf(pieces), isElement, token));
          }
          return;
        }
      }
    }
  }

  private static boolean isBracket(HoconToken token) {
    return token.kind() == TokenKind.OPEN_BLOCK || token.kind() == TokenKind.OPEN_LIST;
  }

  /** How a list that should have ended by now would be reported. */
  private Explainer.UnclosedList unclosedList() {
    int first = position - 1;
    while (first > 0 && tokens.get(first).isText()) {
      first--;
    }
    int before = first;
    while (before > 0
        && (tokens.get(before).kind() == TokenKind.NEWLINE
            || tokens.get(before).kind() == TokenKind.COMMENT)) {
      before--;
    }
    return new Explainer.UnclosedList(
        open.peek(), tokens.get(Math.max(0, before)), List.copyOf(listComments));
  }

  private void list(String path, HoconToken opening) {
    open.push(opening);
    if (open.size() > DEEPEST) {
      position = tokens.size() - 1;
      open.clear();
      return;
    }
    boolean mayHaveComma = false;
    int elements = 0;
    for (; ; ) {
      HoconToken token = peek();
      switch (token.kind()) {
        case NEWLINE -> next();
        case COMMENT -> listComments.add(next());
        case COMMA -> {
          if (!mayHaveComma) {
            throw explainer.extraComma(path, token);
          }
          mayHaveComma = false;
          next();
        }
        case CLOSE_LIST -> {
          next();
          open.poll();
          return;
        }
        case CLOSE_BLOCK, END -> {
          if (open.isEmpty()) {
            return;
          }
          throw explainer.unclosedList(
              path,
              new Explainer.UnclosedList(opening, lastSignificant(), List.copyOf(listComments)),
              token);
        }
        default -> {
          elements++;
          pieces(path + "[" + elements + "]", token.line(), true);
          mayHaveComma = true;
        }
      }
    }
  }
}
