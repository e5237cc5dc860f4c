package dev.owlery.core.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.Commands.Decision;
import dev.owlery.core.permission.PermissionSettings.PermissionFault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RolePermissionsTest {

  private static final Identity ALICE = Identity.parse("libera/account:alice");
  private static final Identity BOB = Identity.parse("home/bob@example.org");
  private static final Conversation ROOM = Conversation.room(new AccountId("libera"), "#owls");
  private static final Conversation HOME =
      Conversation.room(new AccountId("home"), "ops@conference.example.org");

  private final Permissions permissions =
      new RolePermissions(
          new PermissionSettings(
              Map.of("alice", List.of(ALICE), "bob", List.of(BOB), "carol", List.of()),
              Map.of("admin", List.of("alice"), "ops", List.of("alice", "bob")),
              Map.of(
                  "admin", List.of("*"),
                  "ops", List.of("deploy", "outbox.*"),
                  "bob", List.of("topic"),
                  "everyone", List.of("view"))));

  @Test
  void everyoneMayDoWhatEveryoneIsGranted() {
    assertThat(decide(Member.unverified("ann"), ROOM, "view"))
        .isEqualTo(new Decision(true, "everyone is granted view"));
    assertThat(permissions.isOpen("view")).isTrue();
    assertThat(permissions.isOpen("deploy")).isFalse();
  }

  @Test
  void whatIsNotGrantedIsRefused() {
    assertThat(decide(Member.unverified("ann"), ROOM, "deploy"))
        .isEqualTo(
            new Decision(
                false,
                "deploy is not granted to everyone, and the network vouches for nobody here"));
    assertThat(decide(Member.verified("eve", Identity.parse("libera/account:eve")), ROOM, "deploy"))
        .isEqualTo(
            new Decision(
                false,
                "deploy is not granted to everyone, and libera/account:eve is no person of the"
                    + " configuration"));
  }

  @Test
  void aPersonMayDoWhatTheirRolesAreGranted() {
    Member bob = Member.verified("bob", BOB);
    assertThat(decide(bob, HOME, "deploy"))
        .isEqualTo(new Decision(true, "bob has the role ops, which is granted deploy"));
    assertThat(decide(bob, HOME, "outbox.retry").permitted()).isTrue();
    assertThat(decide(bob, HOME, "topic")).isEqualTo(new Decision(true, "bob is granted topic"));
    assertThat(decide(bob, HOME, "admin.plugins"))
        .isEqualTo(
            new Decision(
                false,
                "admin.plugins is not granted to everyone, and bob has it neither alone nor as ops"));
    assertThat(permissions.person(bob)).contains("bob");
  }

  @Test
  void aStarGrantsEverything() {
    assertThat(decide(Member.verified("x", ALICE), ROOM, "admin.plugins"))
        .isEqualTo(new Decision(true, "alice has the role admin, which is granted *"));
  }

  @Test
  void aBeginningGrantsOnlyWhatFollowsItsDot() {
    Member bob = Member.verified("bob", BOB);
    assertThat(List.of("outbox", "outbox.", "outboxes.retry", "OUTBOX.retry", "deploy.web", "*"))
        .noneMatch(permission -> decide(bob, HOME, permission).permitted());
  }

  @Test
  void aHandleOrADisplayNameIsNobody() {
    assertThat(permissions.person(Member.unverified("alice"))).isEmpty();
    assertThat(decide(Member.unverified("libera/account:alice"), ROOM, "deploy").permitted())
        .isFalse();
  }

  @Test
  void identitiesAreComparedCharacterByCharacter() {
    assertThat(
            List.of(
                "libera/account:Alice",
                "libera/account:alice ",
                "libera/account:al\u0456ce",
                "libera/account:alice\u200b",
                "libera/account:*",
                "libera/account:[a]lice",
                "libera/alice",
                "home/account:alice"))
        .allSatisfy(twin ->
            assertThat(
                    decide(Member.verified("alice", Identity.parse(twin)), ROOM, "deploy")
                        .permitted())
                .as(twin)
                .isFalse());
  }

  @Test
  void anIdentityOfAnotherNetworkCountsForNothingHere() {
    assertThat(decide(Member.verified("bob", BOB), ROOM, "deploy"))
        .isEqualTo(
            new Decision(
                false,
                "deploy is not granted to everyone, and home/bob@example.org belongs to another"
                    + " network"));
  }

  @Test
  void withoutABlockEveryoneMayLookAndTheConsoleIsTheAdministrator() {
    Identity console = Identity.parse("here/user");
    Permissions open = new RolePermissions(PermissionSettings.withoutBlock(List.of(console)));
    Conversation here = Conversation.room(new AccountId("here"), "#console");
    assertThat(open.decide(Member.verified("me", console), here, "admin.plugins").permitted())
        .isTrue();
    assertThat(open.decide(Member.unverified("me"), here, "admin.plugins").permitted()).isFalse();
    assertThat(open.decide(Member.unverified("me"), here, "view").permitted()).isTrue();
    assertThat(open.decide(Member.verified("a", ALICE), ROOM, "deploy").permitted()).isFalse();
  }

  @Test
  void allFaultsOfTheSettingsAreToldAtOnce() {
    PermissionSettings settings =
        new PermissionSettings(
            Map.of("alice", List.of(ALICE), "twin", List.of(ALICE)),
            Map.of("admin", List.of("nobody"), "everyone", List.of("alice")),
            Map.of("amdin", List.of("*"), "admin", List.of("a.*.b", "*x", "", "two words")));
    assertThat(settings.faults())
        .extracting(PermissionFault::path)
        .containsExactlyInAnyOrder(
            settings.persons().keySet().toArray()[1].equals("twin")
                ? "persons.twin"
                : "persons.alice",
            "roles.admin",
            "roles.everyone",
            "grants.amdin",
            "grants.admin",
            "grants.admin",
            "grants.admin",
            "grants.admin");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RolePermissions(settings))
        .withMessageContaining("permissions.roles.admin: no person is called nobody")
        .withMessageContaining("permissions.grants.amdin: no role and no person is called amdin");
  }

  private Decision decide(Member member, Conversation where, String permission) {
    return permissions.decide(member, where, permission);
  }
}
