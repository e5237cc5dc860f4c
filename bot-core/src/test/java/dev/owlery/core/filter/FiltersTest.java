package dev.owlery.core.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Say;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import dev.owlery.core.filter.FloodGuard.FloodVerdict;
import dev.owlery.core.permission.PermissionSettings;
import dev.owlery.core.permission.RolePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiltersTest {

  private static final AccountId LIBERA = new AccountId("libera");
  private static final Conversation OWLS = Conversation.room(LIBERA, "#owls");
  private static final Identity ALICE = new Identity(LIBERA, "account:alice");
  private static final Identity BOB = new Identity(LIBERA, "account:bob");
  private static final Member ADMIN = Member.verified("alice", ALICE);
  private static final Member PERSON = Member.verified("bob", BOB);
  private static final PermissionSettings SETTINGS =
      new PermissionSettings(
          Map.of("alice", List.of(ALICE), "bob", List.of(BOB)),
          Map.of("admin", List.of("alice")),
          Map.of("admin", List.of("*"), "everyone", List.of("view")));

  private Instant now = Instant.parse("2026-11-30T08:00:00Z");
  private final Filters filters = filters(12);

  @Test
  void nickChangesByTheThousandGetNoMoreAnswersThanOneHostMayHave() {
    int answers = 0;
    for (int i = 0; i < 1_200; i++) {
      Member evader = Member.unverified("evader" + i).from("evil.example");
      answers += filters.command(OWLS, evader) == FloodVerdict.IGNORE ? 0 : 1;
      now = now.plusMillis(40);
    }
    assertThat(answers).isEqualTo(60);
    assertThat(filters.command(OWLS, PERSON)).isEqualTo(FloodVerdict.RUN);
    assertThat(filters.command(OWLS, Member.unverified("eve").from("good.example")))
        .isEqualTo(FloodVerdict.RUN);
  }

  @Test
  void inARoomThatShowsNoSourcesNamesProveNothing() {
    int answers = 0;
    for (int i = 0; i < 1_200; i++) {
      Member evader = Member.unverified("evader" + i);
      answers += filters.command(OWLS, evader) == FloodVerdict.IGNORE ? 0 : 1;
      now = now.plusMillis(40);
    }
    assertThat(answers).isEqualTo(60);
    Conversation mice = Conversation.room(LIBERA, "#mice");
    assertThat(filters.command(mice, Member.unverified("eve"))).isEqualTo(FloodVerdict.RUN);
    assertThat(filters.command(OWLS, PERSON)).isEqualTo(FloodVerdict.RUN);
  }

  @Test
  void aPersonIsToldOnceAndHeardAgainAMinuteLater() {
    for (int i = 0; i < 12; i++) {
      assertThat(filters.command(OWLS, PERSON)).isEqualTo(FloodVerdict.RUN);
    }
    assertThat(filters.command(OWLS, PERSON)).isEqualTo(FloodVerdict.WARN);
    assertThat(filters.command(OWLS, PERSON)).isEqualTo(FloodVerdict.IGNORE);
    now = now.plusSeconds(61);
    assertThat(filters.command(OWLS, PERSON)).isEqualTo(FloodVerdict.RUN);
  }

  @Test
  void administratorsAreNotLimited() {
    assertThat(IntStream.range(0, 500).mapToObj(i -> filters.command(OWLS, ADMIN)))
        .containsOnly(FloodVerdict.RUN);
  }

  @Test
  void whereEveryoneMayDoEverythingNobodyIsAnAdministratorForThat() {
    Filters open =
        new Filters(
            () -> now,
            1,
            new RolePermissions(
                new PermissionSettings(Map.of(), Map.of(), Map.of("everyone", List.of("*")))));
    assertThat(open.command(OWLS, PERSON)).isEqualTo(FloodVerdict.RUN);
    assertThat(open.command(OWLS, PERSON)).isEqualTo(FloodVerdict.WARN);
  }

  @Test
  void somebodyGetsThreeHintsAMinuteAndThenNoneUntilTheyCallACommand() {
    Member ann = Member.unverified("ann");
    Conversation chat = Conversation.direct(LIBERA, "ann");
    assertThat(hints(chat, ann, 100)).isEqualTo(3);
    now = now.plus(Duration.ofHours(1));
    assertThat(hints(chat, ann, 100)).isZero();
    assertThat(filters.command(chat, ann)).isEqualTo(FloodVerdict.RUN);
    assertThat(hints(chat, ann, 100)).isEqualTo(3);
  }

  @Test
  void strangersShareOneBudgetOfHintsAndKnownPeopleHaveTheirOwn() {
    int strangers = 0;
    for (int i = 0; i < 12_000; i++) {
      Member stranger = Member.unverified("s" + i).from("host" + i);
      strangers += filters.hint(Conversation.direct(LIBERA, "s" + i), stranger) ? 1 : 0;
    }
    assertThat(strangers).isEqualTo(10);
    assertThat(hints(Conversation.direct(LIBERA, "bob"), PERSON, 10)).isEqualTo(3);
  }

  @Test
  void automaticLinesAreLimitedInEachRoomAndAnswersAreNot() {
    Say hello = new Say(OWLS, Content.of("Welcome!"), Tone.AUTOMATIC, Optional.empty());
    Say answer = new Say(OWLS, Content.of("42"));
    assertThat(IntStream.range(0, 50).filter(i -> filters.passes(hello)).count()).isEqualTo(5);
    assertThat(IntStream.range(0, 50).filter(i -> filters.passes(answer)).count()).isEqualTo(50);
  }

  @Test
  void automaticLinesOfOtherBotsAreShownToNobody() {
    assertThat(filters.admits(said(PERSON, Tone.AUTOMATIC, "I know no command \"hm\"."))).isFalse();
    assertThat(filters.admits(said(PERSON, Tone.NOTICE, "backup done"))).isTrue();
    assertThat(filters.admits(said(PERSON, Tone.NORMAL, "I know no command \"hm\"."))).isTrue();
  }

  @Test
  void whoKeepsSayingWhatTheBotHasJustSaidIsNotHeardForAWhile() {
    Member parrot = Member.unverified("parrot");
    int heard = 0;
    for (int i = 0; i < 50; i++) {
      filters.passes(new Say(OWLS, Content.of("hoo " + i)));
      heard += filters.admits(said(parrot, Tone.NORMAL, "hoo " + i)) ? 1 : 0;
      now = now.plusSeconds(1);
    }
    assertThat(heard).isEqualTo(2);
    now = now.plusSeconds(61);
    assertThat(filters.admits(said(parrot, Tone.NORMAL, "anything else"))).isTrue();
  }

  @Test
  void aClockThatWasADayAheadForAMomentLeavesNobodyUnheardAndNoLineJustSaid() {
    Member parrot = Member.unverified("parrot");
    Instant right = now;
    now = now.plus(Duration.ofDays(1));
    for (int i = 0; i < 3; i++) {
      filters.passes(new Say(OWLS, Content.of("hoo")));
      filters.admits(said(parrot, Tone.NORMAL, "hoo"));
    }
    assertThat(filters.admits(said(parrot, Tone.NORMAL, "anything"))).isFalse();
    now = right;
    for (int i = 0; i < 10; i++) {
      assertThat(filters.admits(said(parrot, Tone.NORMAL, "hoo"))).isTrue();
      now = now.plusSeconds(1);
    }
  }

  @Test
  void whoRepeatsThemselvesRightBehindEachAnswerIsTakenForAProgram() {
    Member helper = Member.unverified("helper");
    assertThat(turns(helper, "!help", Duration.ofMillis(200), 50)).isEqualTo(4);
  }

  @Test
  void peopleWhoRepeatThemselvesInTheirOwnTimeAreHeard() {
    assertThat(turns(Member.unverified("ann"), "!roll", Duration.ofSeconds(3), 20)).isEqualTo(20);
  }

  @Test
  void whomTheConfigurationNamesMayRepeatThemselves() {
    assertThat(turns(PERSON, "!roll", Duration.ofMillis(200), 20)).isEqualTo(20);
  }

  @Test
  void repeatingWithoutAnAnswerInBetweenIsNoTalkInCircles() {
    Member ann = Member.unverified("ann");
    filters.passes(new Say(OWLS, Content.of("hello")));
    assertThat(
            IntStream.range(0, 20)
                .filter(i -> filters.admits(said(ann, Tone.NORMAL, "+1")))
                .count())
        .isEqualTo(20);
  }

  @Test
  void withoutALimitOfCommandsAProgramMayRepeatThem() {
    Filters unlimited = filters(0);
    Member script = Member.unverified("script");
    for (int i = 0; i < 100; i++) {
      assertThat(unlimited.admits(said(script, Tone.NORMAL, "!status"))).isTrue();
      unlimited.passes(new Say(OWLS, Content.of("up")));
    }
  }

  /** How often somebody is heard who says the same behind each answer. */
  private int turns(Member who, String text, Duration pause, int times) {
    int heard = 0;
    for (int i = 0; i < times; i++) {
      if (filters.admits(said(who, Tone.NORMAL, text))) {
        heard++;
        filters.passes(new Say(OWLS, Content.of("an answer")));
      }
      now = now.plus(pause);
    }
    return heard;
  }

  private long hints(Conversation where, Member who, int tries) {
    return IntStream.range(0, tries).filter(i -> filters.hint(where, who)).count();
  }

  private Filters filters(int commandsPerMinute) {
    return new Filters(() -> now, commandsPerMinute, new RolePermissions(SETTINGS));
  }

  private MessagePosted said(Member who, Tone tone, String text) {
    return new MessagePosted(
        Origin.live("key", now),
        OWLS,
        who,
        Content.of(text),
        tone,
        Optional.empty(),
        Optional.empty());
  }
}
