package dev.owlery.api.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.Member;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann",
        "Zoë",
        "Ольга",
        "日本",
        "مریم",
        "می\u200cخواهم",
        "क्\u200dष",
        "👩\u200d🔬",
        "❤\ufe0f",
        "a\tb"
      })
  void whatPeopleWriteStaysAsItIs(String name) {
    assertThat(DisplayText.line(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "'ad\u200bmin',admin",
    "'\u202enimda',nimda",
    "'ann\u2066\u2069',ann",
    "'a\u00addmin',admin",
    "'ad\u200dmin',admin",
    "'\ufeffann',ann",
    "'ann\u3164',ann",
    "'ann\u2800',ann",
    "'an\u034fn',ann",
    "'a\nb',a b",
    "'a\u2028b',a b",
    "'a\u001b[31mb',a [31mb"
  })
  void whatCannotBeSeenIsTakenOut(String written, String shown) {
    assertThat(DisplayText.name(written)).isEqualTo(shown);
  }

  @Test
  void aNameOfNothingIsAQuestionMark() {
    assertThat(DisplayText.name("\u200b\u2800")).isEqualTo("?");
    assertThat(DisplayText.name("")).isEmpty();
  }

  @Test
  void aSpeakersNameHoldsNoSpeakersName() {
    assertThat(DisplayText.speaker("ann: yes\u2003x:\u00a0y"))
        .doesNotContain(": ")
        .startsWith("ann:_");
    assertThat(DisplayText.speaker("ann:")).isEqualTo("ann:");
  }

  @Test
  void halvesOfCharactersAndAnyOtherTextAreNoTrouble() {
    assertThat(DisplayText.line("a\ud800b\udc00")).isEqualTo("ab");
  }

  @Test
  void whatSomebodyIsCalledIsShownSoWhicheverNetworkSaysIt() {
    assertThat(Member.unverified("ad\u200bmin").displayName()).isEqualTo("admin");
    assertThat(Member.unverified("ad\u200bmin").handle()).isEqualTo("ad\u200bmin");
  }
}
