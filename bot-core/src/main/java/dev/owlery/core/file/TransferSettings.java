package dev.owlery.core.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How files are carried.
 *
 * @param spool where copies of what is to be sent lie; made when the first one is
 * @param spoolLimit how many bytes may lie there
 * @param keepFree how many bytes of a disk are left free, by the spool and by received files
 * @param atOnce how many transfers run at the same time
 * @param perPeer how many of them with one conversation
 * @param transport the only transport that is used; empty for the best one each time
 * @param age after how long a transfer that does not succeed is given up
 */
public record TransferSettings(
    Path spool,
    long spoolLimit,
    long keepFree,
    int atOnce,
    int perPeer,
    Optional<String> transport,
    Duration age) {

  private static final long SPOOL = 4L << 30;
  private static final long FREE = 64L << 20;
  private static final int AT_ONCE = 8;
  private static final int PER_PEER = 2;

  /**
   * What a configuration without a word about files means.
   *
   * @param spool where copies lie
   * @return the settings
   */
  public static TransferSettings standard(Path spool) {
    return new TransferSettings(
        spool, SPOOL, FREE, AT_ONCE, PER_PEER, Optional.empty(), Duration.ofDays(1));
  }
}
