package dev.owlery.core.topic;

import dev.owlery.api.content.Item;
import dev.owlery.testkit.LinearReaders;
import dev.owlery.testkit.ReaderProperties;
import java.util.stream.Stream;

/** What is read of how topics are delivered: never a failure, in a time within the length. */
final class TopicReadersTest implements LinearReaders {
  private static final Template TEMPLATE = new Template("{title} {text} {link} {field.a}");

  static Stream<ReaderProperties> readers() {
    return Stream.of(
        ReaderProperties.of("quiet hours", 1 << 12, QuietHours::of)
            .refusesBy(IllegalArgumentException.class)
            .madeOf("2", "0", ":", "-", " ", "22:00", "07:00", "Europe/Berlin", "UTC", "+", "Z")
            .like("22:00-07:00", "22:00-07:00 Europe/Berlin", "99:99-00:00", "00:00-00:00"),
        ReaderProperties.of("templates", 1 << 12, Template::new)
            .refusesBy(IllegalArgumentException.class)
            .madeOf("{", "}", "{title}", "{field.", "a", " ", "$1", "\\")
            .like("{title}: {text} ({link})", "{field.a} {nobody}"),
        ReaderProperties.of(
                "titles in a template", 1 << 16, text -> TEMPLATE.tell("a", Item.of("key", text)))
            .refusesBy(IllegalArgumentException.class)
            .madeOf("{title}", "{", "}", "$1", "\\", "\n", "\u2028", "a", " "));
  }
}
