package dev.owlery.core.command;

import static dev.owlery.core.command.Talk.ALICE;
import static dev.owlery.core.command.Talk.ANN;
import static dev.owlery.core.command.Talk.DIRECT;
import static dev.owlery.core.command.Talk.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.content.Tone;
import dev.owlery.core.permission.AuditLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Permission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people have tried with other bots, as far as it concerns commands. */
class PermissionBypassTest {

  private final Admin admin = new Admin();
  private final Talk talk = Talk.with(admin);
  private final AuditLines audit = new AuditLines();

  @AfterEach
  void stopListening() {
    audit.close();
  }

  /** Everybody who could be taken for alice. */
  static Stream<Member> impostors() {
    List<Member> impostors = new ArrayList<>();
    // Nicks, idents and display names, with nobody vouching for them: also an account of before.
    for (String nick :
        List.of(
            "alice",
            "ALICE",
            "al\u0456ce",
            "\uff41lice",
            "alice\u200b",
            "alice_",
            "*!*@*",
            "*",
            "alice!alice@libera",
            "account:alice",
            "libera/account:alice",
            "NickServ",
            "@alice",
            "admin",
            "everyone",
            "\u202ealice",
            "alice\nrefused who=x",
            "Adm{n",
            "Adm[n")) {
      impostors.add(Member.unverified(nick));
      impostors.add(new Member("x", nick, Optional.empty(), false, false));
    }
    // Identities that are like hers.
    for (String identity :
        List.of(
            "libera/account:Alice",
            "libera/account:al\u0456ce",
            "libera/account:alice\u200b",
            "libera/account:alice2",
            "libera/account:alice/x",
            "libera/account:*",
            "libera/alice",
            "home/account:alice",
            "libera/account:admin",
            "libera/nick:alice")) {
      impostors.add(Member.verified("alice", Identity.parse(identity)));
    }
    return impostors.stream();
  }

  @ParameterizedTest
  @MethodSource("impostors")
  void nobodyElseIsAliceAndEachAttemptLeavesOneLine(Member impostor) {
    for (Conversation where : List.of(ROOM, DIRECT)) {
      for (String line :
          List.of(
              "!plugin load evil", "owl: plugin load evil", "!PLUGIN load evil", "!purge all")) {
        assertThat(talk.answers(where, impostor, line))
            .singleElement()
            .asString()
            .startsWith("You may not do that: it takes the permission admin.");
        assertThat(audit.take())
            .singleElement()
            .asString()
            .startsWith("refused who=")
            .contains("identity=\"" + identity(impostor))
            .contains(" where=\"libera/")
            .contains(" permission=\"admin.")
            .contains(" reason=\"admin.")
            .doesNotContain("\n");
      }
    }
    assertThat(admin.deeds).isEmpty();
  }

  private static String identity(Member impostor) {
    return impostor.identity().map(Identity::toString).orElse("unverified\"");
  }

  @Test
  void noticesAndDeedsAndBotsDoNothingEvenInAlicesName() {
    Member bot = new Member("alice", "alice", ALICE.identity(), true, false);
    Member self = new Member("owl", "owl", ALICE.identity(), false, true);
    for (Conversation where : List.of(ROOM, DIRECT)) {
      for (Tone tone : List.of(Tone.NOTICE, Tone.DEED)) {
        assertThat(
                talk.router.match(Talk.message(where, ALICE, tone, "!purge all"), "owl", Set.of()))
            .isEmpty();
      }
      assertThat(talk.match(where, bot, "!purge all")).isEmpty();
      assertThat(talk.match(where, self, "!purge all")).isEmpty();
    }
  }

  @Test
  void commandsInsideOfOtherTextAreText() {
    for (String text :
        List.of(
            "hi\r!purge all",
            "hi\n!purge all",
            "\u0001ACTION !purge all\u0001",
            "<alice> !purge all",
            "alice: !purge all",
            "\"!purge all\"",
            " !purge all",
            "a\u200b!purge all",
            " \ufeff!purge all",
            "\uff01purge all",
            "owl\u200b: purge all",
            ":owl: purge all",
            "@everyone !purge all")) {
      assertThat(talk.answers(ROOM, ALICE, text)).as(text).isEmpty();
    }
    assertThat(admin.deeds).isEmpty();
  }

  @Test
  void whatACommandRepeatsIsNotReadAgain() {
    for (String nested :
        List.of(
            "!purge all",
            "\"!purge all\"",
            "$(purge all)",
            "`!purge all`",
            "[purge all]",
            "x; !purge all",
            "x | purge all",
            "x && !purge all",
            "\\n!purge all",
            "x\n!purge all",
            "${jndi:ldap://127.0.0.1/a}",
            "--permission admin",
            "%s%n{}")) {
      assertThat(talk.answers(ROOM, ANN, "!echo " + nested)).containsExactly(nested);
    }
    assertThat(admin.deeds).isEmpty();
    assertThat(audit.take()).isEmpty();
  }

  @Test
  void anotherNameOfACommandTakesTheSamePermission() {
    assertThat(talk.answers("!wipe all")).singleElement().asString().contains("admin.purge");
    assertThat(talk.answers("!Wipe all")).singleElement().asString().contains("admin.purge");
    assertThat(audit.take()).hasSize(2);
    assertThat(admin.deeds).isEmpty();
  }

  @Test
  void rightsAreCheckedBeforeArguments() {
    assertThat(talk.answers("!purge")).singleElement().asString().startsWith("You may not");
    assertThat(talk.answers("!plugin load")).singleElement().asString().startsWith("You may not");
    assertThat(talk.answers("!plugin load a b c \" --x"))
        .singleElement()
        .asString()
        .startsWith("You may not");
    assertThat(audit.take()).hasSize(3);
  }

