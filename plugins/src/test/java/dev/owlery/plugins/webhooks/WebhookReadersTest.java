package dev.owlery.plugins.webhooks;

import dev.owlery.testkit.LinearReaders;
import dev.owlery.testkit.ReaderProperties;
import java.util.stream.Stream;

/** What is read of posted JSON: never a failure, in a time that grows with the length. */
final class WebhookReadersTest implements LinearReaders {
  private static final int LONGEST_BODY = 1 << 20;
  private static final String[] JSON = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"a\"",
    "\"title\":",
    "\"commits\":",
    "\"message\":",
    "1",
    "1e999999999",
    "null",
    "true",
    "\"\\u0000\"",
    "[".repeat(50),
    "{\"a\":"
  };
  private static final String PUSH =
      "{\"object_kind\":\"push\",\"ref\":\"refs/heads/a\",\"total_commits_count\":2,"
          + "\"commits\":[{\"message\":\"b\\nc\"},{\"message\":1e999999999}],"
          + "\"pusher\":{\"name\":\"d\"},\"repository\":{\"full_name\":\"e/f\"}}";

  static Stream<ReaderProperties> readers() {
    return Stream.of(
        ReaderProperties.of(
                "JSON",
                LONGEST_BODY,
                text -> {
                  WebhookJson json = WebhookJson.read(text);
                  json.fill("{title} {a.b.0} {commits.0.message} {a}");
                  json.list("commits").forEach(commit -> commit.at("message"));
                })
            .refusesBy(RequestRefused.class)
            .madeOf(JSON)
            .like(PUSH, "{\"title\":1e999999999,\"a\":{\"b\":[-0,1E+400]}}"),
        ReaderProperties.of(
                "GitHub's", LONGEST_BODY, text -> GitHubEvents.news("push", WebhookJson.read(text)))
            .refusesBy(RequestRefused.class)
            .madeOf(JSON)
            .like(PUSH),
        ReaderProperties.of(
                "GitLab's", LONGEST_BODY, text -> GitLabEvents.news(WebhookJson.read(text)))
            .refusesBy(RequestRefused.class)
            .madeOf(JSON)
            .like(PUSH, PUSH.replace("push", "note")),
        ReaderProperties.of(
                "items",
                LONGEST_BODY,
                text -> new WebhookItem(text, text, text, severity()).item("a").card())
            .madeOf("a", " ", "\n", "\u2028", "\uD83D\uDE00", "http://a", "%", "[", "\0"));
  }

  private static dev.owlery.api.content.Item.Severity severity() {
    return dev.owlery.api.content.Item.Severity.INFO;
  }
}
