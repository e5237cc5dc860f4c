package dev.owlery.plugins.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.LinearReaders;
import dev.owlery.testkit.ReaderProperties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is read of posts: never a failure, in a time that grows with the length. */
final class HookReadersTest implements LinearReaders {
  private static final int LONGEST_BODY = 1 << 20;
  private static final String DATE =
      "{\"blocks\":[{\"type\":\"rich_text\",\"elements\":[{\"type\":\"rich_text_section\","
          + "\"elements\":[{\"type\":\"text\",\"text\":\"at\"},"
          + "{\"type\":\"date\",\"style\":{\"bold\":true}}]}]}]}";

  static Stream<ReaderProperties> readers() {
    return Stream.of(
        ReaderProperties.of("posts", LONGEST_BODY, Payload::read)
            .refusesBy(Payload.PayloadRefused.class)
            .madeOf("{", "}", "[", "]", "\"blocks\":", "\"text\":", "\"*a*\"", ",", "1", "null")
            .like(
                DATE,
                "[[null,1]]",
                "[[,\"text\":1]]",
                "{\"text\":\"*a* <http://b|c>\",\"attachments\":[{\"text\":\"d\",\"ts\":1e99}]}",
                "{\"blocks\":[{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"*a\"}}]}"),
        ReaderProperties.of("texts", 1 << 18, text -> post("{\"text\":", text, "}"))
            .refusesBy(Payload.PayloadRefused.class)
            .madeOf("*", "_", "<", ">", "`", " *a", "a* ", ":", ":wave:", "&gt;", "\n", "a"),
        ReaderProperties.of(
                "blocks of Markdown",
                LONGEST_BODY / 2,
                text -> post("{\"blocks\":[{\"type\":\"markdown\",\"text\":", text, "}]}"))
            .refusesBy(Payload.PayloadRefused.class)
            .madeOf("[a](<b", "*a **a ", ">", "> ", "`", "[", "<", "- ", "\n", "![", "]", "a"),
        ReaderProperties.of(
                "many blocks",
                LONGEST_BODY / 2,
                text -> Payload.read("{\"blocks\":[" + text + "{}]}"))
            .refusesBy(Payload.PayloadRefused.class)
            .madeOf(
                "{\"type\":\"markdown\",\"text\":\"[a](<b\"},",
                "{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\" *a _b*\"}},",
                "{\"type\":\"header\",\"text\":{\"type\":\"plain_text\",\"text\":\":a:\"}},",
                "{\"type\":\"image\",\"image_url\":\"http://a\",\"alt_text\":\"\"},"),
        ReaderProperties.of("forms", LONGEST_BODY, ApiCall::form)
            .madeOf("a", "=", "&", "%", "%41", "%zz", "+"),
        ReaderProperties.of("parts", LONGEST_BODY, text -> Multipart.fields("B", text))
            .madeOf(
                "--B",
                "\n--B",
                "\r\n",
                "\n\n",
                "Content-Disposition: form-data;",
                " name=",
                "\"",
                "a",
                "--"));
  }

  private static void post(String before, String text, String behind)
      throws Payload.PayloadRefused {
    Payload.read(before + new com.google.gson.Gson().toJson(text) + behind).content().plain();
  }

  @Test
  void aBoldDateWithoutWordsIsNothingBehindTheTextBeforeIt() throws Payload.PayloadRefused {
    assertThat(Payload.read(DATE).content().plain()).isEqualTo("at");
  }
}
