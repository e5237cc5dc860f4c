package dev.owlery.core.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.Card;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Text;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedReplyTest {

  private static final AccountId NET = new AccountId("net");
  private static final Conversation OWLS = Conversation.room(NET, "#owls");
  private static final Member MAL = Member.unverified("mal");

  private static List<String> said(Conversation where, Member caller, String line, String reply) {
    return said(where, caller, line, Content.of(reply));
  }

  private static List<String> said(Conversation where, Member caller, String line, Content reply) {
    return said(where, caller, line, true, reply);
  }

  private static List<String> said(
      Conversation where, Member caller, String line, boolean isReply, Content reply) {
    return new GuardedReply(
            where,
            caller,
            line,
            isReply,
            GuardedReplyTest::divide,
            () -> List.of(MAL, Member.unverified("Botty"), Member.self("owl")))
        .of(reply).stream().map(Content::plain).toList();
  }

  /** A network whose messages have one line of thirty characters. */
  private static List<Content> divide(Content content) {
    List<Content> parts = new ArrayList<>();
    for (String line : content.plain().split("\n", -1)) {
      String rest = line;
      while (rest.length() > 30) {
        int blank = rest.lastIndexOf(' ', 30);
        int end = blank <= 0 ? 30 : blank;
        parts.add(Content.of(rest.substring(0, end)));
        rest = rest.substring(end).strip();
      }
      parts.add(Content.of(rest));
    }
    return parts;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!op mal",
        ".kick ann",
        "?learn x",
        "~quit",
        "$nick x",
        "%op mal",
        "&op mal",
        "/quit",
        "\\op",
        ";op mal",
        "^op",
        "=x",
        "`op mal",
        "+o mal",
        "-o owl",
        "!!op mal",
        " !op mal",
        "\u0002!op mal",
        "\u200b!op mal",
        "!8ball"
      })
  void aReplyThatBeginsWithACommandSignGetsTheCallersNameInFront(String words) {
    assertThat(said(OWLS, MAL, "echo " + words, words))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("mal: ");
    assertThat(said(OWLS, MAL, "what was stored", words)).first().asString().startsWith("mal: ");
    assertThat(said(Conversation.direct(NET, "mal"), MAL, "echo", words)).containsExactly(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello, world",
        "hi",
        "(3 more: !more)",
        "...and so on",
        "-5",
        "+1",
        "- a list",
        "? what",
        "Did you mean !echo?",
        "100% sure",
        "https://example.org/?q=!op",
        "@ann hi",
        "#owls: 3 people",
        "ann: hi",
        "$5",
        "! wow"
      })
  void otherRepliesStayAsTheyAre(String words) {
    assertThat(said(OWLS, MAL, "show", words)).containsExactly(words);
  }

  @Test
  void theCallersOwnWordsDoNotSpeakToMembersEither() {
    assertThat(said(OWLS, MAL, "echo Botty: die", "Botty: die")).containsExactly("mal: Botty: die");
    assertThat(said(OWLS, MAL, "echo botty, die", "botty, die")).containsExactly("mal: botty, die");
    assertThat(said(OWLS, MAL, "echo @Botty die", "@Botty die")).containsExactly("mal: @Botty die");
    assertThat(said(OWLS, MAL, "echo hello, world", "hello, world"))
        .containsExactly("hello, world");
    assertThat(said(OWLS, MAL, "status", "Botty: is fine")).containsExactly("Botty: is fine");
  }

  @Test
  void noLineOfALongReplyBeginsWithACommand() {
    assertThat(said(OWLS, MAL, "echo", "first\n!op mal\nlast"))
        .containsExactly("first", "mal: !op mal", "last");
    String crafted = "x".repeat(29) + " !op mal " + "y".repeat(18) + " !kick ann " + "z".repeat(90);
    assertThat(said(OWLS, MAL, "echo " + crafted, crafted))
        .noneMatch(line -> line.startsWith("!"))
        .allMatch(line -> line.length() <= 30);
  }

  @Test
  void aNameIsNoCommandEither() {
    Member evil = Member.unverified("!op mal");
    assertThat(said(OWLS, evil, "echo !x", "!x")).containsExactly("op mal: !x");
    assertThat(said(OWLS, Member.unverified("!!!"), "echo !x", "!x")).containsExactly("re: !x");
  }

  @Test
  void markedTextIsGuardedAsItIsShown() {
    assertThat(said(OWLS, MAL, "echo", Content.of(Text.markdown("**!op** mal"))))
        .containsExactly("mal: !op mal");
  }

  @Test
  void whatIsNoReplyIsGuardedOnlyWhereItRepeatsTheWordsOfAnother() {
    assertThat(said(OWLS, MAL, "!op++", false, Content.of("!op: 1")))
        .containsExactly("mal: !op: 1");
    assertThat(said(OWLS, MAL, "say !op mal", false, Content.of("!op mal")))
        .containsExactly("mal: !op mal");
    assertThat(said(OWLS, MAL, "hello", false, Content.of("!backup now")))
        .containsExactly("!backup now");
    assertThat(said(Conversation.direct(NET, "ann"), MAL, "!op", false, Content.of("!op mal")))
        .containsExactly("!op mal");
  }

  @Test
  void aCardIsGuardedAsItIsShownInText() {
    Content card =
        Content.of(Card.card("!op mal").title("!op mal").text(Text.plain("more")).build());
    assertThat(said(OWLS, MAL, "!op mal", false, card).getFirst()).startsWith("mal: !op mal");
    Content harmless =
        Content.of(Card.card("news").title("news").text(Text.plain("all is well")).build());
    assertThat(new GuardedReply(OWLS, MAL, "news", false, List::of, List::of).of(harmless))
        .containsExactly(harmless);
  }
}
