package dev.owlery.api.content;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.text.Characters;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a paragraph, and the signs among them that may become emphasis. Pairs of signs are
 * found as CommonMark describes it (0.31, "process emphasis"): each sign is looked at a bounded
 * number of times. For one paragraph; for one thread.
 */
final class MarkdownPieces {
  private final Piece head = new Piece("", null, 0);
  private Piece tail = head;

  private final EmphasisMark bottom = new EmphasisMark(head, ' ', 0, false, false, -1);
  private EmphasisMark top = bottom;
  private int count;

  /** Characters or a span, in a list. */
  static final class Piece {
    private String text;
    private final @Nullable Span span;
    private final int depth;
    private @Nullable Piece before;
    private @Nullable Piece behind;

    private Piece(String text, @Nullable Span span, int depth) {
      this.text = text;
      this.span = span;
      this.depth = depth;
    }
  }

  /** A run of equal signs that may open or close emphasis. */
  static final class EmphasisMark {
    private final Piece piece;
    private final char sign;
    private final int length;
    private final boolean opens;
    private final boolean closes;
    private final int number;
    private @Nullable EmphasisMark before;
    private @Nullable EmphasisMark behind;

    private EmphasisMark(
        Piece piece, char sign, int length, boolean opens, boolean closes, int number) {
      this.piece = piece;
      this.sign = sign;
      this.length = length;
      this.opens = opens;
      this.closes = closes;
      this.number = number;
    }

    private int left() {
      return piece.text.length();
    }
  }

  /**
   * Pieces that were taken out.
   *
   * @param spans what they say
   * @param depth how deep marks are nested in them
   */
  record Taken(List<Span> spans, int depth) {
    static Taken words(String text) {
      return new Taken(List.of(new Span.Words(text)), 0);
    }
  }

  /** Adds characters. */
  Piece text(String text) {
    return append(new Piece(text, null, 0));
  }

  /** Adds a span in which marks are nested so deep. */
  void add(Span span, int depth) {
    append(new Piece("", span, depth));
  }

  /** Adds what was taken out before. */
  void add(Taken taken) {
    taken.spans().forEach(span -> add(span, taken.depth()));
  }

  private Piece append(Piece piece) {
    tail.behind = piece;
    piece.before = tail;
    tail = piece;
    return piece;
  }

  /** Drops the blanks at the end of a line. */
  void stripTrailingBlanks() {
    tail.text = tail.text.stripTrailing();
  }

  /** Adds a run of signs. */
  void marks(char sign, int length, int before, int after) {
    boolean blankBefore = Characters.isWhitespaceCodePoint(before);
    boolean blankAfter = Characters.isWhitespaceCodePoint(after);
    boolean signBefore = Characters.isPunctuationCodePoint(before);
    boolean signAfter = Characters.isPunctuationCodePoint(after);
    boolean left = !blankAfter && (!signAfter || blankBefore || signBefore);
    boolean right = !blankBefore && (!signBefore || blankAfter || signAfter);
    boolean opens = sign == '*' ? left : left && (!right || signBefore);
    boolean closes = sign == '*' ? right : right && (!left || signAfter);
    EmphasisMark mark =
        new EmphasisMark(
            text(String.valueOf(sign).repeat(length)), sign, length, opens, closes, count++);
    top.behind = mark;
    mark.before = top;
    top = mark;
  }

  /** The newest run of signs; what comes behind it can be told from what was there before. */
  EmphasisMark newest() {
    return top;
  }

  /** All that it says. */
  List<Span> finish() {
    return takeBehind(head, bottom).spans();
  }

  /**
   * Takes out a piece and all behind it, emphasis found.
   *
   * @param begin the piece; it is not part of what is returned
   * @param below the newest mark before the piece
   */
  Taken takeBehind(Piece begin, EmphasisMark below) {
    pair(below);
    Taken taken = collect(begin.behind, null);
    tail = begin.before == null ? begin : begin.before;
    tail.behind = null;
    return taken;
  }

  private static Taken collect(@Nullable Piece from, @Nullable Piece to) {
    List<Span> spans = new ArrayList<>();
    StringBuilder words = new StringBuilder();
    int depth = 0;
    for (Piece each = from; each != null && each != to; each = each.behind) {
      if (each.span == null) {
        words.append(each.text);
        continue;
      }
      flush(words, spans);
      spans.add(each.span);
      depth = Math.max(depth, each.depth);
    }
    flush(words, spans);
    return new Taken(List.copyOf(spans), depth);
  }

  private static void flush(StringBuilder words, List<Span> spans) {
    if (!words.isEmpty()) {
      spans.add(new Span.Words(words.toString()));
      words.setLength(0);
    }
  }

  /** Makes emphasis of pairs of signs above a mark; what is left over becomes characters. */
  private void pair(EmphasisMark below) {
    Map<Integer, Integer> nothingBelow = new HashMap<>();
    EmphasisMark closer = below.behind;
    while (closer != null) {
      EmphasisMark opener = closer.closes ? opener(closer, below, nothingBelow) : null;
      if (opener == null) {
        closer = closer.behind;
      } else if (!wrap(opener, closer)) {
        break;
      } else if (closer.left() == 0) {
        EmphasisMark next = closer.behind;
        remove(closer);
        closer = next;
      }
    }
    below.behind = null;
    top = below;
  }

  private static @Nullable EmphasisMark opener(
      EmphasisMark closer, EmphasisMark below, Map<Integer, Integer> nothingBelow) {
    int kind = closer.sign * 8 + (closer.opens ? 4 : 0) + closer.length % 3;
    int end = nothingBelow.getOrDefault(kind, -1);
    EmphasisMark opener = closer.before;
    while (opener != null && opener != below && opener.number >= end) {
      boolean isOfThree = (opener.length + closer.length) % 3 == 0;
      boolean isOdd = (opener.closes || closer.opens) && isOfThree && closer.length % 3 != 0;
      if (opener.sign == closer.sign && opener.opens && !isOdd) {
        return opener;
      }
      opener = opener.before;
    }
    nothingBelow.put(kind, closer.number);
    return null;
  }

  /** Makes one span of what two marks enclose; false if that would be nested too deep. */
  private boolean wrap(EmphasisMark opener, EmphasisMark closer) {
    int used = Math.min(2, Math.min(opener.left(), closer.left()));
    Taken inside = collect(opener.piece.behind, closer.piece);
    if (inside.depth() >= MarkdownInlines.DEEPEST) {
      return false;
    }
    Span span = used == 2 ? new Span.Strong(inside.spans()) : new Span.Emphasis(inside.spans());
    Piece piece = new Piece("", span, inside.depth() + 1);
    opener.piece.text = opener.piece.text.substring(used);
    closer.piece.text = closer.piece.text.substring(used);
    opener.piece.behind = piece;
    piece.before = opener.piece;
    piece.behind = closer.piece;
    closer.piece.before = piece;
    opener.behind = closer;
    closer.before = opener;
    if (opener.left() == 0) {
      remove(opener);
    }
    return true;
  }

  private void remove(EmphasisMark mark) {
    EmphasisMark before = mark.before;
    EmphasisMark behind = mark.behind;
    if (before != null) {
      before.behind = behind;
    }
    if (behind == null) {
      top = before == null ? bottom : before;
    } else {
      behind.before = before;
    }
  }
}
