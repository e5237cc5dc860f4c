package dev.owlery.plugins.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.content.Item;
import dev.owlery.api.content.Item.Severity;
import dev.owlery.plugins.webhooks.WebhooksSettings.SenderKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What senders publish of their payloads becomes a line, or a refusal that says what to change. */
class SendersTest {

  /** One payload, with where it is documented and what is told of it. */
  record Sent(String section, String says, String json) {
    @Override
    public String toString() {
      return section;
    }
  }

  static List<Sent> gitlab() throws IOException {
    List<Sent> all = new ArrayList<>();
    try (InputStream in = SendersTest.class.getResourceAsStream("gitlab.txt")) {
      assertThat(in).isNotNull();
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      for (int i = 2; i < lines.size(); i++) {
        if (lines.get(i).startsWith("{")) {
          all.add(
              new Sent(
                  lines.get(i - 2).substring(2),
                  lines.get(i - 1).substring(1).strip(),
                  lines.get(i)));
        }
      }
    }
    assertThat(all).hasSizeGreaterThan(80);
    return all;
  }

  @ParameterizedTest
  @MethodSource("gitlab")
  void eachKindOfGitLabsIsToldRightly(Sent sent) {
    assertThat(told(sent.json())).isEqualTo(sent.says());
  }

  private static String told(String json) {
    try {
      return GitLabEvents.news(WebhookJson.read(json))
          .map(news -> news.item("k"))
          .map(
              item -> (item.severity() == Severity.INFO ? "" : item.severity() + " ") + title(item))
          .orElse("");
    } catch (RequestRefused refused) {
      return refused.status() + " " + refused.word();
    }
  }

  private static String title(Item item) {
    assertThat(item.title()).isNotBlank().doesNotContain("{", "  ");
    return item.title();
  }

  private static Received posted(String type, String body) {
    return new Received(
        name -> Optional.ofNullable(Map.of("Content-Type", type).get(name)),
        body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void githubPostsAFormUnlessItIsToldOtherwise() throws RequestRefused {
    String json = "{\"zen\": \"Owls & more + 100%\"}";
    String form = "payload=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
    String type = "application/x-www-form-urlencoded";
    assertThat(posted(type, form).json(SenderKind.GITHUB)).isEqualTo(json);
    assertThat(posted("application/json", json).json(SenderKind.GITHUB)).isEqualTo(json);
    assertThat(posted(type, json).json(SenderKind.GENERIC)).isEqualTo(json);
  }

  @Test
  void wrongBodiesAreRefusedWithWhatToChange() {
    String form = "application/x-www-form-urlencoded";
    assertThatThrownBy(() -> posted(form, "a=b").json(SenderKind.GITLAB))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(415);
              assertThat(refused.text()).startsWith("no_json: ").contains("application/json");
            });
    assertThatThrownBy(
            () -> posted("multipart/form-data; boundary=B", "--B").json(SenderKind.GENERIC))
        .isInstanceOf(RequestRefused.class);
    assertThatThrownBy(() -> posted(form, "a=b").json(SenderKind.GITHUB))
        .isInstanceOfSatisfying(
            RequestRefused.class, refused -> assertThat(refused.text()).contains("payload"));
    assertThatThrownBy(() -> posted(form, "payload=%zz").json(SenderKind.GITHUB))
        .isInstanceOf(RequestRefused.class);
    for (String body : List.of("", "[1]", "\"a\"", "null", "{", "<xml/>")) {
      assertThatThrownBy(() -> WebhookJson.read(body))
          .isInstanceOfSatisfying(
              RequestRefused.class,
              refused -> {
                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.text()).contains("application/json");
              });
    }
    assertThatThrownBy(() -> GitHubEvents.news("", WebhookJson.read("{}")))
        .isInstanceOfSatisfying(
            RequestRefused.class, refused -> assertThat(refused.text()).contains("X-GitHub-Event"));
    assertThatThrownBy(() -> GitLabEvents.news(WebhookJson.read("{\"object_attributes\": {}}")))
        .isInstanceOfSatisfying(
            RequestRefused.class, refused -> assertThat(refused.text()).contains("object_kind"));
  }

  /** A title is cut between characters. */
  @Test
  void noEmojiIsCutInTwo() {
    for (int length = 390; length < 410; length++) {
      Item item = WebhookItem.of("x".repeat(length) + "\ud83e\udd89 and more owls", "").item("k");
      assertThat(item.title()).doesNotMatch("(?s).*[\\ud800-\\udbff](?![\\udc00-\\udfff]).*");
    }
  }
}
