package dev.owlery.adapter.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Join;
import dev.owlery.api.action.Leave;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.action.SetSubject;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Text;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.testkit.ManualClock;
import dev.owlery.testkit.RecordingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The adapter between real streams: a pipe, and a terminal that cannot do anything. */
@Isolated // Standard error is everybody's.
class ConsoleAdapterTest {

  private static final AccountId HERE = new AccountId("here");

  private final ManualClock clock = new ManualClock();
  private final RecordingContext core = new RecordingContext(HERE, clock.clock());
  private final PipedOutputStream keyboard = new PipedOutputStream();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private PipedInputStream in;
  private ConsoleAdapter adapter;

  @BeforeEach
  void connectTheKeyboard() throws IOException {
    in = new PipedInputStream(keyboard, 1 << 20);
  }

  @AfterEach
  void close() {
    adapter.close();
  }

  @Test
  void what_is_piped_in_is_published_line_by_line_and_the_end_of_input_closes_the_account()
      throws Exception {
    pipe(printed);
    type("one\n\ntwo\r\nthree without an end");
    keyboard.close();
    assertThat(core.await(c -> phase() == Phase.CLOSED, 5_000)).isTrue();
    assertThat(core.events())
        .extracting(event -> ((MessagePosted) event).text())
        .containsExactly("one", "two", "three without an end");
  }

  @Test
  void it_goes_on_printing_after_the_end_of_its_input_until_it_is_closed() throws Exception {
    pipe(printed);
    keyboard.close();
    assertThat(core.await(c -> phase() == Phase.CLOSED, 5_000)).isTrue();
    assertThat(say("you", "late")).isEqualTo(Outcome.DELIVERED);
    assertThat(printed.toString(UTF_8)).isEqualTo("late\n");
    adapter.close();
    assertThat(say("you", "too late")).isInstanceOf(Outcome.NotSent.class);
  }

  @Test
  void answers_are_printed_as_they_are_and_those_of_other_conversations_say_where()
      throws Exception {
    pipe(printed);
    say("you", "two\nlines");
    say("#dev", "hi");
    perform(new Say(where("you"), Content.of("waves"), Tone.DEED, Optional.empty()));
    perform(new Say(where("you"), Content.of(Text.markdown("**bold** <b>"))));
    perform(new SetSubject(where("#dev"), "owls"));
    assertThat(printed.toString(UTF_8))
        .isEqualTo(
            "two\nlines\n[#dev] hi\n* owl waves\nbold <b>\n[#dev] * owl sets the subject: owls\n");
  }

  @Test
  void nothing_that_steers_a_terminal_is_printed() throws Exception {
    pipe(printed);
    say("you", "\u001B[2J\u202Eevil\0");
    assertThat(printed.toString(UTF_8)).isEqualTo("␛[2J<U+202E>evil␀\n");
  }

  @Test
  void a_line_without_end_is_cut_and_the_next_is_whole() throws Exception {
    pipe(printed);
    type("x".repeat(PipeScreen.LONGEST_LINE + 5) + "\nnext\n");
    assertThat(core.await(c -> c.events().size() == 2, 10_000)).isTrue();
    assertThat(((MessagePosted) core.events().getFirst()).text()).hasSize(PipeScreen.LONGEST_LINE);
    assertThat(((MessagePosted) core.events().getLast()).text()).isEqualTo("next");
  }

