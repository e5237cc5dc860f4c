package dev.owlery.launcher.config.hocon;

import dev.owlery.launcher.config.hocon.HoconToken.TokenKind;
import dev.owlery.launcher.config.hocon.SyntaxFault.Repair;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a place, what to write instead, and how to go on behind it. */
final class Explainer {

  private static final Pattern SHELL_VARIABLE = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)");
  private static final Pattern OTHER_COMMENT =
      Pattern.compile("(;|--|/\\*|/$|<!--|%|'|\\*).*", Pattern.DOTALL);
  private static final Pattern BAD_ESCAPE =
      Pattern.compile("\\\\(?:\\\\|([^\"\\\\/bfnrtu\\n]|u(?![0-9a-fA-F]{4})))?");
  private static final int LONGEST_SHOWN = 40;

  private final String text;

  Explainer(String text) {
    this.text = text;
  }

  /**
   * A list that is not closed.
   *
   * @param opening its bracket, if that is known
   * @param last the last token that belongs to it
   * @param comments the comments in lists up to here
   */
  record UnclosedList(@Nullable HoconToken opening, HoconToken last, List<HoconToken> comments) {

    boolean isOpenBefore(HoconToken token) {
      return opening != null
          && opening.kind() == TokenKind.OPEN_LIST
          && opening.line() < token.line();
    }
  }

  private static SyntaxFaultException fault(int line, String key, String message, Repair repair) {
    return new SyntaxFaultException(new SyntaxFault(line, key, message, Optional.of(repair)));
  }

  private static SyntaxFaultException end(int line, String key, String message) {
    return new SyntaxFaultException(new SyntaxFault(line, key, message, Optional.empty()));
  }

  private static Repair insert(int at, String added) {
    return new Repair(at, at, added);
  }

  private static Repair blank(HoconToken token) {
    return new Repair(token.start(), token.end(), " ".repeat(token.text().length()));
  }

  private static String quoted(String raw) {
    return '"' + raw.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  SyntaxFaultException extraComma(String path, HoconToken token) {
    return fault(token.line(), path, "there is a \",\" too many", blank(token));
  }

  SyntaxFaultException closesNoList(String path, HoconToken token, @Nullable HoconToken opening) {
    return opening == null
        ? fault(token.line(), path, "\"]\" closes nothing: no \"[\" is open here", blank(token))
        : fault(
            token.line(),
            path,
            "\"]\" cannot close the \"{\" of line " + opening.line() + ": write \"}\"",
            new Repair(token.start(), token.end(), "}"));
  }

  SyntaxFaultException section(String path, HoconToken token) {
    String name = text.substring(token.end(), endOfLine(token.end())).replaceAll("[\\]\\s].*", "");
    return end(
        token.line(),
        path,
        "a block is written NAME { ... }, not [NAME]"
            + (name.matches("[\\w.-]{1,40}") ? ": write " + name + " { ... }" : ""));
  }

  SyntaxFaultException nameless(String path, HoconToken token) {
    return end(token.line(), path, "this \"{\" has no name in front of it: write NAME { ... }");
  }

  SyntaxFaultException badInclude(HoconToken first) {
    return fault(
        first.line(),
        "",
        "a file's name stands in quotes: write include \"more.conf\"",
        new Repair(first.start(), endOfLine(first.start()), " "));
  }

  SyntaxFaultException missingComma(String path, HoconToken token) {
    return fault(
        token.line(),
        path,
        "a comma or a new line is missing before " + show(path, token.text()),
        insert(token.start(), ", "));
  }

  SyntaxFaultException doubleSeparator(String path, HoconToken separator, HoconToken behind) {
    return fault(
        separator.line(),
        path,
        "one \"=\" is enough between a key and its value",
        new Repair(behind.start(), behind.start() + 1, " "));
  }

  SyntaxFaultException noValue(
      String path,
      HoconToken key,
      HoconToken separator,
      HoconToken behind,
      HoconToken start,
      Indentation indentation) {
    if (behind.kind() == TokenKind.COMMENT && !behind.text().matches("(#|//)\\s.*|#|//")) {
      return fault(
          behind.line(),
          path,
          hash(behind) + " begins a comment, so there is no value: " + cure(path, behind.text()),
          new Repair(behind.start(), behind.end(), quoted(behind.text())));
    }
    if (separator.kind() == TokenKind.COLON
        && start.line() > separator.line()
        && indentation.of(start) > indentation.of(key)) {
      return end(
          separator.line(),
          path,
          "a block stands in braces, indentation alone makes none: write "
              + Paths.last(path)
              + " { ... }");
    }
    return fault(
        separator.line(),
        path,
        "has no value: write one, in quotes if it has other signs than letters, or remove the line",
        insert(separator.end(), " null"));
  }

  /** Something that is neither a key with its value nor a block. */
  SyntaxFaultException badKey(String path, String name, List<HoconToken> key, HoconToken token) {
    HoconToken first = key.isEmpty() ? token : key.getFirst();
    int endOfLine = endOfLine(first.start());
    String rest = text.substring(first.start(), endOfLine);
    if (OTHER_COMMENT.matcher(rest).matches()) {
      return fault(
          first.line(),
          path,
          "a comment begins with \"#\"",
          new Repair(first.start(), endOfLine, " "));
    }
    if (token.kind() == TokenKind.OPEN_LIST) {
      return fault(
          token.line(),
          name,
          "\"=\" is missing: write " + Paths.last(name) + " = [ ... ]",
          insert(token.start(), "= "));
    }
    boolean isComment = token.kind() == TokenKind.COMMENT && token.isGlued() && !key.isEmpty();
    boolean isOdd = token.kind() == TokenKind.RESERVED || token.kind() == TokenKind.REFERENCE;
    int end = isComment || isOdd ? endOfKey(first.start()) : first.start();
    if (end > first.start() && end < endOfLine) {
      String raw = text.substring(first.start(), end).strip();
      return fault(
          first.line(),
          path,
          (isComment ? hash(token) + " begins a comment" : show(path, token.text()) + " is special")
              + ": write the key in quotes, "
              + show(path, raw),
          new Repair(first.start(), first.start() + raw.length(), quoted(raw)));
    }
    if (key.size() > 1 || isOdd) {
      return fault(
          first.line(),
          Paths.join(path, List.of(first)),
          "\"=\" is missing: write " + first.text() + " = ...",
          new Repair(first.start(), isOdd ? endOfLine : key.getLast().end(), " "));
    }
    return fault(
        first.line(),
        name,
        "has no value: write " + (key.isEmpty() ? "KEY" : first.text()) + " = ...",
        new Repair(first.start(), Math.max(first.end(), first.start()), " "));
  }

  SyntaxFaultException bracketAfterText(
      String path,
      List<HoconToken> pieces,
      HoconToken token,
      boolean isElement,
      UnclosedList list) {
    HoconToken last = pieces.getLast();
    if (token.isGlued() && pieces.size() == 1) {
      return reserved(path, pieces, token);
    }
    if (isElement && list.isOpenBefore(last)) {
      return unclosedList(path, list, last);
    }
    if (pieces.size() > 1) {
      return missingComma(path, last);
    }
    return reserved(path, pieces, token);
  }

  SyntaxFaultException separatorInValue(
      String path,
      List<HoconToken> pieces,
      HoconToken token,
      HoconToken behind,
      boolean isElement,
      UnclosedList list) {
    if (behind.kind() == TokenKind.COMMENT && behind.isGlued() && behind.text().startsWith("//")) {
      int start = pieces.isEmpty() ? token.start() : pieces.getLast().start();
      int end = start;
      while (end < text.length() && !isEndOfAddress(text.charAt(end))) {
        end++;
      }
      String raw = text.substring(start, end);
      return fault(
          token.line(),
          path,
          "an address must stand in quotes, because \"//\" begins a comment: " + cure(path, raw),
          new Repair(start, end, quoted(raw)));
    }
    boolean isInside = token.kind() == TokenKind.COLON && token.isGlued() && behind.isGlued();
    if (isElement && !isInside && !pieces.isEmpty() && list.isOpenBefore(pieces.getLast())) {
      return unclosedList(path, list, pieces.getLast());
    }
    return pieces.size() > 1 && !isInside
        ? missingComma(path, pieces.getLast())
        : reserved(path, pieces, token);
  }

  private static boolean isEndOfAddress(char c) {
    return Character.isWhitespace(c) || c == ',' || c == ']' || c == '}' || c == '"';
  }

  /** A sign in a value that has to be quoted. */
  SyntaxFaultException reserved(String path, List<HoconToken> pieces, HoconToken token) {
    boolean hasText = !pieces.isEmpty() && pieces.getFirst().isText();
    int start = hasText ? pieces.getFirst().start() : token.start();
    int end = endOfValue(Math.max(start, token.start()) + 1);
    String raw = text.substring(start, end);
    String variable =
        SHELL_VARIABLE.matcher(raw).matches() ? " (or ${?NAME} for an environment variable)" : "";
    return fault(
        token.line(),
        path,
        show("", token.text())
            + " has a meaning of its own outside quotes: "
            + cure(path, raw)
            + variable,
        new Repair(start, end, quoted(raw)));
  }

  SyntaxFaultException brokenQuote(String path, List<HoconToken> pieces, HoconToken token) {
    boolean isLong = token.text().startsWith("\"\"\"");
    String behind = token.text().substring(isLong ? 3 : 1);
    String word = behind.replaceAll("[\\s,\\]}].*", "");
    if (word.isEmpty()) {
      return fault(
          token.line(),
          path,
          "a quotation mark is missing: this line has an odd number of them",
          new Repair(token.start(), token.start() + 1, " "));
    }
    return fault(
        token.line(),
        path,
        isLong
            ? "the three quotation marks here are never closed by three others"
            : "a quotation mark is missing, this one has no second in its line: "
                + cure(path, word),
        new Repair(
            token.start(),
            token.start() + (isLong ? 3 : 1) + word.length(),
            quoted(word.replace("\\", ""))));
  }

  SyntaxFaultException brokenReference(String path, HoconToken token) {
    return fault(
        token.line(),
        path,
        "\"${\" has no \"}\" in its line: write ${?NAME} for an environment variable",
        new Repair(token.start(), token.end(), "null"));
  }

  SyntaxFaultException unclosedList(String path, UnclosedList list, HoconToken before) {
    HoconToken opening = list.opening() == null ? before : list.opening();
    for (HoconToken comment : list.comments()) {
      if (comment.start() > opening.start() && comment.text().indexOf(']') >= 0) {
        int end = comment.text().indexOf(']');
        String hidden = comment.text().substring(0, end);
        String first = hidden.replaceAll("[\\s,].*", "");
        return fault(
            comment.line(),
            path,
            hash(comment)
                + " begins a comment, which hides the \"]\" behind it: write "
                + show(path, first)
                + " in quotes",
            new Repair(
                comment.start(), comment.start() + end, hidden.replaceAll("[^\\s,\"]+", "\"$0\"")));
      }
    }
    return fault(
        opening.line(),
        path,
        "the \"[\" here is never closed: a \"]\" is missing before line " + before.line(),
        insert(list.last().end(), " ]"));
  }

  /** A backslash that makes no sign with what is behind it. */
  void checkEscapes(String path, HoconToken token) {
    if (token.kind() != TokenKind.QUOTED || token.text().startsWith("\"\"\"")) {
      return;
    }
    var matcher = BAD_ESCAPE.matcher(token.text());
    while (matcher.find()) {
      if (matcher.group(1) != null) {
        String doubled =
            BAD_ESCAPE
                .matcher(token.text())
                .replaceAll(m ->
                    java.util.regex.Matcher.quoteReplacement(
                        m.group(1) == null ? m.group() : "\\" + m.group()));
        throw fault(
            token.line(),
            path,
            "a backslash begins a special sign in quotes: write two for a backslash, or \"/\" in the"
                + " path of a file",
            new Repair(token.start(), token.end(), doubled));
      }
    }
  }

  private static String hash(HoconToken comment) {
    return comment.text().startsWith("#") ? "\"#\"" : "\"//\"";
  }

  /** What to write instead. */
  private static String cure(String path, String raw) {
    return Paths.isSecret(path) ? "write the value in quotes" : "write " + show(path, raw);
  }

  private static String show(String path, String raw) {
    if (Paths.isSecret(path)) {
      return "it";
    }
    String word = raw.strip();
    if (word.startsWith("\"")) {
      return word.length() > LONGEST_SHOWN ? word.substring(0, LONGEST_SHOWN) + "..." : word;
    }
    return '"'
        + (word.length() > LONGEST_SHOWN ? word.substring(0, LONGEST_SHOWN) + "..." : word)
        + '"';
  }

  private int endOfLine(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private int endOfKey(int from) {
    int end = from;
    while (end < text.length() && "=\n{".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Where a value ends that should have stood in quotes. */
  private int endOfValue(int from) {
    int end = from;
    while (end < text.length() && ",]}\n".indexOf(text.charAt(end)) < 0) {
      if (Character.isWhitespace(text.charAt(end))
          && (text.startsWith("#", end + 1) || text.startsWith("//", end + 1))) {
        break;
      }
      end++;
    }
    while (end > from && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }
}
