package dev.owlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.adapter.Capability;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever conversation there is, {@code locate} finds it by its written form. */
final class ConversationNamesTest {

  private static final int TRIES = 5_000;
  private static final AccountId FLAT = new AccountId("flat");
  private static final AccountId DEEP = new AccountId("deep");

  private final Random dice = new Random(20_261_130);
  private final BotScenario bot =
      BotScenario.with(ParrotPlugin.class).accounts("flat", "deep").start();

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void everyKindOfConversationIsReadBack() {
    bot.network("deep").can(Capability.THREADS);
    IntStream.range(0, TRIES).mapToObj(this::any).forEach(this::isReadBack);
  }

  private void isReadBack(Conversation where) {
    assertThat(bot.bot().locate(where.toString())).as("%s", where).isEqualTo(where);
    assertThat(bot.bot().locate(where.address()))
        .as("%s, its address", where)
        .isEqualTo(new Conversation(where.account(), where.kind(), where.room(), Optional.empty()));
    assertThat(where.toString().chars()).noneMatch(Character::isISOControl);
  }

  private Conversation any(int number) {
    return switch (number % 6) {
      case 0 -> Conversation.ofAccount(number % 12 == 0 ? FLAT : DEEP);
      case 1 -> Conversation.room(FLAT, "#" + text("ab.?%/@3F25 -", 8));
      case 2 -> Conversation.direct(FLAT, "n" + text("ab?%|`3F25", 8));
      case 3 -> Conversation.room(DEEP, "#" + text("ab_-", 8)).inThread(text("0123456789.", 12));
      case 4 -> somebody();
      default -> somebody().inThread("x" + text("ab?%/@&=#3F25 \u0001\t\n\u0085\u00e9\ud83e", 12));
    };
  }

  /** As on XMPP: a bare address, or somebody in a room. */
  private Conversation somebody() {
    String bare = "n" + text("ab?%3F25.", 6) + "@rooms.example";
    return Conversation.direct(DEEP, dice.nextBoolean() ? bare : bare + "/" + text("ab?%/@ 3F", 8));
  }

  /** One to so many of these characters. */
  private String text(String alphabet, int most) {
    return IntStream.rangeClosed(0, dice.nextInt(most))
        .mapToObj(_ -> alphabet.charAt(dice.nextInt(alphabet.length())))
        .map(String::valueOf)
        .collect(Collectors.joining());
  }

  @Test
  void aThreadIsWrittenBehindAQuestionMark() {
    bot.network("deep").can(Capability.THREADS);
    Conversation thread = Conversation.room(DEEP, "#dev").inThread("1700000000.000100");
    assertThat(thread).hasToString("deep/#dev?1700000000.000100");
    assertThat(bot.bot().locate("deep/#dev?1700000000.000100")).isEqualTo(thread);
    assertThat(Conversation.room(DEEP, "#dev").inThread("")).hasToString("deep/#dev");
  }

  @Test
  void whereThereAreNoThreadsAQuestionMarkIsAQuestionMark() {
    assertThat(bot.bot().locate("flat/#what?now").room()).isEqualTo("#what?now");
    assertThat(bot.bot().locate("flat/#what%3Fnow").room()).isEqualTo("#what%3Fnow");
  }

  @Test
  void nothingIsSaidToAnAccountItself() {
    Conversation account = bot.bot().locate("flat/");
    assertThat(account.kind()).isEqualTo(Conversation.Kind.ACCOUNT);
    CompletableFuture<?> receipt = bot.bot().say(account, "hello").toCompletableFuture();
    assertThat(receipt.orTimeout(10, TimeUnit.SECONDS).join().toString())
        .contains("no place to speak in");
    for (String nowhere : List.of("", "/", "nowhere/", "nowhere/#dev", "flat")) {
      assertThatThrownBy(() -> bot.bot().locate(nowhere))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