  @Test
  void output_that_nobody_reads_is_a_refusal_and_no_crash() throws Exception {
    pipe(
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        });
    assertThat(say("you", "anybody?"))
        .isEqualTo(Outcome.refused("nobody reads the output any more"));
  }

  @Test
  void the_bot_goes_into_a_room_and_out_of_it() throws Exception {
    pipe(printed);
    assertThat(perform(new Join(where("#dev"), Optional.empty()))).isEqualTo(Outcome.DELIVERED);
    assertThat(adapter.rooms()).containsExactly(where("#dev"));
    // The thread that reports that the account is online may have this to report, too.
    assertThat(
            core.await(
                c ->
                    c.states().reversed().stream()
                        .limit(1)
                        .anyMatch(last -> last.rooms().keySet().equals(Set.of(where("#dev")))),
                10_000))
        .isTrue();
    assertThat(perform(new Leave(where("#dev"), ""))).isEqualTo(Outcome.DELIVERED);
    assertThat(perform(new Leave(where("#dev"), "")))
        .isEqualTo(Outcome.refused("I am not in that room"));
    assertThat(core.events()).hasSize(2);
  }

  @Test
  void what_a_console_cannot_do_it_says() throws Exception {
    pipe(printed);
    Outcome outcome =
        perform(
            new dev.owlery.api.action.Delete(where("you"), new dev.owlery.api.chat.MessageId("1")));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Settled.class,
            settled -> assertThat(settled.receipt()).isInstanceOf(Receipt.Unsupported.class));
  }

  @Test
  void a_terminal_reads_lines_and_shows_what_is_said_between_them() throws Exception {
    Terminal terminal = new DumbTerminal("test", "dumb", in, printed, UTF_8);
    open(completer -> new TerminalScreen(terminal, Optional.empty(), completer));
    type("!echo it's \"open\"\n");
    assertThat(core.await(c -> !c.events().isEmpty(), 5_000)).isTrue();
    assertThat(((MessagePosted) core.events().getFirst()).text()).isEqualTo("!echo it's \"open\"");
    perform(new Say(where("you"), Content.of(Text.markdown("**hi** \u001B[2J"))));
    assertThat(printed.toString(UTF_8)).contains("owl: hi ␛[2J").doesNotContain("\u001B[2J");
    type("/quit\n");
    assertThat(core.await(c -> phase() == Phase.CLOSED, 5_000)).isTrue();
  }

  @Test
  void lines_that_are_pasted_together_are_messages_of_their_own() throws Exception {
    Terminal terminal = new DumbTerminal("test", "xterm", in, printed, UTF_8);
    open(completer -> new TerminalScreen(terminal, Optional.empty(), completer));
    type("\u001B[200~!echo one\r!echo two\r!echo three\u001B[201~\r");
    assertThat(core.await(c -> c.events().size() == 3, 5_000)).isTrue();
    assertThat(core.events())
        .extracting(event -> ((MessagePosted) event).text())
        .containsExactly("!echo one", "!echo two", "!echo three");
  }

  @Test
  void standard_error_is_shown_above_what_is_typed_while_the_screen_is_open() throws Exception {
    PrintStream before = System.err;
    Terminal terminal = new DumbTerminal("test", "dumb", in, printed, UTF_8);
    open(completer -> {
      TerminalScreen screen = new TerminalScreen(terminal, Optional.empty(), completer);
      screen.takeErrors();
      return screen;
    });
    System.err.println("WARN Gr\u00fc\u00dfe, \u001B[2J");
    assertThat(printed.toString(UTF_8)).contains("WARN Gr\u00fc\u00dfe, \u241b[2J");
    adapter.close();
    assertThat(System.err).isSameAs(before);
  }

  @Test
  void an_event_that_cannot_be_recorded_does_not_keep_it_from_ending() throws Exception {
    core.neverRecord();
    open(completer -> new PipeScreen(in, printed), Duration.ofMillis(200));
    type("one\n");
    keyboard.close();
    assertThat(core.await(c -> phase() == Phase.CLOSED, 10_000)).isTrue();
    assertThat(core.states().getLast().detail()).contains("not all that was typed");
  }

  private void pipe(OutputStream out) throws InterruptedException {
    open(completer -> new PipeScreen(in, out));
  }

  private void open(Screen.Opener opener) throws InterruptedException {
    open(opener, Duration.ofSeconds(10));
  }

  private void open(Screen.Opener opener, Duration patience) throws InterruptedException {
    adapter =
        new ConsoleAdapter(
            new ConsoleSettings("you", "owl", ConsoleSettings.Mode.AUTO, Optional.empty()),
            core,
            opener,
            patience);
    adapter.start();
    assertThat(core.await(c -> !c.states().isEmpty(), 5_000)).isTrue();
    assertThat(phase()).isEqualTo(Phase.ONLINE);
  }

  private void type(String text) throws IOException {
    keyboard.write(text.getBytes(UTF_8));
    keyboard.flush();
  }

  private Phase phase() {
    return core.states().getLast().phase();
  }

  private Conversation where(String room) {
    return adapter.locate(room);
  }

  private Outcome say(String room, String text) {
    return perform(new Say(where(room), Content.of(text)));
  }

  private Outcome perform(Action action) {
    List<Action> parts = adapter.divide(action);
    assertThat(parts).hasSize(1);
    return adapter
        .perform(new Outgoing("t", parts.getFirst(), 1, clock.now()))
        .toCompletableFuture()
        .join();
  }
}
