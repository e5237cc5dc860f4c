package dev.owlery.adapter.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.slack.text.Emoji;
import dev.owlery.adapter.slack.text.RichTextReader;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.adapter.slack.text.Timestamps;
import dev.owlery.api.slack.SlackNotation;
import dev.owlery.testkit.LinearReaders;
import dev.owlery.testkit.ReaderProperties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is read of Slack's deliveries: never a failure, in a time that grows with the length. */
final class SlackReadersTest implements LinearReaders {
  private static final int LONGEST_BODY = 1 << 20;

  private static final String DATE =
      """
      {"blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[
      {"type":"text","text":"at"},{"type":"date","timestamp":1,"format":"{date}","style":{"bold":true}}
      ]}]}]}\
      """;

  static Stream<ReaderProperties> readers() {
    return Stream.of(
        ReaderProperties.of("JSON", LONGEST_BODY, SlackJson::parse)
            .madeOf("{", "}", "[", "]", "\"a\":", "\"b\"", ",", "1e9", "null", "\\u0000")
            .like("{\"a\":[1,{\"b\":null}]}", "{\"a\":".repeat(200)),
        ReaderProperties.of("rich text", LONGEST_BODY, SlackReadersTest::richText)
            .madeOf(
                "{\"type\":\"text\",\"text\":\"a\"},",
                "{\"type\":\"text\",\"text\":\"\",\"style\":{\"bold\":true,\"italic\":true}},",
                "{\"type\":\"date\",\"style\":{\"bold\":true}},",
                "{\"type\":\"link\",\"url\":\"http://a\",\"text\":\"b\"},",
                "{\"type\":\"text\",\"text\":\"`\",\"style\":{\"code\":true}},",
                "{\"type\":\"emoji\",\"name\":\"wave\"},",
                "{\"type\":\"user\",\"user_id\":\"U1\"},")
            .like(DATE),
        ReaderProperties.of("signs of emoji", 4_096, Emoji::character)
            .madeOf("wave", ":", "::", "-"),
        ReaderProperties.of("times", 4_096, text -> Timestamps.read(text, java.time.Instant.EPOCH))
            .madeOf("1", "0", ".", "000000", "-")
            .like("1700000000.000100", "99999999999999999999.1"));
  }

  /** A whole delivery, or the elements of one line of it. */
  private static void richText(String text) {
    String json =
        text.contains("blocks")
            ? text
            : "{\"blocks\":[{\"type\":\"rich_text\",\"elements\":[{\"type\":\"rich_text_section\","
                + "\"elements\":["
                + text
                + "{}]}]}]}";
    SlackJson.parse(json)
        .ifPresent(message ->
            new RichTextReader(SlackNotation.Names.NONE)
                .read(SlackJson.objects(message, "blocks")));
  }

  @Test
  void aBoldDateWithoutWordsIsNothingBehindTheTextBeforeIt() {
    assertThat(
            new RichTextReader(SlackNotation.Names.NONE)
                .read(SlackJson.objects(SlackJson.parse(DATE).orElseThrow(), "blocks"))
                .orElseThrow()
                .plain())
        .isEqualTo("at");
  }
}
