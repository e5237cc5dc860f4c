package dev.owlery.adapter.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.testkit.ManualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsoleInboundTest {

  private final ConsoleSettings settings =
      new ConsoleSettings("you", "owl", ConsoleSettings.Mode.PIPE, Optional.empty());
  private final ConsoleIdentity identity = new ConsoleIdentity(new AccountId("here"), settings);
  private final List<ChatEvent> events = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final ConsoleInbound inbound =
      new ConsoleInbound(identity, new ConsoleRooms(), new ManualClock().clock(), events::add);

  @Test
  void a_line_is_said_in_the_direct_chat_by_somebody_whom_the_account_vouches_for() {
    type("hello");
    assertThat(spoken()).containsExactly("here/you you: hello");
    assertThat(((MessagePosted) events.getFirst()).sender().identity())
        .contains(Identity.parse("here/console:local"));
  }

  @Test
  void in_a_room_the_bot_comes_first_then_the_speaker() {
    type("/room #dev", "hi", "/as ann", "hi too", "/room #dev", "again");
    assertThat(spoken())
        .containsExactly(
            "here/#dev owl joined",
            "here/#dev you joined",
            "here/#dev you: hi",
            "here/#dev ann joined",
            "here/#dev ann: hi too",
            "here/#dev ann: again");
  }

  @Test
  void nobody_vouches_for_whom_one_plays() {
    type("/as ann", "hi", "/as", "me again", "/dm bob", "and bob");
    assertThat(spoken())
        .containsExactly("here/ann ann: hi", "here/you you: me again", "here/bob bob: and bob");
    assertThat(((MessagePosted) events.getFirst()).sender().identity()).isEmpty();
    assertThat(((MessagePosted) events.getLast()).sender().identity()).isEmpty();
  }

  @Test
  void nobody_can_play_the_bot_or_have_a_name_that_breaks_a_line() {
    type("/as owl", "/as a\u202Eb", "/as a/b", "/as a b", "/room dev", "/room #", "/frobnicate");
    assertThat(events).isEmpty();
    assertThat(notes).hasSize(7);
  }

  @Test
  void two_slashes_say_one() {
    type("//help");
    assertThat(spoken()).containsExactly("here/you you: /help");
  }

  @Test
  void a_room_that_the_bot_has_left_hears_nothing_until_it_is_back() {
    type("/room #dev");
    inbound.leave(identity.locate("#dev"), "bye");
    type("hello?");
    assertThat(notes).hasSize(1);
    type("/room #dev", "hello!");
    assertThat(spoken())
        .endsWith("here/#dev owl joined", "here/#dev you joined", "here/#dev you: hello!");
  }

  @Test
  void every_event_has_a_key_of_its_own_also_after_a_restart() {
    type("a", "b");
    ConsoleInbound restarted =
        new ConsoleInbound(identity, new ConsoleRooms(), new ManualClock().clock(), events::add);
    restarted.read("c", new Notes());
    assertThat(events).extracting(event -> event.origin().key()).doesNotHaveDuplicates();
  }

  @Test
  void quit_ends_and_help_explains() {
    assertThat(inbound.read("/help", new Notes())).isTrue();
    assertThat(inbound.read("/quit", new Notes())).isFalse();
    assertThat(notes.getFirst()).contains(ConsoleInbound.COMMANDS);
  }

  private void type(String... lines) {
    for (String line : lines) {
      assertThat(inbound.read(line, new Notes())).isTrue();
    }
  }

  private List<String> spoken() {
    return events.stream().map(ConsoleInboundTest::spoken).toList();
  }

  private static String spoken(ChatEvent event) {
    if (event instanceof MessagePosted said) {
      return said.where() + " " + said.sender().handle() + ": " + said.text();
    }
    return event instanceof MemberJoined joined
        ? joined.where() + " " + joined.member().handle() + " joined"
        : event.where() + " " + event.getClass().getSimpleName();
  }

  private final class Notes implements Screen {

    @Override
    public Optional<String> readLine(String prompt) throws IOException {
      return Optional.empty();
    }

    @Override
    public void show(ScreenMessage said) {}

    @Override
    public void note(String note) {
      notes.add(note);
    }

    @Override
    public void close() {}
  }
}
