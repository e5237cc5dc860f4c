package dev.owlery.launcher.config.hocon;

import java.util.List;

/**
 * A value as it is written.
 *
 * @param path the path of its key
 * @param line the line of its key, or of the element of a list
 * @param pieces its words, quoted texts and references; a block or a list is its opening bracket
 * @param isElement whether it is an element of a list
 * @param next the token behind it
 */
record SourceValue(
    String path, int line, List<HoconToken> pieces, boolean isElement, HoconToken next) {

  boolean isBlock() {
    return pieces.getFirst().kind() == HoconToken.TokenKind.OPEN_BLOCK;
  }

  boolean hasReference() {
    return pieces.stream().anyMatch(piece -> piece.kind() == HoconToken.TokenKind.REFERENCE);
  }
}
