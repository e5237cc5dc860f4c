package dev.owlery.api.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "report.pdf",
        "Grüße aus Köln.txt",
        "日本語.tar.gz",
        "a b (2).txt",
        "Makefile",
        "family \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67.png",
        "it's 100%, & more; $HOME `x`.txt",
        "console.log",
        "common.txt",
        "_con.txt"
      })
  void whatIsSafeStaysAsItIs(String name) {
    assertThat(SafeName.of(name).text()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ../../etc/passwd          | passwd
          ..\\..\\windows\\win.ini  | win.ini
          /etc/shadow               | shadow
          C:\\boot.ini              | boot.ini
          C:boot.ini                | C_boot.ini
          ..                        | file
          .                         | file
          ~~                        | file
          /                         | file
          ///                       | file
          ....//....//etc/passwd    | passwd
          a/../b                    | b
          a/..                      | file
          folder/                   | folder
          .bashrc                   | bashrc
          ...hidden.txt             | hidden.txt
          -rf                       | rf
          --help.txt                | help.txt
          ~ root~                   | root
          name.                     | name
          name. . .                 | name
          a<b>c:d"e?f*g.txt         | a_b_c_d_e_f_g.txt
          file.txt::$DATA           | file.txt__$DATA
          %2e%2e%2fetc%2fpasswd     | %2e%2e%2fetc%2fpasswd
          CON                       | _CON
          con.txt                   | _con.txt
          nul .tar.gz               | _nul .tar.gz
          LPT1                      | _LPT1
          com\u00b9.log             | _com\u00b9.log
          aux.                      | _aux
          conin$                    | _conin$
          """)
  void hostileNamesLoseWhatMakesThemSo(String hostile, String safe) {
    assertThat(SafeName.of(hostile.replace("\\\\", "\\")).text()).isEqualTo(safe);
  }

  @Test
  void whatCannotBeSeenIsTakenOut() {
    assertThat(SafeName.of("a\0b\r\nc\u0007d\u0085e.txt").text()).isEqualTo("ab  cde.txt");
    assertThat(SafeName.of("invoice\u202Efdp.exe").text()).isEqualTo("invoicefdp.exe");
    assertThat(SafeName.of("a\u2066b\u2069c\u200Ed\uFEFFe\u200Bf").text()).isEqualTo("abcdef");
    assertThat(SafeName.of("tag\uDB40\uDC41s.txt").text()).isEqualTo("tags.txt");
    assertThat(SafeName.of("half \uD83D pair.txt").text()).isEqualTo("half  pair.txt");
    assertThat(SafeName.of("lines\u2028and\u2029more\u00A0space").text())
        .isEqualTo("lines and more space");
    assertThat(SafeName.of("a|b").text()).isEqualTo("a_b");
    assertThat(SafeName.of("\0").text()).isEqualTo("file");
    assertThat(SafeName.of("safe.txt\0.exe").text()).isEqualTo("safe.txt.exe");
  }

  @Test
  void oneLookIsOneName() {
    assertThat(SafeName.of("Gru\u0308\u00dfe.txt")).isEqualTo(SafeName.of("Gr\u00fc\u00dfe.txt"));
  }

  @Test
  void longNamesAreCutBetweenCharactersAndKeepTheirEnding() {
    for (String letter : List.of("a", "\u00e4", "\u65e5", "\uD83D\uDE00")) {
      String name = SafeName.of(letter.repeat(4096 / letter.length()) + ".tar.gz").text();
      assertThat(bytes(name)).isBetween(SafeName.LONGEST - 4, SafeName.LONGEST);
      assertThat(name).endsWith(letter + ".tar.gz");
    }
    assertThat(bytes(SafeName.of("x." + "e".repeat(5000)).text())).isEqualTo(SafeName.LONGEST);
  }

  @Test
  void aNumberStandsBeforeTheEnding() {
    assertThat(SafeName.of("report.pdf").numbered(2).text()).isEqualTo("report (2).pdf");
    assertThat(SafeName.of("all.tar.gz").numbered(3).text()).isEqualTo("all (3).tar.gz");
    assertThat(SafeName.of("Makefile").numbered(12).text()).isEqualTo("Makefile (12)");
    String longest = SafeName.of("\u65e5".repeat(300) + ".txt").numbered(100).text();
    assertThat(bytes(longest)).isLessThanOrEqualTo(SafeName.LONGEST);
    assertThat(longest).endsWith(" (100).txt");
  }

  @Test
  void onlySafeNamesCanBeMade() {
    for (String unsafe : List.of("", "..", "a/b", ".x", "nul", "a\0", "x ", "-x", "a:b")) {
      assertThatThrownBy(() -> new SafeName(unsafe)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anythingAtAllBecomesASafeName() {
    Random random = new Random(20);
    String pieces =
        "./\\-~ :*\0\r\n\u202E\u0338<>conNUL1\u00e9e\u0301\uD83D\uDE00\u200D\u037E\u212A";
    for (int run = 0; run < 20_000; run++) {
      StringBuilder outside = new StringBuilder();
      int length = random.nextInt(random.nextInt(10) == 0 ? 400 : 12);
      for (int i = 0; i < length; i++) {
        outside.append(
            random.nextBoolean()
                ? pieces.charAt(random.nextInt(pieces.length()))
                : (char) random.nextInt(0x10000));
      }
      SafeName name = SafeName.of(outside.toString());
      assertThat(SafeName.of(name.text())).isEqualTo(name);
      assertThat(bytes(name.text())).isBetween(1, SafeName.LONGEST);
      assertThat(name.text()).doesNotContain("/", "\\", "\0").doesNotStartWith(".");
      assertThat(bytes(name.numbered(7).text())).isLessThanOrEqualTo(SafeName.LONGEST);
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Test
  void aFileIsSentUnderItsOwnNameAndTakenInUnderASafeOne() {
    assertThat(SafeName.sent("-report.txt")).isEqualTo("-report.txt");
    assertThat(SafeName.sent("~$draft.docx")).isEqualTo("~$draft.docx");
    assertThat(SafeName.of(SafeName.sent("-report.txt")).text()).isEqualTo("report.txt");
    assertThat(SafeName.sent("../a/-b\u202e.txt")).isEqualTo("-b.txt");
    assertThat(SafeName.sent("--")).isEqualTo("file");
    assertThat(SafeName.sent("plain.txt")).isEqualTo("plain.txt");
  }
}