  @Test
  void aStrangerIsToldHowToBecomeKnown() {
    assertThat(talk.answers("!purge all"))
        .singleElement()
        .asString()
        .endsWith(
            "The network does not vouch for you: log in to its services, if it has any; whoever"
                + " runs me has `owlery admin` on my machine.");
    Talk helpful = Talk.with(new Admin(), new Whoami());
    assertThat(helpful.answers("!purge all"))
        .singleElement()
        .asString()
        .endsWith("The network does not vouch for you: !whoami says what to do.");
    assertThat(audit.take()).hasSize(2);
  }

  @Test
  void whoIsKnownIsNotSentAway() {
    Member carol = Member.verified("carol", Identity.parse("libera/account:carol"));
    assertThat(talk.answers(ROOM, carol, "!purge all"))
        .singleElement()
        .asString()
        .startsWith("You may not do that: it takes the permission admin.")
        .endsWith(".")
        .doesNotContain("vouch");
    assertThat(audit.take()).hasSize(1);
  }

  @Test
  void aCommandWithoutAMarkIsOpenToNobody() {
    assertThat(talk.answers("!unmarked"))
        .singleElement()
        .asString()
        .startsWith("You may not do that: it takes the permission admin.unmarked.");
    assertThat(audit.take()).hasSize(1);
  }

  @Test
  void aRefusalNamesWhatTheCommandTakesAndNotWhatItsNeighboursTake() {
    Talk closed = Talk.with(new Closed());
    assertThat(closed.answers("!shut door"))
        .singleElement()
        .asString()
        .startsWith("You may not do that: it takes the permission admin.doors.");
    assertThat(closed.answers("!shut"))
        .singleElement()
        .asString()
        .startsWith("You may not do that: it takes the permission admin.doors.");
    assertThat(closed.answers("!lamp out now"))
        .singleElement()
        .asString()
        .startsWith("You may not do that: it takes the permission admin.lamps.");
    assertThat(audit.take()).hasSize(3).noneMatch(line -> line.contains(" or "));
  }

  @Test
  void theAuditLineSaysWhoDidWhatWhereAndWhy() {
    assertThat(talk.answers(ROOM, ALICE, "!plugin load karma")).containsExactly("loaded karma");
    assertThat(audit.take())
        .containsExactly(
            "permitted who=\"alice\" identity=\"libera/account:alice\" where=\"libera/#owls\""
                + " permission=\"admin.plugins\" command=\"plugin load karma\""
                + " reason=\"alice has the role admin, which is granted *\"");
    talk.answers(ROOM, ANN, "!plugin load karma");
    assertThat(audit.take())
        .containsExactly(
            "refused who=\"ann\" identity=\"unverified\" where=\"libera/#owls\""
                + " permission=\"admin.plugins\" command=\"plugin load karma\""
                + " reason=\"admin.plugins is not granted to everyone, and the network vouches for"
                + " nobody here\"");
  }

  @Test
  void harmlessCommandsAndQuestionsAboutRightsLeaveNoLine() {
    talk.answers("!echo hi");
    talk.answers("!may");
    talk.router.suggestions(ANN, ROOM, "!p");
    talk.router.all().forEach(info -> assertThat(info.name()).isNotEmpty());
    assertThat(audit.take()).isEmpty();
  }

  @Test
  void anAnswerFromWhoeverHasTheNickNowIsNoAnswer() {
    FakeLane lane = new FakeLane();
    lane.answers.add(Talk.message(ROOM, Member.unverified("alice"), Tone.NORMAL, "yes"));
    lane.answers.add(
        Talk.message(
            ROOM,
            Member.verified("alice", Identity.parse("libera/account:eve")),
            Tone.NORMAL,
            "yes"));
    lane.answers.add(Talk.message(ROOM, ALICE, Tone.NOTICE, "yes"));
    lane.answers.add(Talk.message(ROOM, ALICE, Tone.NORMAL, "no"));
    talk.run(lane, Talk.message(ROOM, ALICE, Tone.NORMAL, "!drop"));
    assertThat(lane.lines()).containsExactly("Really? (yes/no)", "kept");
    assertThat(audit.take())
        .hasSize(3)
        .filteredOn(line -> line.startsWith("refused"))
        .hasSize(2)
        .allMatch(line -> line.contains("the question was for libera/account:alice"));
    assertThat(admin.deeds).isEmpty();
  }

  /** Nothing in it is open to everybody. */
  static final class Closed {
    @Command("shut <what>")
    @Permission("admin.doors")
    void shut(@Argument("what") String what) {}

    @Command("lamp out")
    @Permission("admin.lamps")
    void lampOut() {}
  }

  static final class Admin {
    final List<String> deeds = new ArrayList<>();

    @Command("echo <message>")
    @Permission("view")
    String echo(@Argument("message") @Greedy String message) {
      return message;
    }

    @Command("may")
    @Permission("view")
    String may(CommandCall call) {
      return call.permits("admin.purge") ? "yes" : "no";
    }

    @Command("plugin load <id>")
    @Permission("admin.plugins")
    String load(@Argument("id") String id) {
      deeds.add(id);
      return "loaded " + id;
    }

    @Command("purge|wipe <what>")
    @Permission("admin.purge")
    String purge(@Argument("what") @Greedy String what) {
      deeds.add(what);
      return "gone";
    }

    @Command("unmarked")
    String unmarked() {
      deeds.add("unmarked");
      return "done";
    }

    @Command("drop")
    @Permission("admin.drop")
    String drop(CommandCall call) {
      if (!call.confirm("Really?")) {
        return "kept";
      }
      deeds.add("drop");
      return "dropped";
    }
  }

  static final class Whoami {
    @Command("whoami")
    @Permission("view")
    String whoami() {
      return "you";
    }
  }
}
