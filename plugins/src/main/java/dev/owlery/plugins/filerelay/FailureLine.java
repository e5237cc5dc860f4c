package dev.owlery.plugins.filerelay;

import dev.owlery.api.file.Transfer;
import dev.owlery.api.file.Transfer.State;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line of chat that tells who offered a file as a link why it is not here: {@code Not received
 * plan.pdf, SHA-256 0f3c...: the link's address is not public}, or {@code Not yet received ...}
 * while it is tried again. Who cannot reach a link has no other way to say so.
 *
 * @param isFinal whether it is not tried again
 * @param sha256 of the file
 * @param reason one line
 */
record FailureLine(boolean isFinal, String sha256, String reason) {

  private static final Pattern LINE =
      Pattern.compile("Not (yet )?received .{1,300}, SHA-256 ([0-9a-f]{64}): (.{1,600})");

  /** What to say of a transfer; empty if its digest, by which it is known, is not. */
  static Optional<String> write(Transfer transfer) {
    String yet = transfer.state() == State.FAILED ? "" : "yet ";
    return transfer
        .file()
        .sha256()
        .map(sha256 ->
            "Not %sreceived %s, SHA-256 %s: %s"
                .formatted(yet, transfer.file().name(), sha256, transfer.detail()));
  }

  static Optional<FailureLine> read(String text) {
    Matcher line = LINE.matcher(text);
    return line.matches()
        ? Optional.of(new FailureLine(line.group(1) == null, line.group(2), line.group(3)))
        : Optional.empty();
  }
}
