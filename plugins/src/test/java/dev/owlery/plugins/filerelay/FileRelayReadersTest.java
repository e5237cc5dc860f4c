package dev.owlery.plugins.filerelay;

import dev.owlery.api.folder.SafeName;
import dev.owlery.testkit.LinearReaders;
import dev.owlery.testkit.ReaderProperties;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** What is read of others' lines and of settings: never a failure, in a time within the length. */
final class FileRelayReadersTest implements LinearReaders {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  static Stream<ReaderProperties> readers() {
    return Stream.of(
        ReaderProperties.of("offers", 1 << 16, OfferLine::read)
            .madeOf(
                "file \"",
                "\", ",
                "1",
                " bytes, sha256 ",
                "0".repeat(64),
                ": ",
                "http://a/transfer/")
            .like(
                "file \"a\", 1 bytes, sha256 %s: http://a/transfer/%s"
                    .formatted("0".repeat(64), "0".repeat(32))),
        ReaderProperties.of("receipts", 1 << 16, ReceiptLine::is)
            .madeOf("Received ", ", SHA-256 ", "0", "unknown", "a"),
        ReaderProperties.of("names of files", 1 << 14, SafeName::of)
            .madeOf("a", "/", "..", "\\", ".", " ", "CON", "\u202e", "\uD83D\uDE00", "\u0301", ":"),
        ReaderProperties.of("hours", 1 << 12, Hours::of).madeOf("0", "1", "2", ":", "-"),
        ReaderProperties.of("schedules", 1 << 12, Schedule::isOne)
            .madeOf("*", " ", "/", "1", "5", "-", ",", "L", "MON", "0")
            .like("*/5 * * * *", "0 9 * * 1-5", "1,2,3 * 31 2 *", "99999999999 * * * *"),
        ReaderProperties.of(
                "times of schedules", 1 << 12, text -> new Schedule(text, CLOCK).latest())
            .refusesBy(IllegalArgumentException.class)
            .madeOf("*", " ", "/", "1", "5", "-", ",", "0")
            .like("*/5 * * * *", "0 9 * * 1-5", "0 0 31 2 *", "0 0 30 2 *"));
  }
}
