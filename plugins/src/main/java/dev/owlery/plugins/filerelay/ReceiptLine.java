package dev.owlery.plugins.filerelay;

import dev.owlery.api.content.FileRef;
import java.util.regex.Pattern;

/**
 * The line of chat that tells the sender of a file, a person or another Owlery, that it is here:
 * {@code Received plan.pdf, 47.1 KiB, SHA-256 0f3c...}.
 */
final class ReceiptLine {

  private static final String UNKNOWN = "unknown";
  private static final Pattern LINE =
      Pattern.compile("Received .{1,300}, SHA-256 ([0-9a-f]{64}|" + UNKNOWN + ")");

  private ReceiptLine() {}

  static String write(FileRef file) {
    return "Received "
        + file.name()
        + ", "
        + Format.size(file)
        + ", SHA-256 "
        + file.sha256().orElse(UNKNOWN);
  }

  /** Whether a line is one. */
  static boolean is(String text) {
    return LINE.matcher(text).matches();
  }
}
