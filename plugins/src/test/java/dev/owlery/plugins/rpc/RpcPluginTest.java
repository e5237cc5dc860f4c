package dev.owlery.plugins.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.ProcedureException.Reason;
import dev.owlery.api.procedure.Value;
import dev.owlery.testkit.BotScenario;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RpcPluginTest {

  private static final String PEER = "bot@host/res";

  @AutoClose private final BotScenario bot = BotScenario.of(RpcPlugin.class);

  private void answer(String method, Value value) {
    bot.network().procedures().serve(PEER, method, arguments -> value);
  }

  private void tells(String command) {
    bot.user("ann").verifiedAs("admin").tells(command);
  }

  @Test
  void a_procedure_is_called_and_its_answer_said() {
    bot.network().procedures().serve(PEER, "examples.echo", arguments -> new Value.Row(arguments));
    tells(
        "!rpc call here/bot@host/res examples.echo 6 2.5 true \"a b\" word [1, [null]] {\"k\": -1}");
    bot.expect("ann").says("[6,2.5,true,\"a b\",\"word\",[1,[null]],{\"k\":-1}]");
    tells("!rpc call here/bot@host/res examples.echo");
    bot.expect("ann").says("[]");
  }

  @Test
  void answers_of_every_type_are_said() {
    answer("text", new Value.Text("Colorado"));
    answer("time", new Value.Time(LocalDateTime.of(2026, 11, 22, 4, 17, 5)));
    answer("bytes", new Value.Binary(new byte[] {'h', 'o', 'o', 't'}));
    answer("nothing", Value.NIL);
    tells("!rpc call here/bot@host/res text");
    bot.expect("ann").says("Colorado");
    tells("!rpc call here/bot@host/res time");
    bot.expect("ann").says("\"2026-11-22T04:17:05\"");
    tells("!rpc call here/bot@host/res bytes");
    bot.expect("ann").says("\"aG9vdA==\"");
    tells("!rpc call here/bot@host/res nothing");
    bot.expect("ann").says("null");
  }

  @Test
  void what_a_peer_offers_is_listed() {
    answer("system.listMethods", new Value.Row(List.of(new Value.Text("a"), new Value.Text("b"))));
    tells("!rpc list here/bot@host/res");
    bot.expect("ann").says("a\nb");
    tells("!rpc served");
    bot.expect("ann").says("none");
  }

  @Test
  void what_goes_wrong_is_said() {
    bot.network()
        .procedures()
        .serve(
            PEER,
            "fails",
            arguments -> {
              throw new ProcedureException(7, "no way");
            })
        .serve(
            PEER,
            "closed",
            arguments -> {
              throw new ProcedureException(Reason.FORBIDDEN, 0, "forbidden");
            });
    tells("!rpc call here/bot@host/res fails");
    bot.expect("ann").saysWith("fails failed: no way (7)");
    tells("!rpc call here/bot@host/res closed");
    bot.expect("ann").saysWith("I may not call closed there");
    tells("!rpc call here/bot@host/res gone");
    bot.expect("ann").saysWith("There is no gone there");
    tells("!rpc call there/bot@host/res gone");
    bot.expect("ann").saysWith("there is no account there");
    tells("!rpc call nobody gone");
    bot.expect("ann").saysWith("a peer is written ACCOUNT/ADDRESS");
    tells("!rpc call here/bot@host/res echo [1, ");
    bot.expect("ann").saysWith("this is no JSON");
    tells("!rpc call here/bot@host/res echo 2147483648");
    bot.expect("ann").saysWith("2147483648 has more than 32 bits");
  }

  @Test
  void not_everybody_may_call() {
    bot.user("bob").tells("!rpc list here/bot@host/res");
    bot.expect("bob").saysWith("permission");
  }

  @Test
  void values_are_written_as_in_json() {
    assertThat(Literals.read(" -7 1e3 false null \"\\u00e9\\n\" {} [] a\"b "))
        .containsExactly(
            new Value.Whole(-7),
            new Value.Real(1000),
            new Value.Truth(false),
            Value.NIL,
            new Value.Text("\u00e9\n"),
            Value.Struct.of(Map.of()),
            new Value.Row(List.of()),
            new Value.Text("a\"b"));
    for (String wrong : List.of("\"a", "[1}", "[1]x", "{a: 1}", "[".repeat(40), "[99999999999]")) {
      assertThatThrownBy(() -> Literals.read(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
