package dev.owlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Delete;
import dev.owlery.api.action.Edit;
import dev.owlery.api.action.React;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.action.SetSubject;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Content;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every adapter must hold: the same conversations with the same plugin, through the real
 * adapter, with a peer that the extending test supplies.
 */
public abstract class AdapterContract {

  /** How long an answer may take. */
  protected static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int LONGEST_HOSTILE = 2_500;
  private static final AccountId ACCOUNT = new AccountId("net");

  private Optional<AdapterPeer> connected = Optional.empty();
  private Optional<LiveBot> running = Optional.empty();

  /** For the extending test. */
  protected AdapterContract() {}

  /**
   * Makes the other side, ready to be connected to.
   *
   * @return a new peer for each test; closed afterwards
   */
  protected abstract AdapterPeer peer();

  @BeforeEach
  void connect() {
    AdapterPeer peer = peer();
    connected = Optional.of(peer);
    start(peer);
  }

  @AfterEach
  void disconnect() {
    running.ifPresent(bot -> bot.engine().stop());
    connected.ifPresent(AdapterPeer::close);
  }

  @Test
  void a_command_in_a_room_is_answered_there() {
    theRoomHears("!echo hello", "hello");
  }

  @Test
  void a_command_can_begin_with_the_bots_name() {
    theRoomHears(adapter().self().handle() + ": echo hello", "hello");
  }

  @Test
  void a_direct_chat_needs_no_prefix() {
    thePersonHears("echo just us", "just us");
    thePersonHears("!echo with one", "with one");
  }

  @Test
  void talk_is_not_answered() {
    peerNow().saysInRoom("hello everybody");
    peerNow().saysInRoom("!nosuchcommand");
    theRoomHears("!echo first", "first");
  }

  @Test
  void answers_come_in_the_order_of_the_questions() {
    IntStream.range(0, 25).forEach(i -> peerNow().saysInRoom("!echo answer " + i));
    roomHears(IntStream.range(0, 25).mapToObj(i -> "answer " + i).toArray(String[]::new));
  }

  @Test
  void several_messages_and_several_lines_arrive_in_order() {
    theRoomHears("!count 5", "number 1", "number 2", "number 3", "number 4", "number 5");
    theRoomHears("!lines 3", "line 1", "line 2", "line 3");
  }

  @Test
  void room_and_direct_chat_do_not_mix() {
    peerNow().saysInRoom("!echo in the room");
    peerNow().tells("echo for you");
    roomHears("in the room");
    personHears("for you");
  }

  @Test
  void a_question_waits_for_the_answer_of_who_was_asked() {
    peerNow().tells("choose");
    String seen = "";
    while (!(seen.contains("Tea or coffee?") && seen.contains("2"))) {
      seen += line(peerNow().isTold(PATIENCE), "the question and its options") + "\n";
    }
    // Options may take several lines; what is left of them comes before the answer.
    peerNow().tells("2");
    String last = line(peerNow().isTold(PATIENCE), "the answer");
    while (!last.startsWith("you chose")) {
      last = line(peerNow().isTold(PATIENCE), "the answer");
    }
    assertThat(last).isEqualTo("you chose coffee");
  }

  @Test
  void a_file_is_sent_and_its_end_is_told() {
    peerNow().saysInRoom("!send plan.pdf");
    roomHears("sending plan.pdf");
    // Between the two a network may show the file itself.
    List<String> _ = until("sent plan.pdf: DONE");
  }

  @Test
  void who_joins_is_greeted() {
    String name = peerNow().somebodyJoins();
    roomHears("Hi " + name + "!");
  }

  @Test
  void words_of_many_scripts_and_emoji_arrive_as_they_are() {
    String text = "Grüße, 猫, 👍🏽, 👨‍👩‍👧‍👦, שלום, \"q\" <b> & *s* _u_ `c` ~t~ \\ {x} %s";
    theRoomHears("!echo " + text, text);
  }

  @Test
  void a_long_answer_loses_nothing() {
    String words = "owls are quiet ".repeat(120).strip();
    say(words);
    say("the end");
    List<String> heard = until("the end");
    assertThat(String.join(" ", heard).replaceAll("\\s+", " ")).isEqualTo(words);
  }

  /** One connection for all of them: real servers take their time over each. */
  @Test
  void hostile_text_stays_text() {
    HostileTexts.all().stream()
        .filter(text -> text.getPayload().length() <= LONGEST_HOSTILE)
        .forEach(text -> isHarmless(text.getName(), text.getPayload()));
    theRoomHears("!echo and answers", "and answers");
  }

  private void isHarmless(String name, String text) {
    say(text);
    say("still here after " + name);
    List<String> heard = until("still here after " + name);
    if (text.codePoints().anyMatch(Character::isLetterOrDigit)) {
      assertThat(heard).as("what is left of: " + name).isNotEmpty();
    }
    assertThat(heard)
        .as(name)
        .allSatisfy(line ->
            assertThat(line.chars().filter(c -> c != '\t'))
                .as(line)
                .noneMatch(Character::isISOControl));
    assertThat(bot().phase()).as(name).isEqualTo(Phase.ONLINE);
  }

