package dev.owlery.api.content;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.parser.InlineParserContext;

/**
 * Reads what stands in a paragraph or heading (CommonMark 0.31, chapter 6) in linear time: code,
 * emphasis, links, escapes, entities and line ends. Tags of HTML are characters, and an image is
 * its description. Marks that are nested deeper than {@link #DEEPEST} remain characters. For one
 * paragraph; for one thread.
 */
final class MarkdownInlines {
  /** How deep marks are nested at most; quotations around them count apart. */
  static final int DEEPEST = 15;

  /** As CommonMark has it (4.7). */
  private static final int LONGEST_LABEL = 999;

  private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "xmpp");
  private static final Pattern URI =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9.+-]{1,31}:[^\\p{Cntrl} ]*+");
  private static final Pattern EMAIL =
      Pattern.compile("[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]++@[a-zA-Z0-9.-]++");

  private final String source;
  private final InlineParserContext definitions;
  private final MarkdownPieces pieces = new MarkdownPieces();
  private final List<Bracket> brackets = new ArrayList<>();
  private final Map<Integer, Deque<Integer>> ticks = new HashMap<>();
  private int at;
  private int lastBracket = -1;

  /** Links hold no links: below this, brackets open images only. */
  private int firstActive;

  /** What a bracket has begun. */
  private record Bracket(
      MarkdownPieces.Piece piece,
      MarkdownPieces.EmphasisMark below,
      int textBegin,
      boolean isImage) {}

  private MarkdownInlines(String source, InlineParserContext definitions) {
    this.source = source;
    this.definitions = definitions;
    runsOfTicks();
  }

  /**
   * Reads a paragraph.
   *
   * @param source its lines, separated by {@code \n}
   * @param definitions the document's definitions of links
   * @return what it says
   */
  static List<Span> read(String source, InlineParserContext definitions) {
    MarkdownInlines inlines = new MarkdownInlines(source, definitions);
    while (inlines.at < source.length()) {
      inlines.next();
    }
    return inlines.pieces.finish();
  }

  private void next() {
    char c = source.charAt(at);
    switch (c) {
      case '\\' -> escape();
      case '`' -> code();
      case '<' -> autolink();
      case '&' -> {
        int end = MarkdownEscapes.endOfEntity(source, at);
        pieces.text(MarkdownEscapes.entity(source.substring(at, end)));
        at = end;
      }
      case '\n' -> lineEnd();
      case '!' -> {
        boolean isImage = source.startsWith("[", at + 1);
        if (isImage) {
          open("![", true);
        } else {
          literal(1);
        }
      }
      case '[' -> open("[", false);
      case ']' -> close();
      case '*', '_' -> marks(c);
      default -> plain();
    }
  }

  private void plain() {
    int end = at + 1;
    while (end < source.length() && "\\`<&\n![]*_".indexOf(source.charAt(end)) < 0) {
      end++;
    }
    literal(end - at);
  }

  private void literal(int length) {
    pieces.text(source.substring(at, at + length));
    at += length;
  }

  private void escape() {
    if (source.startsWith("\n", at + 1)) {
      at += 2;
      skipBlanks();
      pieces.add(new Span.Break(), 0);
    } else if (at + 1 < source.length() && MarkdownEscapes.isSign(source.charAt(at + 1))) {
      at++;
      literal(1);
    } else {
      literal(1);
    }
  }

  private void lineEnd() {
    pieces.stripTrailingBlanks();
    at++;
    skipBlanks();
    pieces.add(new Span.Break(), 0);
  }

  private void skipBlanks() {
    while (at < source.length() && source.charAt(at) == ' ') {
      at++;
    }
  }

  /** Where the runs of ticks of each length begin, so that none is searched for twice. */
  private void runsOfTicks() {
    int from = source.indexOf('`');
    while (from >= 0) {
      int end = endOfRun(from, '`');
      ticks.computeIfAbsent(end - from, length -> new ArrayDeque<>()).add(from);
      from = source.indexOf('`', end);
    }
  }

  private int endOfRun(int from, char sign) {
    int end = from;
    while (end < source.length() && source.charAt(end) == sign) {
      end++;
    }
    return end;
  }

  private void code() {
    int begin = endOfRun(at, '`');
    int length = begin - at;
    Deque<Integer> runs = ticks.getOrDefault(length, new ArrayDeque<>());
    while (!runs.isEmpty() && runs.getFirst() < begin) {
      runs.removeFirst();
    }
    if (runs.isEmpty()) {
      literal(length);
      return;
    }
    int end = runs.removeFirst();
    String code = source.substring(begin, end).replace('\n', ' ');
    boolean isPadded =
        code.length() > 2 && code.startsWith(" ") && code.endsWith(" ") && !isSpaces(code);
    pieces.add(new Span.Code(isPadded ? code.substring(1, code.length() - 1) : code), 0);
    at = end + length;
  }

  private static boolean isSpaces(String text) {
    return text.chars().allMatch(c -> c == ' ');
  }

  private void autolink() {
    int end = at + 1;
    while (end < source.length() && "<> \n".indexOf(source.charAt(end)) < 0) {
      end++;
    }
    boolean isClosed = end < source.length() && source.charAt(end) == '>';
    String inside = source.substring(at + 1, end);
    if (isClosed && URI.matcher(inside).matches()) {
      link(inside, MarkdownPieces.Taken.words(inside));
      at = end + 1;
    } else if (isClosed && EMAIL.matcher(inside).matches()) {
      link("mailto:" + inside, MarkdownPieces.Taken.words(inside));
      at = end + 1;
    } else {
      literal(1);
    }
  }

  private void marks(char sign) {
    int end = endOfRun(at, sign);
    int before = at == 0 ? '\n' : source.codePointBefore(at);
    int after = end == source.length() ? '\n' : source.codePointAt(end);
    pieces.marks(sign, end - at, before, after);
    at = end;
  }

  private void open(String sign, boolean isImage) {
    at += sign.length();
    lastBracket = at - 1;
    brackets.add(new Bracket(pieces.text(sign), pieces.newest(), at, isImage));
  }

  /** A bracket closes: what it has opened is a link, an image, or characters. */
  private void close() {
    int begin = at;
    boolean isBare = !brackets.isEmpty() && brackets.getLast().textBegin() == lastBracket + 1;
    lastBracket = at;
    Optional<Bracket> opened =
        brackets.isEmpty() ? Optional.empty() : Optional.of(brackets.removeLast());
    firstActive = Math.min(firstActive, brackets.size() + 1);
    boolean isActive =
        opened.filter(each -> each.isImage() || brackets.size() >= firstActive).isPresent();
    firstActive = Math.min(firstActive, brackets.size());
    Optional<MarkdownTarget> target =
        isActive ? target(opened.get().textBegin(), begin, isBare) : Optional.empty();
    if (target.isEmpty()) {
      literal(1);
      return;
    }
    MarkdownPieces.Taken inside = pieces.takeBehind(opened.get().piece(), opened.get().below());
    at = target.get().end();
    if (opened.get().isImage()) {
      pieces.add(inside);
    } else {
      firstActive = brackets.size();
      link(target.get().address(), inside);
    }
  }

  private Optional<MarkdownTarget> target(int begin, int end, boolean isBare) {
    Optional<MarkdownTarget> inline = MarkdownTarget.read(source, end + 1);
    if (inline.isPresent()) {
      return inline;
    }
    int behind = end + 1;
    if (source.startsWith("[", behind)) {
      int close = behind + 1;
      while (close < source.length() && "[]".indexOf(source.charAt(close)) < 0) {
        close++;
      }
      if (source.startsWith("]", close)) {
        return close > behind + 1
            ? defined(behind + 1, close, close + 1)
            : isBare ? defined(begin, end, close + 1) : Optional.empty();
      }
    }
    return isBare ? defined(begin, end, behind) : Optional.empty();
  }

  /** Where a label leads that the document defines elsewhere (6.3). */
  private Optional<MarkdownTarget> defined(int begin, int end, int behind) {
    if (end - begin > LONGEST_LABEL) {
      return Optional.empty();
    }
    return Optional.ofNullable(
            definitions.getDefinition(LinkReferenceDefinition.class, source.substring(begin, end)))
        .map(found -> new MarkdownTarget(found.getDestination(), behind));
  }

  private void link(String address, MarkdownPieces.Taken inside) {
    int colon = address.indexOf(':');
    boolean isSafe =
        colon > 0 && SCHEMES.contains(address.substring(0, colon).toLowerCase(Locale.ROOT));
    if (isSafe && inside.depth() < DEEPEST) {
      pieces.add(new Span.Link(address, inside.spans()), inside.depth() + 1);
    } else {
      pieces.add(inside);
    }
  }
}
