package dev.owlery.adapter.irc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CaseMappingTest {
  @Test
  void asciiFoldsLettersOnly() {
    assertThat(CaseMapping.ASCII.fold("#OwlZ[]\\^{}|~_ÄİK\u212a"))
        .isEqualTo("#owlz[]\\^{}|~_Äİk\u212a");
  }

  @Test
  void rfc1459TakesBracketsForBraces() {
    assertThat(CaseMapping.RFC1459.fold("A[]\\^")).isEqualTo("a{}|~");
    assertThat(CaseMapping.RFC1459_STRICT.fold("A[]\\^")).isEqualTo("a{}|^");
    assertThat(CaseMapping.RFC1459.same("Adm[n", "adm{N")).isTrue();
    assertThat(CaseMapping.ASCII.same("Adm[n", "adm{N")).isFalse();
  }

  @Test
  void aLookAlikeFromAnotherScriptStaysAnotherName() {
    String cyrillicA = "\u0430";
    assertThat(CaseMapping.RFC1459.same("admin", cyrillicA + "dmin")).isFalse();
  }

  @Test
  void theServersWordDecides() {
    assertThat(CaseMapping.of("ascii")).isEqualTo(CaseMapping.ASCII);
    assertThat(CaseMapping.of("rfc1459")).isEqualTo(CaseMapping.RFC1459);
    assertThat(CaseMapping.of("strict-rfc1459")).isEqualTo(CaseMapping.RFC1459_STRICT);
    assertThat(CaseMapping.of("rfc7613")).isEqualTo(CaseMapping.RFC1459);
  }
}
