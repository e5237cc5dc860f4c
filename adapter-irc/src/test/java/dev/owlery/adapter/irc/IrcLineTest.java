package dev.owlery.adapter.irc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IrcLineTest {
  @ParameterizedTest
  @MethodSource("lines")
  void aLineIsTakenApart(String raw, IrcLine expected) {
    assertThat(IrcLine.parse(raw)).isEqualTo(expected);
  }

  static Stream<Object[]> lines() throws IOException {
    return Stream.of(resource("lines.txt").split("\n\n"))
        .filter(paragraph -> !paragraph.startsWith("#"))
        .map(IrcLineTest::readCase);
  }

  private static Object[] readCase(String paragraph) {
    Map<String, String> tags = new HashMap<>();
    List<String> params = new ArrayList<>();
    String raw = "";
    String source = "";
    String verb = "";
    for (String line : paragraph.lines().toList()) {
      String value = unescape(line.substring(line.indexOf(' ') + 1, line.length() - 1));
      switch (line.substring(0, line.indexOf(' '))) {
        case "line" -> raw = value;
        case "tag" ->
            tags.put(
                value.substring(0, value.indexOf('=')), value.substring(value.indexOf('=') + 1));
        case "from" -> source = value;
        // Verbs are compared without regard to case, so the parser makes them alike.
        case "verb" -> verb = value.toUpperCase(java.util.Locale.ROOT);
        case "param" -> params.add(value);
        default -> throw new IllegalArgumentException(line);
      }
    }
    return new Object[] {raw, new IrcLine(tags, source, verb, params)};
  }

  @ParameterizedTest
  @MethodSource("sources")
  void aSourceIsTakenApart(String source, IrcPrefix expected) {
    assertThat(IrcPrefix.parse(source)).isEqualTo(expected);
  }

  static Stream<Object[]> sources() throws IOException {
    return resource("sources.txt")
        .lines()
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(IrcLineTest::unescape)
        .map(line -> line.split("\\|", -1))
        .map(f -> new Object[] {f[0], new IrcPrefix(f[1], f[2], f[3])});
  }

  @Test
  void noBytesMakeTheParserFail() {
    Random random = new Random(4711);
    String alphabet = " :@;=\\!\u0000\u0001\u0003é\uD83D\uDE00ab1";
    for (int round = 0; round < 200_000; round++) {
      StringBuilder raw = new StringBuilder();
      for (int i = random.nextInt(24); i > 0; i--) {
        raw.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      IrcLine line = IrcLine.parse(raw.toString());
      assertThat(line.verb()).doesNotContain(" ");
      assertThat(line.sender().nick()).doesNotContain("!");
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = IrcLineTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String unescape(String text) {
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char kind = text.charAt(++at);
      switch (kind) {
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'x' -> {
          out.append((char) Integer.parseInt(text.substring(at + 1, at + 3), 16));
          at += 2;
        }
        default -> out.append(kind);
      }
    }
    return out.toString();
  }
}
