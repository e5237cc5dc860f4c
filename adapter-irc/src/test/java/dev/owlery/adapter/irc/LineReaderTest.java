package dev.owlery.adapter.irc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  @Test
  void linesEndWithLineFeedOnly() throws IOException {
    assertThat(read("a\r\nb\nc\rd\r\n\r\ne\u0000f\nrest"))
        .containsExactly("a", "b", "c d", "", "e f");
  }

  @Test
  void malformedUtf8LosesNoLine() throws IOException {
    byte[] bytes = {'a', (byte) 0xc3, '\n', (byte) 0xff, 'b', '\n', (byte) 0xe2, (byte) 0x82, '\n'};
    assertThat(readAll(new ByteArrayInputStream(bytes)))
        .containsExactly("a\ufffd", "\ufffdb", "\ufffd");
  }

  @Test
  void anEndlessLineIsCutAndTheNextOneIsWhole() throws IOException {
    String endless = "x".repeat(LineReader.LIMIT * 20);
    assertThat(read("a\n" + endless + "\nb\n"))
        .containsExactly("a", "x".repeat(LineReader.LIMIT), "b");
  }

  @Test
  void linesAreTheSameHoweverTheBytesArrive() throws IOException {
    Random random = new Random(4711);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      lines.add("é" + "y".repeat(random.nextInt(600)));
    }
    byte[] bytes = (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8);
    InputStream drips =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] b, int off, int len) {
            return super.read(b, off, Math.min(len, 1 + random.nextInt(1_000)));
          }
        };
    assertThat(readAll(drips)).isEqualTo(lines);
  }

  private static List<String> read(String text) throws IOException {
    return readAll(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> readAll(InputStream in) throws IOException {
    LineReader reader = new LineReader(in);
    List<String> lines = new ArrayList<>();
    for (String line = reader.next(); line != null; line = reader.next()) {
      lines.add(line);
    }
    return lines;
  }
}
