package dev.owlery.plugins.filerelay;

import dev.owlery.api.content.FileRef;
import dev.owlery.api.folder.SafeName;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line of chat that offers a file as a link, for people and for bots alike: {@code file
 * "plan.pdf", 1234 bytes, sha256 0f3c...: https://owl.example.org/transfer/TOKEN}.
 */
final class OfferLine {

  /** So that the whole line fits into one of IRC's. */
  private static final int LONGEST_NAME = 100;

  private static final Pattern LINE =
      Pattern.compile(
          "file \"([^\"\\p{Cntrl}]{1,200})\", (\\d{1,15}) bytes, sha256 ([0-9a-f]{64}):"
              + " <?(https?://[^\\s<>|]{1,300}/transfer/[0-9a-f]{32})>?");

  private OfferLine() {}

  static String write(String name, long size, String sha256, URI link) {
    return "file \"" + shortened(name) + "\", " + size + " bytes, sha256 " + sha256 + ": " + link;
  }

  private static String shortened(String name) {
    int dot = name.lastIndexOf('.');
    String ending = dot > 0 && name.length() - dot <= 12 ? name.substring(dot) : "";
    String stem = name.substring(0, name.length() - ending.length());
    while (bytes(stem) + ending.length() > LONGEST_NAME) {
      stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
    }
    return SafeName.sent(stem + ending);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Reads a line; empty if it offers nothing. */
  static Optional<FileRef> read(String text) {
    Matcher line = LINE.matcher(text.strip());
    if (!line.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new FileRef(
              line.group(1),
              Optional.empty(),
              OptionalLong.of(Long.parseLong(line.group(2))),
              Optional.of(line.group(3)),
              Optional.of(new URI(line.group(4)))));
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }
}
