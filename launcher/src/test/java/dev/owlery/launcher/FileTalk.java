package dev.owlery.launcher;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is heard of files, on every network. */
final class FileTalk {

  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final Pattern OFFER =
      Pattern.compile("file \"[^\"]+\", \\d+ bytes, sha256 \\p{XDigit}{64}: (http://\\S+)");

  private FileTalk() {}

  /** Waits for a line; its first group, if the expression has one. */
  static String awaitHeard(FilePeer peer, Pattern wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      for (String line : peer.heard()) {
        Matcher found = wanted.matcher(line);
        if (found.matches()) {
          return found.group(found.groupCount() > 0 ? 1 : 0);
        }
      }
      LockSupport.parkNanos(20_000_000);
    }
    throw new AssertionError(
        "waited in vain for /%s/ in %s, heard:%n%s"
            .formatted(wanted, peer.where(), String.join("\n", peer.heard())));
  }

  static List<String> lines(List<String> texts) {
    return texts.stream().flatMap(String::lines).toList();
  }
}
