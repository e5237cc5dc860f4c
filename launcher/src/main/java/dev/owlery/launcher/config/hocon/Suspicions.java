package dev.owlery.launcher.config.hocon;

import dev.owlery.launcher.config.hocon.HoconToken.TokenKind;
import dev.owlery.launcher.config.hocon.SourceText.Warning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds what is legal HOCON and surely not meant. */
final class Suspicions {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{\\??[A-Za-z_][A-Za-z0-9_.]*\\}");
  private static final Pattern OTHER_QUOTES =
      Pattern.compile("(['\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb`]).*");
  private static final Pattern LONE_WORD = Pattern.compile("[#&!+]?#[^\\s\"#,]+|//[^\\s\",]+");
  private static final Pattern WINDOWS_PATH = Pattern.compile("\"[A-Za-z]:\\\\[^\\\\].*");

  private final HoconParser source;
  private final List<Warning> warnings = new ArrayList<>();

  private Suspicions(HoconParser source) {
    this.source = source;
  }

  /** What is suspicious in a text that has no faults of syntax. */
  static List<Warning> of(HoconParser source) {
    Suspicions suspicions = new Suspicions(source);
    suspicions.find();
    return List.copyOf(suspicions.warnings);
  }

  private void find() {
    for (SourceValue value : source.values()) {
      hiddenByComment(value);
      quotes(value);
      referenceInQuotes(value);
      semicolon(value);
      arrow(value);
      backslashes(value);
      missingComma(value);
    }
    source.listComments().forEach(this::hiddenElement);
    twice();
  }

  private void warn(int line, String path, String message) {
    warnings.add(new Warning(line, path, message));
  }

  private void hiddenByComment(SourceValue value) {
    HoconToken next = value.next();
    HoconToken last = value.pieces().getLast();
    if (next.kind() == TokenKind.COMMENT && next.isGlued() && last.kind() == TokenKind.WORD) {
      String sign = next.text().startsWith("#") ? "\"#\"" : "\"//\"";
      warn(
          value.pieces().getFirst().line(),
          value.path(),
          sign
              + " begins a comment, so the value ends before it: write the whole value in quotes, or"
              + " a blank in front of the comment");
    }
  }

  private void hiddenElement(HoconToken comment) {
    if (LONE_WORD.matcher(comment.text().strip()).matches() && !comment.text().contains("]")) {
      warn(
          comment.line(),
          "",
          "\"#\" begins a comment, so this is no element of the list: write \""
              + comment.text().strip()
              + "\" in quotes, or a blank behind the \"#\"");
    }
  }

  private void quotes(SourceValue value) {
    HoconToken first = value.pieces().getFirst();
    if (first.kind() == TokenKind.WORD && OTHER_QUOTES.matcher(first.text()).matches()) {
      warn(
          first.line(),
          value.path(),
          "the quotation mark "
              + first.text().charAt(0)
              + " becomes a part of the value: write \" instead");
    }
  }

  /** A shell's own variables in the command line of a program are left alone. */
  private void referenceInQuotes(SourceValue value) {
    if (Paths.last(value.path()).equals("command")) {
      return;
    }
    for (HoconToken piece : value.pieces()) {
      if (piece.kind() == TokenKind.QUOTED && REFERENCE.matcher(piece.text()).find()) {
        warn(
            piece.line(),
            value.path(),
            "in quotes ${...} is no reference but those signs themselves: write it without quotes,"
                + " like \"text\"${?NAME}\"text\"");
        return;
      }
    }
  }

  private void semicolon(SourceValue value) {
    HoconToken last = value.pieces().getLast();
    if (last.kind() == TokenKind.WORD && last.text().endsWith(";")) {
      warn(last.line(), value.path(), "the \";\" becomes a part of the value: remove it");
    }
  }

  private void arrow(SourceValue value) {
    HoconToken first = value.pieces().getFirst();
    if (first.kind() == TokenKind.WORD && first.text().startsWith(">") && first.isGlued()) {
      warn(
          first.line(),
          value.path(),
          "the \">\" becomes a part of the value: write \"=\" alone before it");
    }
  }

  private void backslashes(SourceValue value) {
    HoconToken first = value.pieces().getFirst();
    if (first.kind() == TokenKind.QUOTED && WINDOWS_PATH.matcher(first.text()).matches()) {
      warn(
          first.line(),
          value.path(),
          "a backslash begins a special sign in quotes: write two of them, or \"/\"");
    }
  }

  private void missingComma(SourceValue value) {
    List<HoconToken> pieces = value.pieces();
    for (int i = 1; value.isElement() && i < pieces.size(); i++) {
      if (pieces.get(i - 1).kind() == TokenKind.QUOTED
          && pieces.get(i).kind() == TokenKind.QUOTED) {
        warn(
            pieces.get(i).line(),
            value.path(),
            "these two become one element: a comma is missing before the second");
        return;
      }
    }
  }

  /** Blocks of one name are merged, and of two values the last counts. */
  private void twice() {
    Map<String, SourceValue> seen = new HashMap<>();
    List<SourceValue> again = new ArrayList<>();
    Map<String, SourceValue> first = new HashMap<>();
    for (SourceValue value : source.values()) {
      if (value.isElement() || value.isBlock()) {
        continue;
      }
      SourceValue before = seen.put(value.path(), value);
      if (before != null && !value.hasReference() && !before.hasReference()) {
        again.add(value);
        first.putIfAbsent(value.path(), before);
      }
    }
    Set<String> accounts = new HashSet<>();
    again.stream()
        .map(SourceValue::path)
        .filter(path -> path.equals(accountOf(path) + ".protocol"))
        .forEach(path -> accounts.add(accountOf(path)));
    for (SourceValue value : again) {
      String account = accountOf(value.path());
      int line = Objects.requireNonNull(first.get(value.path())).line();
      if (!accounts.contains(account)) {
        warn(
            value.line(),
            value.path(),
            "is given twice, first in line " + line + ": only the last one counts");
      } else if (value.path().equals(account + ".protocol")) {
        warn(
            value.line(),
            account,
            "is there twice, first in line "
                + line
                + ", and becomes one account of both: give one of them another name");
      }
    }
  }

  private static String accountOf(String path) {
    String[] steps = path.split("\\.", 4);
    return steps.length > 2 && steps[0].equals("accounts") ? steps[0] + "." + steps[1] : "";
  }
}
