package dev.owlery.launcher.matrix;

import java.util.Locale;

/**
 * A cell of the matrix: what the peers have seen.
 *
 * @param kind the verdict
 * @param words how, or the sentence and who sees it; may be empty
 */
record Finding(Kind kind, String words) {

  /** The verdicts. */
  enum Kind {
    WORKS,
    /** Done otherwise than by the feature itself. */
    ANOTHER_WAY,
    /** Not done, and somebody whom it concerns has been told. */
    REFUSED,
    /** Such a thing does not exist on this network. */
    NOTHING_TO_DO,
    /** Not done, and nobody has been told. */
    SILENCE
  }

  static Finding works() {
    return new Finding(Kind.WORKS, "");
  }

  static Finding works(String how) {
    return new Finding(Kind.WORKS, how);
  }

  static Finding anotherWay(String how) {
    return new Finding(Kind.ANOTHER_WAY, how);
  }

  /**
   * A refusal.
   *
   * @param sentence what is said
   * @param seenBy who reads it
   */
  static Finding refused(String sentence, String seenBy) {
    return new Finding(Kind.REFUSED, "“" + sentence.strip() + "” (" + seenBy + ")");
  }

  static Finding nothingToDo(String why) {
    return new Finding(Kind.NOTHING_TO_DO, why);
  }

  static Finding silence(String seen) {
    return new Finding(Kind.SILENCE, seen);
  }

  boolean isSilence() {
    return kind == Kind.SILENCE;
  }

  /** As the table shows it: one line, without what differs from run to run. */
  String shown() {
    String verdict =
        kind == Kind.NOTHING_TO_DO ? "-" : kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String text =
        words
            .replace("\n", " / ")
            .replace("|", "\\|")
            .strip()
            .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT")
            .replaceAll("owlery-[0-9a-f]{8}", "owlery-...")
            .replaceAll("\\(transfer \\w+\\)|\\(\\w+ in !transfers\\)", "")
            .replaceAll("(?<!XEP-)\\b\\d{4,}\\b", "N")
            .replaceAll("\\bsample\\d+\\b", "...");
    return text.isEmpty() ? verdict : verdict + ": " + text;
  }
}
