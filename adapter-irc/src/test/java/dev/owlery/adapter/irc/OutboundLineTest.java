package dev.owlery.adapter.irc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundLineTest {
  @Test
  void onlyTheLastParameterGetsAColonAndOnlyWhenItNeedsOne() {
    assertThat(OutboundLine.of("AWAY").text()).isEqualTo("AWAY");
    assertThat(OutboundLine.of("JOIN", "#owls").text()).isEqualTo("JOIN #owls");
    assertThat(OutboundLine.of("foo", "bar", "baz", "asdf quux").text())
        .isEqualTo("foo bar baz :asdf quux");
    assertThat(OutboundLine.of("foo", "bar", "").text()).isEqualTo("foo bar :");
    assertThat(OutboundLine.of("foo", "bar", ":asdf").text()).isEqualTo("foo bar ::asdf");
    assertThat(OutboundLine.of("foo", "bar", "  asdf ").text()).isEqualTo("foo bar :  asdf ");
  }

  static Stream<Object[]> injections() {
    List<String> breakers = List.of("\r", "\n", "\r\n", "\0");
    List<String> places = List.of("%sQUIT", "x%sQUIT :bye", "x%s");
    return breakers.stream()
        .flatMap(b -> places.stream().map(p -> p.formatted(b)))
        .flatMap(bad -> Stream.of(0, 1, 2).map(index -> new Object[] {bad, index}));
  }

  @ParameterizedTest
  @MethodSource("injections")
  void noParameterBecomesASecondLine(String bad, int index) {
    String[] params = {"#owls", "ann", "text"};
    params[index] = bad;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OutboundLine.of("KICK", params))
        .withMessageNotContaining("QUIT");
    assertThatIllegalArgumentException().isThrownBy(() -> OutboundLine.of("KICK" + bad, "x"));
    assertThatIllegalArgumentException().isThrownBy(() -> OutboundLine.ofLibrary("NICK " + bad));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "#a b", ":x"})
  void aParameterBeforeTheLastIsOneWord(String bad) {
    assertThatIllegalArgumentException().isThrownBy(() -> OutboundLine.of("PRIVMSG", bad, "hi"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "#a,#b", "#a #b", ":#a", "#a\r", "#a\n", "#a\0", "\u0001x", "\u007fx"})
  void aTargetIsOneNickOrOneRoom(String bad) {
    assertThatIllegalArgumentException().isThrownBy(() -> OutboundLine.checkTarget(bad));
  }

  @Test
  void aLineTheServerWouldCutIsNotSent() {
    assertThat(OutboundLine.of("PRIVMSG", "#a", "x".repeat(499)).text()).hasSize(510);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OutboundLine.of("PRIVMSG", "#a", "x".repeat(500)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OutboundLine.of("PRIVMSG", "#a", "é".repeat(250)));
  }

  @Test
  void aLineShowsItsVerbButNeverItsParameters() {
    assertThat(OutboundLine.of("PASS", "hunter2")).hasToString("PASS ...");
    assertThat(OutboundLine.of("PRIVMSG", "NickServ", "IDENTIFY hunter2").tagged("a1", ""))
        .hasToString("PRIVMSG ...");
  }
}
