package dev.owlery.core.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Default;
import org.incendo.cloud.annotations.Permission;
import org.junit.jupiter.api.Test;

/** An argument that is left out may be the empty text. */
class EmptyDefaultTest {

  static final class Notes {
    @Command("note [text]")
    @Permission("view")
    String note(@Argument("text") @Greedy @Default("") String text) {
      return "<" + text + ">";
    }

    @Command("pair [first] [second]")
    @Permission("view")
    String pair(
        @Argument("first") @Default("") String first,
        @Argument("second") @Default("") String second) {
      return "<" + first + "><" + second + ">";
    }
  }

  static final class Wrong {
    @Command("count [number]")
    @Permission("view")
    String count(@Argument("number") @Default("") int number) {
      return "" + number;
    }
  }

  @Test
  void whatIsLeftOutIsEmpty() {
    Talk talk = Talk.with(new Notes());
    assertThat(talk.answers("!note")).containsExactly("<>");
    assertThat(talk.answers("!note  ")).containsExactly("<>");
    assertThat(talk.answers("!note a  b")).containsExactly("<a  b>");
    assertThat(talk.answers("!pair")).containsExactly("<><>");
    assertThat(talk.answers("!pair a")).containsExactly("<a><>");
    assertThat(talk.answers("!pair a b")).containsExactly("<a><b>");
  }

  @Test
  void whatIsNoTextCannotBeEmpty() {
    assertThatThrownBy(() -> Talk.with(new Wrong()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(": @Default of number in count is empty, which is no int");
  }
}
