package dev.owlery.adapter.xmpp.wire;

import java.io.IOException;
import java.io.Reader;

/**
 * The characters of a stream, as several documents for a parser. A stream is one document that may
 * last for months: a parser would count all of it against its limits, keep every name that it ever
 * met, and end it with the first stanza that it cannot read. So this finds where stanzas end, by
 * signs alone, and gives out no more than one of them at a time: behind each a new document may
 * begin, with the head of the stream in front.
 *
 * <p>Whatever is well-formed is split where a parser would split it. For one thread.
 */
final class StanzaSplitter extends Reader {
  /** Longer than servers let any stanza be, with room for long answers of theirs, in characters. */
  static final int LONGEST = 4 << 20;

  private static final int LONGEST_HEAD = 1 << 16;
  private static final int LONGEST_NAME = 64;

  private enum ParsePosition {
    TEXT,
    TAG_BEGINS,
    NAME,
    TAG,
    EMPTY_TAG,
    SINGLE_QUOTES,
    DOUBLE_QUOTES,
    END_TAG,
    DECLARATION,
    COMMENT,
    CDATA,
    INSTRUCTION
  }

  private static final String COMMENT_BEGINS = "--";
  private static final String CDATA_BEGINS = "[CDATA[";

  private final Reader in;
  private final char[] buffer = new char[8_192];
  private int next;
  private int end;

  private final StringBuilder head = new StringBuilder();
  private final StringBuilder name = new StringBuilder();

  /** What the document begins with before the stream goes on. */
  private String prefix = "";

  private int prefixed;
  private boolean isHeadOver;
  private boolean isBroken;
  private ParsePosition place = ParsePosition.TEXT;
  private int depth;

  /** How many of the signs are met that end a place, or tell a declaration. */
  private int matched;

  /** The declaration that may have begun. */
  private String declaration = "";

  /** Whether a stanza was begun, and whether all of it was given out. */
  private boolean isBegun;

  private boolean isComplete;
  private int length;
  private long sinceBegin;

  StanzaSplitter(Reader in) {
    this.in = in;
  }

  /**
   * Begins a new document behind the last stanza, which must be complete.
   *
   * @param first what stands between the head of the stream and what follows on it
   */
  void begin(String first) {
    prefix = head + first;
    prefixed = 0;
    sinceBegin = 0;
    ended();
  }

  /** The parser has met the end of the stanza. */
  void ended() {
    isBegun = false;
    isComplete = false;
    length = 0;
  }

  /** How many characters this document has by now. */
  long sinceBegin() {
    return sinceBegin;
  }

  /** Whether the parser has got something of a stanza that it has not met the end of. */
  boolean isBegun() {
    return isBegun;
  }

  /** Whether nothing can follow any more. */
  boolean isBroken() {
    return isBroken;
  }

  /** The name of the stanza, as it is written, at most its beginning. */
  String name() {
    return name.toString();
  }

  /**
   * Goes to the end of the stanza that is begun, without giving it out.
   *
   * @throws IOException if the stream ends before
   */
  void skip() throws IOException {
    while (!isComplete) {
      if (next == end && !fill()) {
        throw new IOException("the stream has ended within a stanza");
      }
      look(buffer[next++]);
    }
  }

  @Override
  public int read(char[] into, int offset, int most) throws IOException {
    if (prefixed < prefix.length()) {
      int count = Math.min(most, prefix.length() - prefixed);
      prefix.getChars(prefixed, prefixed + count, into, offset);
      prefixed += count;
      return count;
    }
    if (next == end && !fill()) {
      return -1;
    }
    int count = 0;
    boolean goOn = true;
    while (goOn && count < most && next < end) {
      char sign = buffer[next++];
      into[offset + count++] = sign;
      goOn = !look(sign);
    }
    sinceBegin += count;
    length += count;
    if (length > LONGEST && isBegun) {
      throw new IOException("a stanza is longer than " + LONGEST + " characters");
    }
    return count;
  }

  private boolean fill() throws IOException {
    next = 0;
    end = 0;
    try {
      int read = in.read(buffer, 0, buffer.length);
      isBroken = read < 0;
      end = Math.max(0, read);
      return !isBroken;
    } catch (IOException broken) {
      isBroken = true;
      throw broken;
    }
  }

