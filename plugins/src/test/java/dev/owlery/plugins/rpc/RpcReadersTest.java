package dev.owlery.plugins.rpc;

import dev.owlery.testkit.LinearReaders;
import dev.owlery.testkit.ReaderProperties;
import java.util.stream.Stream;

/** What is read of values in chat: never a failure, in a time that grows with the length. */
final class RpcReadersTest implements LinearReaders {

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
}
