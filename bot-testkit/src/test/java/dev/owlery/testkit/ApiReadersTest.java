package dev.owlery.testkit;

import com.google.gson.Gson;
import dev.owlery.api.content.Text;
import dev.owlery.api.slack.SlackNotation;
import dev.owlery.api.topic.TopicPattern;
import java.util.Map;
import java.util.stream.Stream;

/** What the API reads of others' text, for whoever calls it. */
final class ApiReadersTest implements LinearReaders {
  static final String[] MARKDOWN = {
    "*",
    "_",
    "**",
    "`",
    "``",
    "[",
    "]",
    "(",
    ")",
    "<",
    "!",
    "![",
    "a",
    " ",
    "b ",
    "\n",
    "\n\n",
    "> ",
    ">",
    "- ",
    "1. ",
    "    ",
    "\\",
    "&",
    "&amp;",
    "&auml;",
    "#",
    "~~~",
    "```",
    "](",
    "](<",
    "[a]: ",
    "[a]",
    "<a",
    "<!--",
    "-->",
    "<?",
    "<![CDATA[",
    "\"",
    "'",
    "=\n",
    "---\n",
    " *a",
    "a* "
  };
  static final String[] MRKDWN = {
    "*",
    "_",
    "`",
    "```",
    "<",
    ">",
    "|",
    "a",
    " ",
    "\n",
    "&gt;",
    "&lt;",
    "&amp;",
    "~",
    " *a",
    "a* ",
    "_a_ ",
    "*_",
    "<@U1>",
    "<#C1|a>",
    "<!here>",
    "<!date^1^{date}|b>",
    "<http://a|b>",
    ":wave:",
    "\u0002"
  };

  static Stream<ReaderProperties> readers() {
    return Stream.of(
        ReaderProperties.of("Markdown", 1 << 20, text -> Text.markdown(text).spans())
            .madeOf(MARKDOWN)
            .like("[a](<b", "**a [b](http://c \"d\")** `e`\n> f\n\n- g\n  1. h\n", "[a]: b\n[a]"),
        ReaderProperties.of("Markdown, plain", 1 << 20, text -> Text.markdown(text).plain())
            .madeOf(MARKDOWN)
            .like("> ".repeat(4_000), ">".repeat(4_000), "*a **a ".repeat(600)),
        ReaderProperties.of(
                "mrkdwn",
                1 << 20,
                text -> SlackNotation.read(text, SlackNotation.Names.NONE).spans())
            .madeOf(MRKDWN)
            .like("*b*_\u0002_ ~s~", " *a".repeat(50) + "<" + "a* ".repeat(80), "&gt; *a* _b_\nc"),
        ReaderProperties.of(
                "mrkdwn, plain",
                1 << 20,
                text -> SlackNotation.readPlain(text, SlackNotation.Names.NONE))
            .madeOf(MRKDWN),
        ReaderProperties.of(
                "a card of one text",
                1 << 17,
                text ->
                    SlackNotation.card(
                        Map.of(
                            "title",
                            text,
                            "text",
                            text,
                            "title_link",
                            text,
                            "ts",
                            text,
                            "color",
                            text,
                            "footer",
                            text,
                            "author_name",
                            text)))
            .madeOf(MRKDWN),
        ReaderProperties.of("a card", 1 << 16, ApiReadersTest::card)
            .refusesBy(com.google.gson.JsonParseException.class)
            .madeOf(
                "{", "}", "\"text\":", "\"*a*\"", "[", "]", ",", "null", "1e99", "\"ts\":", "true")
            .like(
                "{\"text\":\"*a*\",\"fields\":[{\"title\":\"b\",\"value\":\"<@c>\"}],\"ts\":1e9}"),
        ReaderProperties.of("addresses", 1 << 16, SlackNotation::address)
            .madeOf("http://", "a", "/", ":", "@", "[", "]", "%", "%41", "?", "#", "&amp;"),
        ReaderProperties.of("topics", 1 << 16, text -> new TopicPattern(text).matches(text))
            .refusesBy(IllegalArgumentException.class)
            .madeOf("a", ".", "*", "**", "a.", "*."));
  }

  private static void card(String json) {
    if (new Gson().fromJson(json, Object.class) instanceof Map<?, ?> map) {
      Map<String, Object> attachment = new java.util.HashMap<>();
      map.forEach((key, value) -> attachment.put(String.valueOf(key), value));
      SlackNotation.card(attachment);
    }
  }
}
