package dev.owlery.adapter.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.util.json.GsonFactory;
import dev.owlery.adapter.slack.text.CardWriter;
import dev.owlery.adapter.slack.text.Emoji;
import dev.owlery.adapter.slack.text.Escapes;
import dev.owlery.adapter.slack.text.RenderedMessage;
import dev.owlery.adapter.slack.text.RichTextReader;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.api.content.Card;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Span;
import dev.owlery.api.content.Text;
import dev.owlery.api.content.Tone;
import dev.owlery.api.slack.SlackNotation;
import dev.owlery.testkit.HostileTexts;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Slack's text to ours, and ours to Slack's. */
final class TextTest {

  private static final SlackNotation.Names NAMES =
      new SlackNotation.Names() {
        @Override
        public String user(String id) {
          return Map.of("U01", "ann", "U02", "owl").getOrDefault(id, id);
        }

        @Override
        public String room(String id) {
          return Map.of("C01", "owls").getOrDefault(id, id);
        }

        @Override
        public String emoji(String text) {
          return Emoji.characters(text);
        }
      };

  private static Text read(String raw) {
    return SlackNotation.read(raw, NAMES);
  }

  private static String plain(String raw) {
    return read(raw).plain();
  }

  @Test
  void entities_are_characters() {
    assertThat(plain("a &amp; b &lt;i&gt; &amp;lt;")).isEqualTo("a & b <i> &lt;");
  }

  @Test
  void mentions_channels_and_specials_are_words() {
    assertThat(plain("<@U02> hi <@U01|x>, see <#C01|old> and <#C01>"))
        .isEqualTo("@owl hi @ann, see #old and #owls");
    assertThat(plain("<!channel> <!here|@here> <!subteam^S1|@devs> <!date^1^{date}|today>"))
        .isEqualTo("@channel @here @devs today");
  }

  @Test
  void links_are_links() {
    assertThat(plain("<https://a.example/?x=1&amp;y=2>")).isEqualTo("https://a.example/?x=1&y=2");
    assertThat(plain("<https://a.example|a.example>")).isEqualTo("a.example");
    assertThat(plain("<mailto:a@b.example|a@b.example>")).isEqualTo("a@b.example");
    assertThat(read("<https://a.example|the *site*>").spans())
        .containsExactly(new Span.Link("https://a.example", List.of(new Span.Words("the *site*"))));
  }

  @Test
  void a_link_to_a_strange_scheme_is_no_link() {
    assertThat(plain("<javascript:alert(1)|click>")).isEqualTo("click <javascript:alert(1)>");
  }

  @Test
  void marks_count_at_the_edge_of_words_only() {
    assertThat(read("*bold* _it_ `c*d*`").spans())
        .contains(
            new Span.Strong(List.of(new Span.Words("bold"))),
            new Span.Emphasis(List.of(new Span.Words("it"))),
            new Span.Code("c*d*"));
    assertThat(plain("2*3*4 my_var_name a * b * c")).isEqualTo("2*3*4 my_var_name a * b * c");
    assertThat(read("2*3*4 my_var_name").syntax()).isEqualTo(Text.Syntax.PLAIN);
  }

  @Test
  void code_and_quotes_keep_their_lines() {
    assertThat(plain("see\n```a &lt; b\nc_d_e```\nend")).isEqualTo("see\na < b\nc_d_e\nend");
    assertThat(plain("&gt; said\n&gt; so\nyes")).isEqualTo("> said\n> so\nyes");
  }

  @Test
  void emoji_have_characters() {
    assertThat(plain(":wave: :+1::skin-tone-4: :our-own: 12:30:45"))
        .isEqualTo("👋 👍🏽 :our-own: 12:30:45");
    assertThat(Emoji.name("👍")).contains("+1");
    assertThat(Emoji.name("👍🏽")).contains("+1::skin-tone-4");
    assertThat(Emoji.name("❤️")).contains("heart");
    assertThat(Emoji.name(":our-own:")).contains("our-own");
    assertThat(Emoji.name("no emoji")).isEmpty();
    assertThat(Emoji.character("heart")).isEqualTo("❤️");
  }