  @Test
  void it_shows_itself_and_its_room() {
    assertThat(adapter().self().isSelf()).isTrue();
    theRoomHears("!echo now we are both here", "now we are both here");
    assertThat(adapter().rooms())
        .contains(room())
        .allSatisfy(each -> assertThat(adapter().locate(each.room())).isEqualTo(each));
    assertThat(adapter().members(room()))
        .anyMatch(member -> member.isSelf())
        .anyMatch(member -> member.handle().equals(peerNow().person()));
  }

  @Test
  void nonsense_is_no_room_and_the_reason_is_fit_for_a_user() {
    for (String nonsense : List.of("", " ", "#a b", "a\nb", "#\r\n", "\u0000")) {
      assertThatThrownBy(() -> adapter().locate(nonsense))
          .as("<%s>", nonsense)
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .isNotBlank()
          .doesNotContain("\n", "\r", "\u0000");
    }
  }

  @Test
  void what_was_divided_once_fits() {
    Say longest = new Say(room(), Content.of("word ".repeat(3_000)));
    List<Action> parts = adapter().divide(longest);
    assertThat(parts)
        .isNotEmpty()
        .allSatisfy(part -> assertThat(adapter().divide(part)).hasSize(1));
  }

  @Test
  void every_action_comes_to_an_end() throws Exception {
    MessageId unknown = new MessageId("no-such-message");
    List<Action> actions =
        List.of(
            new Edit(room(), unknown, Content.of("new")),
            new Delete(room(), unknown),
            new React(room(), unknown, "👍", true),
            new SetSubject(room(), "owls"));
    for (Action action : actions) {
      assertThat(perform(adapter(), action))
          .as(action.toString())
          .isInstanceOf(Outcome.Settled.class);
    }
    peerNow().saysInRoom("!echo still here");
    assertThat(until("still here")).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void a_confirmed_message_was_heard_and_afterwards_nothing_is_sent() throws Exception {
    Outcome outcome = perform(adapter(), new Say(room(), Content.of("confirmed")));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Settled.class,
            settled -> assertThat(settled.receipt()).isInstanceOf(Receipt.Delivered.class));
    roomHears("confirmed");
    Adapter closed = adapter();
    bot().engine().stop();
    assertThat(perform(closed, new Say(room(), Content.of("too late"))))
        .isInstanceOf(Outcome.NotSent.class);
  }

  @Test
  void a_restarted_bot_goes_on() {
    theRoomHears("!echo before", "before");
    bot().engine().stop();
    assertThat(bot().phase()).isEqualTo(Phase.CLOSED);
    start(peerNow());
    theRoomHears("!echo after", "after");
  }

  private void start(AdapterPeer peer) {
    LiveBot bot =
        LiveBot.start(
            ACCOUNT,
            peer.provider(),
            peer.settings(),
            LiveBot.BotParts.of(ContractPlugin.class),
            peer.http());
    running = Optional.of(bot);
    peer.botIsOnline();
  }

  private LiveBot bot() {
    return running.orElseThrow();
  }

  private AdapterPeer peerNow() {
    return connected.orElseThrow();
  }

  private Adapter adapter() {
    return bot().adapter();
  }

  private Conversation room() {
    return adapter().locate(peerNow().room());
  }

  private void say(String text) {
    bot().engine().bot().say(room(), text);
  }

  private void theRoomHears(String question, String... answers) {
    peerNow().saysInRoom(question);
    roomHears(answers);
  }

  private void roomHears(String... lines) {
    for (String expected : lines) {
      assertThat(line(peerNow().hearsInRoom(PATIENCE), expected)).isEqualTo(expected);
    }
  }

  private void thePersonHears(String question, String... answers) {
    peerNow().tells(question);
    personHears(answers);
  }

  private void personHears(String... lines) {
    for (String expected : lines) {
      assertThat(line(peerNow().isTold(PATIENCE), expected)).isEqualTo(expected);
    }
  }

  private List<String> until(String end) {
    List<String> heard = new ArrayList<>();
    for (String line = hear(end); !line.equals(end); line = hear(end)) {
      heard.add(line);
    }
    return heard;
  }

  private String hear(String expected) {
    return line(peerNow().hearsInRoom(PATIENCE), expected);
  }

  private static String line(Optional<String> heard, String expected) {
    return heard.orElseThrow(() -> new AssertionError("in vain waited for: " + expected));
  }

  private static Outcome perform(Adapter adapter, Action action) throws Exception {
    return adapter
        .perform(new Outgoing("contract-" + System.nanoTime(), action, 1, Instant.now()))
        .toCompletableFuture()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
