package dev.owlery.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogTextTest {

  @Test
  void harmlessTextStaysTheSameObject() {
    String text = "Grüße, 𝔬𝔴𝔩 👨‍👩‍👧 C:\\temp";
    assertThat(LogText.encode(text)).isSameAs(text);
  }

  @Test
  void lineEndsAndControlCharactersBecomeVisible() {
    assertThat(LogText.encode("a\r\nb\u0000c\td\u001b[2Je\u007ff\u0085g\u2028h\u2029i"))
        .isEqualTo("a\\u000d\\u000ab\\u0000c\\u0009d\\u001b[2Je\\u007ff\\u0085g\\u2028h\\u2029i");
  }

  @Test
  void signsThatTurnTheWritingDirectionBecomeVisible() {
    assertThat(LogText.encode("\u202eadmin\u202c\u2066x\u2069\u200f\u061c"))
        .isEqualTo("\\u202eadmin\\u202c\\u2066x\\u2069\\u200f\\u061c");
  }

  @Test
  void halvesOfCharactersBecomeVisible() {
    assertThat(LogText.encode("a\ud800b\udc00")).isEqualTo("a\\ud800b\\udc00");
  }

  @Test
  void encodingTwiceIsEncodingOnce() {
    String once = LogText.quote("a\n\"b\u202e", 100);
    assertThat(LogText.encode(once)).isEqualTo(once);
  }

  @Test
  void aFieldCannotEndBeforeItsQuotationMark() {
    assertThat(LogText.quote("x\" reason=\"granted", 100))
        .isEqualTo("\"x\\u0022 reason=\\u0022granted\"");
  }

  @Test
  void longTextIsCutAndSaysSo() {
    assertThat(LogText.encode("x".repeat(1_000_000)))
        .hasSizeLessThanOrEqualTo(LogText.LIMIT)
        .endsWith(" more)");
    assertThat(LogText.encode("\n".repeat(100), 64)).hasSizeLessThanOrEqualTo(64);
  }

  @Test
  void whateverComesTheResultIsOneLineOfPrintableCharacters() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        text.append(
            (char) (random.nextBoolean() ? random.nextInt(0x100) : random.nextInt(0x10000)));
      }
      String line = LogText.encode(text.toString(), 128);
      assertThat(line).hasSizeLessThanOrEqualTo(128);
      assertThat(line.codePoints().map(Character::getType))
          .doesNotContain(
              (int) Character.CONTROL,
              (int) Character.LINE_SEPARATOR,
              (int) Character.PARAGRAPH_SEPARATOR,
              (int) Character.SURROGATE);
    }
  }
}