  @Test
  void plain_text_keeps_its_lines_and_spaces() {
    String text = "a\n\n    b\n- c\n1. d";
    assertThat(plain(text)).isEqualTo(text);
  }

  @Test
  void whatever_is_said_has_no_control_sequence() {
    HostileTexts.all()
        .forEach(each -> {
          RenderedMessage rendered = RenderedMessage.of(Content.of(each.getPayload()), Tone.NORMAL);
          assertThat(rendered.text()).as(each.getName()).doesNotContain("<", ">");
          assertThat(rendered.blocks()).as(each.getName()).isEmpty();
        });
  }

  @Test
  void nobody_mentions_everybody_by_what_they_type() {
    for (String text : List.of("<!channel>", "<@U01>", "<https://evil.example|bank.example>")) {
      assertThat(RenderedMessage.of(Content.of(text), Tone.NORMAL).text())
          .isEqualTo(text.replace("<", "&lt;").replace(">", "&gt;"));
      assertThat(Escapes.mrkdwn(Text.markdown(Text.escape(text)))).doesNotContain("<", ">");
      assertThat(plain(Escapes.text(text))).isEqualTo(text);
    }
  }

  @Test
  void a_link_cannot_be_made_to_show_another() {
    String evil = "[bank.example](<https://evil.example/a|b>)";
    assertThat(Escapes.mrkdwn(Text.markdown(evil)))
        .isEqualTo("<https://evil.example/a%7Cb|bank.example>");
  }

  @Test
  void marked_text_goes_out_as_rich_text() {
    RenderedMessage rendered =
        RenderedMessage.of(
            Content.of(Text.markdown("**b** *i* `c` [t](https://a.example) and *\\*s\\**")),
            Tone.NORMAL);
    String json = GsonFactory.createSnakeCase().toJson(rendered.blocks());
    assertThat(json)
        .contains("\"text\":\"b\"", "\"bold\":true", "\"italic\":true", "\"code\":true")
        .contains("\"url\":\"https://a.example\"", "\"text\":\"*s*\"");
    assertThat(
            new RichTextReader(NAMES)
                .read(
                    List.of(
                        GsonFactory.createSnakeCase()
                            .toJsonTree(rendered.blocks().getFirst())
                            .getAsJsonObject()))
                .orElseThrow()
                .plain())
        .isEqualTo("b i c t <https://a.example> and *s*");
  }

  @Test
  void every_part_of_a_card_has_its_field() {
    Card card =
        Card.card("fall <b>")
            .colour("#2eb886")
            .pretext(Text.plain("pre"))
            .author(
                new Card.Author(
                    "ann",
                    java.util.Optional.of(URI.create("https://a.example/ann")),
                    java.util.Optional.of(URI.create("https://a.example/ann.png"))))
            .title("title", URI.create("https://a.example/t"))
            .text(Text.markdown("**strong**"))
            .field(new Card.Field("f1", "v*1*", true))
            .field(new Card.Field("f2", "v2", false))
            .image(URI.create("https://a.example/i.png"))
            .thumbnail(URI.create("https://a.example/s.png"))
            .footer("foot")
            .footerIcon(URI.create("https://a.example/f.png"))
            .at(Instant.ofEpochSecond(1_700_000_000))
            .build();
    String json = GsonFactory.createSnakeCase().toJson(CardWriter.write(card));
    assertThat(json)
        .contains(
            "fall &lt;b&gt;".replace("&", "\\u0026"),
            "\"color\":\"#2eb886\"",
            "\"pretext\":\"pre\"",
            "\"author_name\":\"ann\"",
            "\"author_link\"",
            "\"author_icon\"",
            "\"title\":\"title\"",
            "\"title_link\"",
            "\"text\":\"*strong*\"",
            "\"mrkdwn_in\":[\"text\"]",
            "\"short\":true",
            "\"image_url\"",
            "\"thumb_url\"",
            "\"footer\":\"foot\"",
            "\"footer_icon\"",
            "1700000000");
    assertThat(
            SlackNotation.card(
                SlackJson.map(
                    GsonFactory.createSnakeCase()
                        .toJsonTree(CardWriter.write(card))
                        .getAsJsonObject())))
        .contains(card);
  }
}
