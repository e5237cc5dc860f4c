package dev.owlery.adapter.xmpp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StanzaSplitterTest {
  private static final String HEAD =
      "<?xml version='1.0'?><stream:stream xmlns='jabber:client' from='a>b'"
          + " xmlns:stream='http://etherx.jabber.org/streams'>";

  /** What one reading gives, in the largest pieces, until nothing is left. */
  private static List<String> pieces(String text) throws IOException {
    StanzaSplitter splitter = new StanzaSplitter(new StringReader(text));
    List<String> pieces = new ArrayList<>();
    char[] into = new char[1 << 16];
    for (int read = splitter.read(into); read >= 0; read = splitter.read(into)) {
      pieces.add(new String(into, 0, read));
    }
    return pieces;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<message/>",
        "<message></message>",
        "<message a='/>' b=\"'>\"/>",
        "<message><body>a &lt; b > c / d</body><x/></message>",
        "<message><![CDATA[</message><message>]]]></message>",
        "<message><!-- </message> -- > --></message>",
        "<message><?what </message> ? > ?></message>",
        "<message\n><x\t/ ></x ></message\n>",
        "<iq><iq><iq/></iq></iq>",
        "<m/>"
      })
  void stanzasComeOneByOne(String stanza) throws IOException {
    assertThat(pieces(HEAD + stanza + " " + stanza + stanza + "</stream:stream>"))
        .containsExactly(HEAD + stanza, " " + stanza, stanza, "</stream:stream>");
  }

  @Test
  void aDocumentBeginsWithTheHeadOfTheStream() throws IOException {
    StanzaSplitter splitter = new StanzaSplitter(new StringReader(HEAD + "<a/><b>text</b><c/>"));
    assertThat(next(splitter)).isEqualTo(HEAD + "<a/>");
    splitter.begin("<first/>");
    assertThat(next(splitter)).isEqualTo(HEAD + "<first/>");
    assertThat(next(splitter)).isEqualTo("<b>text</b>");
    assertThat(splitter.name()).isEqualTo("b");
  }

  @Test
  void whatIsLeftOfAStanzaCanBeSkipped() throws IOException {
    StanzaSplitter splitter =
        new StanzaSplitter(new StringReader(HEAD + "<a><b>" + "x".repeat(20_000) + "</b></a><c/>"));
    char[] into = new char[HEAD.length() + 10];
    assertThat(splitter.read(into, 0, into.length)).isPositive();
    assertThat(splitter.isBegun()).isTrue();
    splitter.skip();
    splitter.begin("");
    assertThat(next(splitter)).isEqualTo(HEAD);
    assertThat(next(splitter)).isEqualTo("<c/>");
  }

  @Test
  void aStanzaHasAnEnd() throws IOException {
    StanzaSplitter splitter = new StanzaSplitter(new Endless(HEAD + "<a>"));
    assertThatThrownBy(() -> drain(splitter))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("longer");
    assertThat(splitter.isBroken()).isFalse();
  }

  @Test
  void aStreamDeclaresNothingAndBeginsSomewhere() {
    assertThatThrownBy(() -> pieces("<!DOCTYPE x [<!ENTITY e 'x'>]><x>"))
        .isInstanceOf(IOException.class);
    StanzaSplitter splitter = new StanzaSplitter(new Endless("<stream"));
    assertThatThrownBy(() -> drain(splitter))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("head");
    assertThat(splitter.isBroken()).isTrue();
  }

  private static void drain(StanzaSplitter splitter) throws IOException {
    char[] into = new char[1 << 16];
    int read = splitter.read(into);
    while (read > 0) {
      read = splitter.read(into);
    }
  }

  private static String next(StanzaSplitter splitter) throws IOException {
    char[] into = new char[1 << 16];
    return new String(into, 0, splitter.read(into));
  }

  /** Says something, and then the same sign for ever. */
  private static final class Endless extends Reader {
    private final StringReader first;

    Endless(String first) {
      this.first = new StringReader(first);
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
      int read = first.read(into, offset, length);
      if (read > 0) {
        return read;
      }
      java.util.Arrays.fill(into, offset, offset + length, 'x');
      return length;
    }

    @Override
    public void close() {
      first.close();
    }
  }
}
