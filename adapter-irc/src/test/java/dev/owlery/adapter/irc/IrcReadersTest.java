package dev.owlery.adapter.irc;

import dev.owlery.testkit.LinearReaders;
import dev.owlery.testkit.ReaderProperties;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.stream.Stream;

/** What is read of IRC's lines: never a failure, in a time that grows with the length. */
final class IrcReadersTest implements LinearReaders {

  static Stream<ReaderProperties> readers() {
    return Stream.of(
        ReaderProperties.of("the stream", 1 << 20, IrcReadersTest::lines)
            .madeOf("a", "\r", "\n", "\r\n", "\0", "é", "\u0001"),
        ReaderProperties.of("lines", LineReader.LIMIT, IrcReadersTest::line)
            .madeOf("@", ":", " ", ";", "=", "\\", "\\s", "a", "!", "PRIVMSG", "a=b;", "@time=")
            .like(
                "@" + "a=;".repeat(2_000) + ",\\".repeat(2_000),
                "@time=2026-01-01T00:00:00.000Z;msgid=a :n!u@h PRIVMSG #a :hello",
                ":server 005 me PREFIX=(ov)@+ CHANTYPES=# -BOT BOT=b STATUSMSG=@+ :are supported"),
        ReaderProperties.of("colours", LineReader.LIMIT, IrcMarkup::plain)
            .madeOf("\u0003", "\u0004", "0", "99", ",", "a", "\u000f", "\t", "٣"),
        ReaderProperties.of("DCC", LineReader.LIMIT, DccMessage::read)
            .madeOf("SEND ", "RESUME ", "ACCEPT ", "\"", "a", " ", "1", "0", "\\", "../", ":")
            .like(
                "SEND \"a b.txt\" 2130706433 5000 12 77",
                "RESUME a.txt 5000 100",
                "ACCEPT \"a\" 0 1 2",
                "SEND a ::1 5000 999999999999999999999"),
        ReaderProperties.of("CTCP", LineReader.LIMIT, IrcReadersTest::ctcp)
            .madeOf(
                "PING ", "VERSION", "TIME", " ", "\u0001", "\u0003", "a", "é", "ı", "\uD83D\uDE00")
            .like("PING 1 2", "version", "PING \u000304,01a", "TIME a"),
        ReaderProperties.of("the cutting of text", 1 << 16, text -> TextSplitter.split(text, 400))
            .madeOf("a", " ", "\n", "é", "\uD83D\uDE00", "\u200d", "\u0301"));
  }

  private static void ctcp(String request) {
    CtcpAnswers answers = new CtcpAnswers(Clock.systemUTC(), "Owlery");
    answers.answer(IrcPrefix.parse("n!u@h"), request);
  }

  private static void lines(String text) throws Exception {
    LineReader reader =
        new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    String line = reader.next();
    while (line != null) {
      line = reader.next();
    }
  }

  private static void line(String text) {
    IrcLine line = IrcLine.parse(text);
    ServerFeatures features = ServerFeatures.NONE.with(line.params());
    features.caseMapping().fold(line.sender().nick());
    features.isRoom(features.withoutStatus(features.withoutRank(line.text())));
    features.botMode();
    Origins.time(line);
  }
}
