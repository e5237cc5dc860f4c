package dev.owlery.plugins.rpc;

import dev.owlery.testkit.FuzzedReaders;
import dev.owlery.testkit.ReaderProperties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read of values in chat: never a failure, in a time that grows with the length. */
final class RpcReadersTest implements FuzzedReaders {

  static Stream<ReaderProperties> readers() {
    return Stream.of(
        ReaderProperties.of(
                "values", 32 << 10, text -> Literals.read(text).forEach(Literals::write))
            .refusesBy(IllegalArgumentException.class)
            .madeOf(
                " ", "\"", "[", "]", "{", "}", ":", ",", "1", "1e999", "-", ".", "null", "true",
                "\"a\"", "\"a\":", "\\", "\\u0000", "[1] ", "[\"a\",", "\"a\" ", "a ", "{\"a\":")
            .like(
                "1 -2 3.5 true null a \"b c\" [1,[2,{\"d\":3}]]",
                "{\"a\":1e999999999}",
                "[123456789012345678901234567890]",
                "[" + "9".repeat(2_000) + "]",
                "\"\\ud800\""));
  }

  @Tag("proof")
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  @ParameterizedTest
  @MethodSource("readers")
  void neverFailsAndCostsNoMoreThanItsLength(ReaderProperties reader) {
    reader.check();
  }
}
