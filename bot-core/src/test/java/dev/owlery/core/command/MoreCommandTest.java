package dev.owlery.core.command;

import static dev.owlery.core.command.Talk.ANN;
import static dev.owlery.core.command.Talk.DIRECT;
import static dev.owlery.core.command.Talk.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.content.Tone;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Permission;
import org.junit.jupiter.api.Test;

class MoreCommandTest {

  private final Talk talk = Talk.limited(3, new Talker());

  @Test
  void aLongAnswerWaitsForMore() {
    assertThat(talk.answers("!lines 7")).containsExactly("1", "2", "3", "(4 more: !more)");
    assertThat(talk.answers("!more")).containsExactly("4", "5", "6", "(1 more: !more)");
    assertThat(talk.answers("!more")).containsExactly("7");
    assertThat(talk.answers("!more")).containsExactly("There is no more.");
  }

  @Test
  void anAnswerThatFitsIsSaidAsItIs() {
    assertThat(talk.answers("!lines 3")).containsExactly("1\n2\n3");
  }

  @Test
  void theMessagesOfOneCallAreCountedTogether() {
    assertThat(talk.answers("!stream 5")).containsExactly("1", "2", "3", "(2 more: !more)");
    assertThat(talk.answers("!more")).containsExactly("4", "5");
  }

  @Test
  void aQuestionInBetweenShowsWhatIsLeftAndCountsAnew() {
    FakeLane lane = new FakeLane();
    lane.answers.add(Talk.message(ROOM, ANN, Tone.NORMAL, "yes"));
    talk.run(lane, Talk.message(ROOM, ANN, Tone.NORMAL, "!ask"));
    assertThat(lane.lines())
        .containsExactly("1", "2", "3", "(1 more: !more)", "Go on? (yes/no)", "5\n6\n7");
  }

  @Test
  void everybodyHasTheirOwnRestInEachConversation() {
    Member bob = Member.unverified("bob");
    Member other = Member.verified("ann", Identity.parse("libera/account:other"));
    Conversation thread = ROOM.inThread("1");
    talk.answers(ROOM, ANN, "!lines 4");
    assertThat(talk.answers(ROOM, bob, "!more")).containsExactly("There is no more.");
    assertThat(talk.answers(ROOM, other, "!more")).containsExactly("There is no more.");
    assertThat(talk.answers(thread, ANN, "!more")).containsExactly("There is no more.");
    assertThat(talk.answers(DIRECT, ANN, "more")).containsExactly("There is no more.");
    assertThat(talk.answers(ROOM, ANN, "!more")).containsExactly("4");
  }

  @Test
  void onlySoManyRestsAreKept() {
    for (int i = 0; i < 300; i++) {
      talk.answers(ROOM, Member.unverified("user" + i), "!lines 4");
    }
    assertThat(talk.answers(ROOM, Member.unverified("user0"), "!more"))
        .containsExactly("There is no more.");
    assertThat(talk.answers(ROOM, Member.unverified("user299"), "!more")).containsExactly("4");
  }

  @Test
  void anEndlessStreamIsLeftWhenTheRestIsFull() {
    FakeLane lane = new FakeLane();
    talk.run(lane, Talk.message(ROOM, ANN, Tone.NORMAL, "!endless"));
    assertThat(lane.lines()).hasSize(4).last().asString().startsWith("(656 more");
  }

  @Test
  void withoutALimitEverythingIsSaidAtOnce() {
    assertThat(Talk.limited(0, new Talker()).answers("!stream 100")).hasSize(100);
  }

  @Permission("view")
  static final class Talker {

    @Command("lines <count>")
    String lines(@Argument("count") int count) {
      return IntStream.rangeClosed(1, count)
          .mapToObj(Integer::toString)
          .collect(Collectors.joining("\n"));
    }

    @Command("stream <count>")
    Stream<String> stream(@Argument("count") int count) {
      return IntStream.rangeClosed(1, count).mapToObj(Integer::toString);
    }

    @Command("endless")
    Stream<String> endless() {
      return Stream.generate(() -> "x".repeat(100));
    }

    @Command("ask")
    String ask(CommandCall call) {
      List.of("1", "2", "3", "4").forEach(call::reply);
      return call.confirm("Go on?") ? "5\n6\n7" : "";
    }
  }
}
