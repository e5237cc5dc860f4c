package dev.owlery.core.command;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import dev.owlery.core.permission.PermissionSettings;
import dev.owlery.core.permission.RolePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** People, places and a router for the tests of commands. */
final class Talk {

  static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");
  static final AccountId LIBERA = new AccountId("libera");
  static final Conversation ROOM = Conversation.room(LIBERA, "#owls");
  static final Conversation DIRECT = Conversation.direct(LIBERA, "ann");
  static final Member ANN = Member.unverified("ann");
  static final Member ALICE = Member.verified("alice", Identity.parse("libera/account:alice"));

  final CommandRouter router;

  private Talk(CommandRouter router) {
    this.router = router;
  }

  static Talk with(Object... plugins) {
    return limited(0, plugins);
  }

  static Talk limited(int linesPerReply, Object... plugins) {
    CommandRouter router =
        new CommandRouter(
            new CommandSettings("!", Duration.ofMinutes(2), linesPerReply, Duration.ofMinutes(10)),
            new RolePermissions(
                new PermissionSettings(
                    Map.of("alice", List.of(Identity.parse("libera/account:alice"))),
                    Map.of("admin", List.of("alice")),
                    Map.of("admin", List.of("*"), "everyone", List.of("view")))),
            InstantSource.fixed(NOW));
    for (Object plugin : plugins) {
      router.register(plugin.getClass().getSimpleName().toLowerCase(Locale.ROOT), plugin);
    }
    return new Talk(router);
  }

  static MessagePosted message(Conversation where, Member sender, Tone tone, String text) {
    return new MessagePosted(
        Origin.live("key", NOW),
        where,
        sender,
        Content.of(text),
        tone,
        Optional.empty(),
        Optional.empty());
  }

  static MessagePosted caughtUp(Duration ago, String text) {
    return new MessagePosted(
        Origin.caughtUp("key", NOW.minus(ago)),
        ROOM,
        ANN,
        Content.of(text),
        Tone.NORMAL,
        Optional.empty(),
        Optional.empty());
  }

  Optional<RoutedCall> match(Conversation where, Member sender, String text) {
    return router.match(message(where, sender, Tone.NORMAL, text), "owl", Set.of());
  }

  /** What the bot answers, a line each. */
  List<String> answers(Conversation where, Member sender, String text) {
    FakeLane lane = new FakeLane();
    run(lane, message(where, sender, Tone.NORMAL, text));
    return lane.lines();
  }

  /** What the bot answers in the room, to somebody whom nobody vouches for. */
  List<String> answers(String text) {
    return answers(ROOM, ANN, text);
  }

  void run(FakeLane lane, MessagePosted message) {
    router
        .match(message, "owl", Set.of())
        .ifPresent(invocation -> {
          try {
            invocation.run(lane);
          } catch (RuntimeException | Error e) {
            throw e;
          } catch (Throwable e) {
            throw new AssertionError("a command threw a checked exception", e);
          }
        });
  }
}
