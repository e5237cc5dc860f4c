package dev.owlery.core.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.procedure.ProcedureCall;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.Value;
import java.lang.reflect.Method;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Java types as values of procedures. */
final class MappingsTest {

  enum Mood {
    GOOD,
    BAD
  }

  record Owl(String name, Optional<Integer> age, List<Owl> young) {
    Owl {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("an owl has a name");
      }
    }
  }

  /** Methods of all types that can be carried, and of some that cannot. */
  interface Samples {
    void all(
        int whole,
        long big,
        boolean truth,
        double real,
        String text,
        LocalDateTime time,
        byte[] bytes,
        Mood mood,
        List<Integer> row,
        Map<String, List<Boolean>> struct,
        Owl owl,
        Optional<String> maybe,
        Value value);

    String call(ProcedureCall call, Integer count);

    long big();

    Object anything();

    void wild(List<?> list);

    void keys(Map<Integer, String> map);
  }

  private static Method method(String name) {
    return Arrays.stream(Samples.class.getMethods())
        .filter(method -> method.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static ProcedureMethod procedure(String name) {
    return ProcedureMethod.of("test." + name, method(name));
  }

  private static ProcedureCall call(Value... arguments) {
    return new ProcedureCall(new AccountId("net"), "ann@example.org/x", "m", List.of(arguments));
  }

  private static Value.Struct owl(String name, Value... young) {
    Map<String, Value> members = new LinkedHashMap<>();
    members.put("name", new Value.Text(name));
    members.put("young", new Value.Row(List.of(young)));
    return Value.Struct.of(members);
  }

  @Test
  void everyTypeIsReadAndWrittenAsItsOwn() {
    LocalDateTime time = LocalDateTime.of(2026, 11, 22, 4, 17, 5);
    Value[] values = {
      new Value.Whole(-7),
      new Value.Whole(Integer.MAX_VALUE),
      new Value.Truth(true),
      new Value.Real(2.5),
      new Value.Text("hoot"),
      new Value.Time(time),
      new Value.Binary(new byte[] {0, -1}),
      new Value.Text("BAD"),
      new Value.Row(List.of(new Value.Whole(1), new Value.Whole(2))),
      Value.Struct.of(Map.of("a", new Value.Row(List.of(new Value.Truth(false))))),
      owl("Strix", owl("Strigon")),
      Value.NIL,
      new Value.Row(List.of(Value.NIL))
    };

    Object[] objects = procedure("all").arguments(call(values));

    assertThat(objects)
        .containsExactly(
            -7,
            2147483647L,
            true,
            2.5,
            "hoot",
            time,
            new byte[] {0, -1},
            Mood.BAD,
            List.of(1, 2),
            Map.of("a", List.of(false)),
            new Owl(
                "Strix",
                Optional.empty(),
                List.of(new Owl("Strigon", Optional.empty(), List.of()))),
            Optional.empty(),
            values[12]);
    for (int i = 0; i < objects.length; i++) {
      assertThat(Mappings.of(method("all").getGenericParameterTypes()[i]).write(objects[i]))
          .isEqualTo(values[i]);
      assertThat(Values.of(objects[i])).isEqualTo(values[i]);
    }
  }

  @Test
  void aWholeNumberServesAsARealOne() {
    assertThat(Mappings.of(double.class).read(new Value.Whole(3))).isEqualTo(3.0);
  }

  @Test
  void theCallItselfIsAParameterOfItsOwn() {
    ProcedureCall call = call(new Value.Whole(3));
    assertThat(procedure("call").arguments(call)).containsExactly(call, 3);
  }

  @Test
  void whatDoesNotFitIsNamedWithItsPlace() {
    assertMisfit("call", "test.call takes 1 arguments, not 0");
    assertMisfit(
        "call",
        "test.call: argument 1: it must be a whole number, not a text",
        new Value.Text("3"));
    Mapping owls = Mappings.of(Owl.class);
    assertThatThrownBy(() -> owls.read(owl("Strix", owl("Strigon", Value.NIL))))
        .hasMessage(
            "member young: element 1: member young: element 1: it must be a struct, not nil");
    assertThatThrownBy(() -> owls.read(Value.Struct.of(Map.of("name", new Value.Text("x")))))
        .hasMessage("it has no member young");
    assertThatThrownBy(() -> owls.read(owl(""))).hasMessage("an owl has a name");
    Map<String, Value> more = new LinkedHashMap<>(owl("Strix").members());
    more.put("wings", new Value.Whole(2));
    assertThatThrownBy(() -> owls.read(Value.Struct.of(more)))
        .hasMessage("it may have only the members name, age, young");
    assertThatThrownBy(() -> Mappings.of(Mood.class).read(new Value.Text("SO-SO")))
        .hasMessage("it must be one of GOOD, BAD");
  }

  private static void assertMisfit(String name, String text, Value... arguments) {
    assertThatThrownBy(() -> procedure(name).arguments(call(arguments)))
        .isInstanceOf(ProcedureException.class)
        .hasMessage(text)
        .extracting(e -> ((ProcedureException) e).reason())
        .isEqualTo(ProcedureException.Reason.BAD_ARGUMENTS);
  }

  @Test
  void whatCannotBeCarriedIsRefused() {
    for (String name : List.of("anything", "wild", "keys")) {
      assertThatThrownBy(() -> procedure(name)).hasMessageStartingWith("procedures cannot carry a");
    }
    assertThatThrownBy(() -> procedure("big").result(1L << 31))
        .hasMessage("2147483648 is beyond the range of int");
    assertThatThrownBy(() -> Values.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Values.of(new java.util.concurrent.atomic.AtomicInteger()))
        .hasMessage("procedures cannot carry a java.util.concurrent.atomic.AtomicInteger");
    Object deep = "x";
    for (int i = 0; i < 40; i++) {
      deep = List.of(deep);
    }
    Object nested = deep;
    assertThatThrownBy(() -> Values.of(nested)).hasMessage("it is nested more than 32 deep");
  }

  @Test
  void aProcedureHasAProperName() {
    for (String name : List.of("", "a b", "ä", "a".repeat(256), "system.x")) {
      assertThatThrownBy(() -> ProcedureMethod.of(name, method("big")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
