package dev.owlery.adapter.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.HostileTexts;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VisibleTextTest {

  @Test
  void harmless_text_is_not_even_copied() {
    String text = "Grüße, 猫 and 👨‍👩‍👧‍👦\tin\ntwo lines";
    assertThat(VisibleText.of(text)).isSameAs(text);
  }

  @Test
  void an_escape_sequence_is_shown_instead_of_obeyed() {
    assertThat(VisibleText.of("\u001B[2J\u0007 \u009B1m\u007F")).isEqualTo("␛[2J␇ <U+009B>1m␡");
  }

  @Test
  void an_override_of_the_reading_direction_is_shown() {
    assertThat(VisibleText.of("file\u202Egnp.exe")).isEqualTo("file<U+202E>gnp.exe");
  }

  @Test
  void a_windows_line_end_is_a_line_end_and_a_lone_return_is_shown() {
    assertThat(VisibleText.of("one\r\ntwo\rthree")).isEqualTo("one\ntwo␍three");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void nothing_hostile_keeps_a_control_character(String text) {
    assertThat(VisibleText.of(text).chars())
        .noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')
        .noneMatch(c -> c >= 0x202A && c <= 0x202E);
    assertThat(VisibleText.of(text)).satisfies(VisibleTextTest::hasWholeCharacters);
  }

  static List<Named<String>> hostile() {
    return HostileTexts.all();
  }

  private static void hasWholeCharacters(String text) {
    assertThat(text.codePoints()).noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }
}
