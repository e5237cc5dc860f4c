package dev.owlery.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.owlery.testkit.FuzzedReaders;
import dev.owlery.testkit.ReaderProperties;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a configuration, it is read or refused with file and line. */
final class ConfigurationReadersTest implements FuzzedReaders {
  private static final int LONGEST = 1 << 17;
  private static final String SOUND =
      """
      bot { name = owl, prefix = "!", durability = crash }
      accounts {
        libera { protocol = irc, host = localhost, port = 6697, patience = 30s
          rooms = [ "#owls" ], flood { burst = 4, per-second = 1.5 }, token = ${?TOKEN} }
      }
      limits { commands-per-minute = 12 }
      permissions { persons { ann = [ "libera/account:ann" ] }, roles { admin = [ ann ] }
        grants { admin = [ "*" ], everyone = [ view ] } }
      procedures { allow = [ { account = libera, from = "a@b(/.*)?", methods = "a.*" } ] }
      topics { "ci.**" { to = [ "libera/#owls" ], quiet = "22:00-07:00 UTC" } }
      """;

  @TempDir private static Path folder;
  private static Path file = Path.of("bot.conf");

  @BeforeAll
  static void writeInFolder() {
    file = folder.resolve("bot.conf");
  }

  static Stream<ReaderProperties> readers() {
    return Stream.of(
        ReaderProperties.of("configurations", LONGEST, ConfigurationReadersTest::read)
            .refusesBy(FaultyConfiguration.class)
            .madeOf(
                "{",
                "}",
                "[",
                "]",
                "=",
                ":",
                ",",
                "\n",
                "a",
                ".",
                "\"",
                "\"\"\"",
                "${?TOKEN}",
                "${a}",
                "${",
                "#",
                "//",
                "+=",
                "include \"a\"\n",
                "bot",
                "accounts ",
                "a = 1\n",
                "1e999999999",
                "\\",
                "$",
                " ",
                "a.")
            .like(
                SOUND,
                "a = ${b}\nb = ${a}\n",
                "a { b = ${a} }",
                "include file(\"bot.conf\")\n",
                "include \"bot.conf\"\n",
                "limits { commands-per-minute = 1e999999999 }",
                "limits { ask-timeout = 1e999d }"),
        value("texts", "bot { name = ", " }"),
        value("numbers", "limits { commands-per-minute = ", " }"),
        value("times", "limits { ask-timeout = ", " }"),
        value("lists", "plugins = ", ""),
        value("patterns", "procedures { allow = [ { account = libera, from = ", " } ] }"));
  }

  private static ReaderProperties value(String name, String before, String behind) {
    return ReaderProperties.of(name, 1 << 14, text -> read(SOUND + before + text + behind + "\n"))
        .refusesBy(FaultyConfiguration.class)
        .madeOf("1", "e", "-", ".", "s", "d", "\"", "a", " ", "[", "]", "{", "}", "$", "(", "*")
        .like("1e999999999", "\"" + "9".repeat(400) + "d\"", "[ a, b ]", "null", "\"(a*)*\"");
  }

  private static void read(String text) throws Exception {
    try {
      Configuration _ =
          new ConfigurationReader(
                  List.of(new FakeProvider("irc"), new FakeProvider("console")),
                  Map.of("echo", "dev.owlery.Echo"),
                  Map.of("TOKEN", "secret"))
              .read(Files.write(file, text.getBytes(StandardCharsets.UTF_8)));
    } catch (FaultyConfiguration refusal) {
      assertThat(refusal.faults())
          .isNotEmpty()
          .allSatisfy(fault -> {
            assertThat(fault.toString()).startsWith(file.toString()).hasSizeLessThan(2_000);
            assertThat(fault.message()).doesNotContain("Exception", "com.typesafe", "java.");
          });
      throw refusal;
    }
  }

  /** Not within its length: the library takes the square of it for some, and the file is ours. */
  @ParameterizedTest
  @MethodSource("readers")
  void refusesWithFileAndLineAndFailsInNoOtherWay(ReaderProperties reader) {
    reader.neverFails(1, 300);
  }

  @Test
  void aFileOfMoreThanAMebibyteIsRefused() {
    FaultyConfiguration refusal =
        catchThrowableOfType(
            FaultyConfiguration.class, () -> read("#".repeat(ConfigurationReader.LONGEST + 1)));

    assertThat(refusal).hasMessageContaining("bot.conf: is larger than 1 MiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a = [[", "a { b {", "a.b.", "a = ${b}${"})
  void whatIsNestedTooDeeplyIsRefusedWithItsLine(String begin) {
    String deep = "a.b = 1\n\n" + begin.repeat(20_000);
    FaultyConfiguration refusal = catchThrowableOfType(FaultyConfiguration.class, () -> read(deep));
    assertThat(refusal.faults()).extracting(ConfigFault::line).containsOnly(3);
  }
}
