package dev.owlery.adapter.xmpp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smack.xml.XmlPullParser.Event;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One long stream, read as Smack's reading thread reads it. */
public class GuardedParserTest {
  private static final String HEAD =
      "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";

  private static final class Counts implements StreamReader.StanzaGate {
    private int refused;
    private int pruned;

    @Override
    public void beforeAcknowledging() {}

    @Override
    public void acknowledged() {}

    @Override
    public void pruned() {
      pruned++;
    }

    @Override
    public void refused() {
      refused++;
    }
  }

  private final Counts counts = new Counts();
  private final List<String> bodies = new ArrayList<>();
  private String expected = "";
  private int asExpected;
  private int stanzas;
  private int unparseable;

  /** Reads to the stream's end. */
  private void read(Reader in) throws IOException, XmlPullParserException {
    GuardedParser parser = GuardedParser.of(in, counts);
    assertThat(parser.next()).isEqualTo(Event.START_ELEMENT);
    while (parser.next() != Event.END_DOCUMENT) {
      if (parser.getEventType() == Event.START_ELEMENT) {
        stanzas++;
        parser.beginStanza();
        try {
          stanza(parser);
        } catch (XmlPullParserException unreadable) {
          unparseable++;
          CharSequence _ = PacketParserUtils.parseContentDepth(parser, 2);
        }
        parser.endStanza();
      }
    }
  }

  private void stanza(GuardedParser parser) throws IOException, XmlPullParserException {
    while (parser.next() != Event.END_ELEMENT || parser.getDepth() > 2) {
      boolean isBody =
          parser.getEventType() == Event.START_ELEMENT && parser.getName().equals("body");
      if (isBody) {
        String body = parser.nextText();
        if (body.equals(expected)) {
          asExpected++;
        } else {
          bodies.add(body);
        }
      }
    }
  }

  private void read(String stanzas) throws IOException, XmlPullParserException {
    read(new StringReader(HEAD + stanzas + "</stream:stream>"));
  }

  private static String message(String body) {
    return "<message from='ann@localhost'><body>" + body + "</body></message>";
  }

  private static String attributes(int count, String name) {
    return IntStream.range(0, count)
        .mapToObj(i -> " %s%d='x'".formatted(name, i))
        .collect(Collectors.joining());
  }

  /** Each is well-formed for a server that does not look at namespaces, or nearly. */
  public static List<String> odd() {
    return List.of(
        "<message><body>odd</body><a xmlns='urn:a'" + attributes(2_000, "a") + "/></message>",
        "<message" + attributes(2_000, "a") + "><body>odd</body></message>",
        "<message><body>odd</body><" + "n".repeat(2_000) + " xmlns='urn:n'/></message>",
        "<message><" + "n".repeat(100_000) + "/></message>",
        "<message><a " + "n".repeat(2_000) + "='x'/><body>odd</body></message>",
        "<message><a xmlns='urn:" + "n".repeat(200_000) + "'/><body>odd</body></message>",
        "<message><unbound:a/></message>",
        "<unbound:a/>".replace("unbound:a", "message unbound:b='c'"),
        "<message><body>&undeclared;</body></message>",
        "<message><body>\u0001</body></message>",
        "<message><a></b></message>",
        "<message><body>" + "x".repeat(StanzaSplitter.LONGEST) + "</body></message>",
        "<message a='" + "x".repeat(StanzaSplitter.LONGEST) + "'/>",
        "<iq type='get' id='1'><a b='1' b='2'/></iq>",
        "<presence><a xmlns:p='urn:a' xmlns:q='urn:a' p:b='1' q:b='2'/></presence>");
  }

  @ParameterizedTest
  @MethodSource("odd")
  void aStanzaThatCannotBeReadIsRefusedAlone(String odd)
      throws IOException, XmlPullParserException {
    read(message("before") + odd + odd + message("between") + odd + message("after"));
    assertThat(bodies)
        .filteredOn(body -> !body.equals("odd"))
        .containsExactly("before", "between", "after");
    assertThat(stanzas).isEqualTo(6);
    assertThat(counts.refused + unparseable).isEqualTo(3);
  }

  @Test
  void whatIsNoStanzaEndsTheStreamIfItCannotBeRead() {
    assertThatThrownBy(
            () -> read(message("before") + "<stream:features><unbound:a/></stream:features>"))
        .isInstanceOf(XmlPullParserException.class);
    assertThatThrownBy(() -> read("<message><body>cut"))
        .isInstanceOfAny(IOException.class, XmlPullParserException.class);
  }

  @Test
  void depthIsCutOff() throws IOException, XmlPullParserException {
    String deep = "<d xmlns='urn:d'>".repeat(20_000) + "</d>".repeat(20_000);
    read("<message>" + deep + "<body>deep</body></message>" + message("after"));
    assertThat(bodies).containsExactly("deep", "after");
    assertThat(counts.pruned).isEqualTo(1);
  }

  @Test
  void aMillionEscapesAreOnlyLetters() throws IOException, XmlPullParserException {
    readEscapes(1_000_000);
  }

  @Test
  @Tag("soak")
  @Timeout(300)
  void tenMillionEscapesAreOnlyLetters() throws IOException, XmlPullParserException {
    readEscapes(10_000_000);
  }

  private void readEscapes(int escapes) throws IOException, XmlPullParserException {
    int each = 500;
    expected = "<>&'\"".repeat(each / 5);
    read(new Repeated(message("&lt;&gt;&amp;&apos;&quot;".repeat(each / 5)), escapes / each));
    assertThat(bodies).isEmpty();
    assertThat(asExpected).isEqualTo(escapes / each);
    assertThat(unparseable + counts.refused).isZero();
  }

  /** A stranger may think of a new name for each element: nothing keeps them. */
  @Test
  void namesAreForgotten() throws IOException, XmlPullParserException {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      names
          .append("<message><n")
          .append(i)
          .append(" xmlns='urn:")
          .append(i)
          .append("'/></message>");
    }
    read(names + message("after"));
    assertThat(bodies).containsExactly("after");
    assertThat(stanzas).isEqualTo(100_001);
  }

  /** A stream that says the same again and again. */
  private static final class Repeated extends Reader {
    private final String stanza;
    private final int times;
    private int done;
    private StringReader now = new StringReader(HEAD);

    Repeated(String stanza, int times) {
      this.stanza = stanza;
      this.times = times;
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
      int read = now.read(into, offset, length);
      if (read >= 0 || done > times) {
        return read;
      }
      now = new StringReader(done++ < times ? stanza : "</stream:stream>");
      return now.read(into, offset, length);
    }

    @Override
    public void close() {
      now.close();
    }
  }
}
