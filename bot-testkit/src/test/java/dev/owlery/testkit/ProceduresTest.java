package dev.owlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.ProcedureException.Reason;
import dev.owlery.api.procedure.Value;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Procedures that a plugin serves, and those of others that it calls. */
class ProceduresTest {

  private static final String ROBIN = "robin@example.org/desk";

  @AutoClose
  private final BotScenario bot =
      BotScenario.with(ServingPlugin.class)
          .allowCalls(".*@example\\.org(/.*)?", "(math|talk)\\..*|broken|stuck|gone")
          .allowCalls("guest@example\\.net/a.*", "math\\.add")
          .parallelCalls(3, 2)
          .start();

  private final FakeProcedures net = bot.network().procedures();
  private final Logger logger = (Logger) LoggerFactory.getLogger("owlery.audit");
  private final ListAppender<ILoggingEvent> audit = new ListAppender<>();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    audit.start();
    logger.addAppender(audit);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(audit);
  }

  private static void assertFails(CompletionStage<Value> call, Reason reason) {
    assertThat(call.toCompletableFuture())
        .failsWithin(BotScenario.DEADLINE)
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            ProcedureException.class, told -> assertThat(told.reason()).isEqualTo(reason));
  }

  @Test
  void a_listed_caller_gets_the_answer() {
    assertThat(net.call(ROBIN, "math.add", new Value.Whole(2), new Value.Whole(3)))
        .isEqualTo(new Value.Whole(5));
    assertThat(net.call("guest@example.net/a1", "math.add", new Value.Whole(1), new Value.Whole(1)))
        .isEqualTo(new Value.Whole(2));
  }

  @Test
  void what_a_procedure_says_and_stores_takes_effect_when_it_returns() {
    assertThat(net.call(ROBIN, "talk.say", new Value.Text("hoot"))).isEqualTo(Value.NIL);
    bot.expect("#dev").says(ROBIN + ": hoot");
    assertThat(net.call(ROBIN, "talk.last")).isEqualTo(new Value.Text("hoot"));
  }

  @Test
  void what_is_answered_survives_a_crash() {
    var _ = net.call(ROBIN, "talk.say", new Value.Text("hoot"));
    bot.crash();
    assertThat(net.call(ROBIN, "talk.last")).isEqualTo(new Value.Text("hoot"));
  }

  @Test
  void a_procedure_that_throws_has_done_nothing() {
    assertThatThrownBy(() -> net.call(ROBIN, "talk.say", new Value.Text("no")))
        .hasMessage("I do not say that")
        .extracting(e -> ((ProcedureException) e).code())
        .isEqualTo(7);
    assertThatThrownBy(() -> net.call(ROBIN, "broken"))
        .hasMessageMatching("broken failed \\(incident [a-z2-9]{6}\\)");
    assertThat(net.call(ROBIN, "talk.last")).isEqualTo(new Value.Text("nothing"));
    bot.expect("#dev").nothing();
  }

  @Test
  void arguments_that_do_not_fit_and_unknown_procedures_are_told_apart() {
    assertFails(net.begin(ROBIN, "math.add", Value.NIL, Value.NIL), Reason.BAD_ARGUMENTS);
    assertFails(net.begin(ROBIN, "math.add"), Reason.BAD_ARGUMENTS);
    assertFails(net.begin(ROBIN, "gone"), Reason.UNKNOWN);
  }

  @Test
  void whoever_is_not_listed_is_refused_and_written_down() {
    List<String> strangers =
        List.of(
            "eve@evil.org/x",
            "robin@example.org.evil.org/desk",
            "robin@evil-example.org/x",
            "robin@sub.example.org/x",
            "robin@exampleXorg/x",
            "evil.org/robin@example.org",
            "guest@example.net",
            "guest@example.net/other",
            "eve@evil.org/x@example.org",
            "eve@evil.org/guest@example.net/a",
            "evil.org/@example.org/x",
            "robin%40example.org@evil.org",
            "robin\\40example.org@evil.org",
            "guest@example.net.evil.org",
            "xguest@example.net",
            "robin@example.org\n@evil.org",
            "");
    for (String stranger : strangers) {
      assertFails(net.begin(stranger, "talk.last"), Reason.FORBIDDEN);
      assertFails(net.begin(stranger, "nothing.there"), Reason.FORBIDDEN);
    }
    assertFails(net.begin("eve@evil.org/x", "system.listMethods"), Reason.FORBIDDEN);
    assertFails(net.begin("guest@example.net/a1", "talk.last"), Reason.FORBIDDEN);
    assertFails(net.begin("guest@example.net/a1", "math.add.more"), Reason.FORBIDDEN);
    assertFails(net.begin(ROBIN, "xmath.add"), Reason.FORBIDDEN);
    assertFails(net.begin(ROBIN, "math.add\n"), Reason.FORBIDDEN);

    assertThat(audit.list)
        .hasSize(2 * strangers.size() + 5)
        .allSatisfy(line -> assertThat(line.getFormattedMessage()).startsWith("refused caller="));
    assertThat(audit.list.getFirst().getFormattedMessage())
        .isEqualTo(
            "refused caller=\"here/eve@evil.org/x\" procedure=\"talk.last\""
                + " reason=\"procedures.allow does not name it\"");
  }

  @Test
  void callers_are_told_what_they_may_call() {
    assertThat(net.call("guest@example.net/a1", "system.listMethods"))
        .isEqualTo(
            new Value.Row(
                List.of(new Value.Text("math.add"), new Value.Text("system.listMethods"))));
    assertThat(net.call(ROBIN, "system.listMethods")).asString().contains("stuck", "talk.say");
  }

  @Test
  void a_procedure_that_takes_too_long_is_interrupted_and_has_done_nothing() {
    CompletionStage<Value> call = net.begin(ROBIN, "stuck");
    bot.clock().turn(Duration.ofSeconds(11));
    assertFails(call, Reason.UNAVAILABLE);
    bot.expect("#dev").nothing();
  }

  @Test
  void there_is_a_limit_for_each_caller_and_for_all() {
    CompletionStage<Value> first = net.begin(ROBIN, "stuck");
    CompletionStage<Value> second = net.begin("robin@example.org/phone", "stuck");
    assertFails(net.begin(ROBIN, "talk.last"), Reason.UNAVAILABLE);
    CompletionStage<Value> third = net.begin("ann@example.org/x", "stuck");
    assertFails(net.begin("bob@example.org/x", "talk.last"), Reason.UNAVAILABLE);

    bot.clock().turn(Duration.ofSeconds(11));
    for (CompletionStage<Value> stuck : List.of(first, second, third)) {
      assertFails(stuck, Reason.UNAVAILABLE);
    }
    org.awaitility.Awaitility.await()
        .atMost(BotScenario.DEADLINE)
        .ignoreExceptions()
        .until(() -> net.call(ROBIN, "talk.last").equals(new Value.Text("nothing")));
  }

  @Test
  void a_plugin_that_is_unloaded_serves_no_more() {
    CompletionStage<Value> stuck = net.begin(ROBIN, "stuck");
    bot.administration().unload("serving");
    assertFails(stuck, Reason.UNAVAILABLE);
    assertFails(net.begin(ROBIN, "talk.last"), Reason.UNKNOWN);
    bot.administration().load("serving");
    assertThat(net.call(ROBIN, "talk.last")).isEqualTo(new Value.Text("nothing"));
  }

  @Test
  void an_interface_becomes_a_peer() {
    net.serve(
            "calc@example.org/main",
            "sums.add",
            arguments -> new Value.Whole(((Value.Whole) arguments.getFirst()).number() * 2))
        .serve(
            "calc@example.org/main",
            "other.name",
            arguments -> new Value.Row(List.of(new Value.Text(arguments.toString()))));
    bot.user("ann").tells("ask here/calc@example.org/main 21");
    bot.expect("ann")
        .says(
            "42 [[Struct[members={owl=Truth[yes=true]}]]]"
                + " [broken, math.add, stuck, talk.last, talk.say]");
  }

  @Test
  void what_a_peer_answers_instead_is_an_exception() {
    net.serve("odd@example.org/x", "sums.add", arguments -> new Value.Text("four"))
        .neverAnswer("mute@example.org/x", "sums.add");
    bot.user("ann").tells("ask here/odd@example.org/x 2");
    bot.expect("ann")
        .says("BAD_ANSWER: the answer of sums.add: it must be a whole number, not a text");
    bot.user("ann").tells("ask here/nobody@example.org/x 2");
    bot.expect("ann").says("UNKNOWN: there is no such procedure");
    bot.user("ann").tells("ask here/mute@example.org/x 2");
    org.awaitility.Awaitility.await()
        .atMost(BotScenario.DEADLINE)
        .until(() -> {
          bot.clock().turn(Duration.ofSeconds(4));
          return bot.network().heard().size() == 3;
        });
    bot.expect("ann").says("UNAVAILABLE: there was no answer in time");
    bot.user("ann").tells("call nowhere/x y");
    bot.expect("ann").saysWith("there is no account nowhere");
  }
}
