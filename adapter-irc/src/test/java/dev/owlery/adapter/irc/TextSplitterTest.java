package dev.owlery.adapter.irc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextSplitterTest {
  private static final String[] GRAPHEMES = {
    "a", "é", "e\u0301", "漢", " ", "👍🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "1️⃣", "👩🏻‍❤️‍💋‍👨🏾"
  };

  @Test
  void aShortTextStaysWhole() {
    assertThat(TextSplitter.split("hello", 10)).containsExactly("hello");
    assertThat(TextSplitter.split("hellohello", 10)).containsExactly("hellohello");
  }

  @Test
  void everyKindOfLineEndSeparates() {
    assertThat(TextSplitter.split("a\nb\r\nc\rd\n\n\ne", 10))
        .containsExactly("a", "b", "c", "d", "e");
    assertThat(TextSplitter.split("\r\n\n", 10)).isEmpty();
  }

  @Test
  void wordsStayWholeWhereThatWastesLittle() {
    assertThat(TextSplitter.split("aaaa bbbb cccc", 10)).containsExactly("aaaa bbbb ", "cccc");
    assertThat(TextSplitter.split("a bbbbbbbbbbbbbbb", 10))
        .containsExactly("a bbbbbbbb", "bbbbbbb");
  }

  @Test
  void twentyKilobytesWithoutASpaceComeBackTogether() {
    String text = "é".repeat(10_000);
    List<String> pieces = TextSplitter.split(text, 399);
    assertThat(String.join("", pieces)).isEqualTo(text);
    assertThat(pieces).hasSize(51).allMatch(piece -> bytes(piece) <= 399);
  }

  @Test
  void randomTextsAreCutOnlyBetweenGraphemes() {
    Random random = new Random(4711);
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(200); i > 0; i--) {
        text.append(GRAPHEMES[random.nextInt(GRAPHEMES.length)]);
      }
      int limit = 40 + random.nextInt(400);
      List<String> pieces = TextSplitter.split(text.toString(), limit);
      assertThat(String.join("", pieces)).isEqualTo(text.toString());
      assertThat(pieces).allMatch(piece -> !piece.isEmpty() && bytes(piece) <= limit);
      List<String> regrouped = new ArrayList<>();
      pieces.forEach(piece -> regrouped.addAll(graphemes(piece)));
      assertThat(regrouped).isEqualTo(graphemes(text.toString()));
    }
  }

  @Test
  void aGraphemeLongerThanALineIsCutBetweenCodePoints() {
    String monster = "a" + "\u0301".repeat(300);
    List<String> pieces = TextSplitter.split("x".repeat(30) + monster + "yz", 100);
    assertThat(String.join("", pieces)).isEqualTo("x".repeat(30) + monster + "yz");
    assertThat(pieces).allMatch(piece -> bytes(piece) <= 100);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static List<String> graphemes(String text) {
    BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
    breaks.setText(text);
    List<String> all = new ArrayList<>();
    int from = 0;
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      all.add(text.substring(from, to));
      from = to;
    }
    return all;
  }
}
