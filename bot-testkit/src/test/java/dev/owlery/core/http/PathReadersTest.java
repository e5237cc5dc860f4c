package dev.owlery.core.http;

import dev.owlery.testkit.LinearReaders;
import dev.owlery.testkit.ReaderProperties;
import java.util.stream.Stream;

/** What is read of a request's path and of a route's: never a failure, within the length. */
final class PathReadersTest implements LinearReaders {
  private static final PathPattern ROUTE = PathPattern.of("/hooks/{name}/{rest}");

  static Stream<ReaderProperties> readers() {
    return Stream.of(
        ReaderProperties.of(
                "paths", 1 << 16, text -> PathPattern.cut("/" + text).ifPresent(ROUTE::match))
            .madeOf("/", "a", "%", "%41", "%2f", "%e2%82%ac", "%ff", "+", "..", ".", "//", "%zz")
            .like("hooks/a/b", "hooks/%e2%82%ac/../c", "a/%00/%2e%2e"),
        ReaderProperties.of("routes", 1 << 12, PathPattern::of)
            .refusesBy(IllegalArgumentException.class)
            .madeOf("/", "a", "{", "}", "{a}", "-", "%", ".", "..", "{a")
            .like("/hooks/{name}", "/{a}/{b}/{a}", "/a/../b"));
  }
}
