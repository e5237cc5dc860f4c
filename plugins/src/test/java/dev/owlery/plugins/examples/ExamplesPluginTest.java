package dev.owlery.plugins.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.procedure.Value;
import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.FakeProcedures;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExamplesPluginTest {

  @Test
  void the_examples_answer_whom_they_are_allowed() {
    try (BotScenario bot =
        BotScenario.with(ExamplesPlugin.class).allowCalls("ann", "examples\\..*").start()) {
      FakeProcedures net = bot.network().procedures();
      assertThat(net.call("ann", "examples.getStateName", new Value.Whole(6)))
          .isEqualTo(new Value.Text("Colorado"));
      assertThatThrownBy(() -> net.call("ann", "examples.getStateName", new Value.Whole(51)))
          .hasMessage("there are states 1 to 50");
      assertThat(net.call("ann", "examples.add", new Value.Whole(2), new Value.Real(0.5)))
          .isEqualTo(new Value.Real(2.5));
      assertThat(net.call("ann", "examples.echo", Value.NIL)).isEqualTo(Value.NIL);
      LinkedHashMap<String, Value> summary = new LinkedHashMap<>();
      summary.put("count", new Value.Whole(2));
      summary.put("sum", new Value.Real(3));
      summary.put("mean", new Value.Real(1.5));
      assertThat(
              net.call(
                  "ann",
                  "examples.describe",
                  new Value.Row(List.of(new Value.Whole(1), new Value.Real(2)))))
          .isEqualTo(Value.Struct.of(summary));
      assertThat(net.call("ann", "examples.now")).isInstanceOf(Value.Time.class);
      assertThat(net.call("ann", "examples.whoami")).isEqualTo(new Value.Text("ann"));
      assertThatThrownBy(() -> net.call("bob", "examples.whoami"))
          .hasMessage("you may not call that");
    }
  }
}