  /** Looks at the next sign; whether a stanza ends with it. */
  private boolean look(char sign) throws IOException {
    if (!isHeadOver) {
      head.append(sign);
      if (head.length() > LONGEST_HEAD) {
        isBroken = true;
        throw new IOException("the head of the stream is too long");
      }
    }
    int before = depth;
    ParsePosition was = place;
    place = following(sign);
    if (place != ParsePosition.TEXT || was == ParsePosition.TEXT || depth > 1) {
      return false;
    }
    isHeadOver |= depth == 1;
    boolean isStanzaOver =
        depth == 1 && (before == 2 || (before == 1 && was == ParsePosition.EMPTY_TAG));
    isComplete |= isStanzaOver;
    return isStanzaOver;
  }

  private ParsePosition following(char sign) throws IOException {
    return switch (place) {
      case TEXT -> sign == '<' ? ParsePosition.TAG_BEGINS : ParsePosition.TEXT;
      case TAG_BEGINS -> kind(sign);
      case NAME -> named(sign);
      case TAG, EMPTY_TAG -> inTag(sign);
      case SINGLE_QUOTES -> sign == '\'' ? ParsePosition.TAG : ParsePosition.SINGLE_QUOTES;
      case DOUBLE_QUOTES -> sign == '"' ? ParsePosition.TAG : ParsePosition.DOUBLE_QUOTES;
      case END_TAG -> endTag(sign);
      case DECLARATION -> declared(sign);
      case COMMENT -> until('-', sign);
      case CDATA -> until(']', sign);
      case INSTRUCTION -> {
        boolean isOver = matched > 0 && sign == '>';
        matched = sign == '?' ? 1 : 0;
        yield isOver ? ParsePosition.TEXT : ParsePosition.INSTRUCTION;
      }
    };
  }

  private ParsePosition kind(char sign) {
    matched = 0;
    if (sign == '!') {
      declaration = "";
      return ParsePosition.DECLARATION;
    }
    if (sign == '?') {
      return ParsePosition.INSTRUCTION;
    }
    if (sign == '/') {
      return ParsePosition.END_TAG;
    }
    if (depth == 1) {
      isBegun = true;
      isComplete = false;
      name.setLength(0);
      return named(sign);
    }
    return ParsePosition.TAG;
  }

  private ParsePosition named(char sign) {
    if (sign == '/' || sign == '>' || sign <= ' ') {
      return inTag(sign);
    }
    if (name.length() < LONGEST_NAME) {
      name.append(sign);
    }
    return ParsePosition.NAME;
  }

  private ParsePosition inTag(char sign) {
    if (sign == '>') {
      depth += place == ParsePosition.EMPTY_TAG ? 0 : 1;
      return ParsePosition.TEXT;
    }
    return switch (sign) {
      case '/' -> ParsePosition.EMPTY_TAG;
      case '\'' -> ParsePosition.SINGLE_QUOTES;
      case '"' -> ParsePosition.DOUBLE_QUOTES;
      default -> ParsePosition.TAG;
    };
  }

  private ParsePosition endTag(char sign) {
    if (sign != '>') {
      return ParsePosition.END_TAG;
    }
    depth--;
    return ParsePosition.TEXT;
  }

  private ParsePosition declared(char sign) throws IOException {
    declaration += sign;
    if (declaration.equals(COMMENT_BEGINS) || declaration.equals(CDATA_BEGINS)) {
      matched = 0;
      return declaration.equals(COMMENT_BEGINS) ? ParsePosition.COMMENT : ParsePosition.CDATA;
    }
    if (COMMENT_BEGINS.startsWith(declaration) || CDATA_BEGINS.startsWith(declaration)) {
      return ParsePosition.DECLARATION;
    }
    isBroken = true;
    throw new IOException("a stream must not declare anything");
  }

  /**
   * A comment ends with two hyphens and {@code >}, a section of text with two brackets and that.
   */
  private ParsePosition until(char mark, char sign) {
    if (sign == '>' && matched >= 2) {
      return ParsePosition.TEXT;
    }
    matched = sign == mark ? matched + 1 : 0;
    return place;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
