package dev.owlery.api.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

final class XmlLimitsTest {
  private static final int ESCAPES = 250_000;

  private static String text(String document) throws XMLStreamException {
    XMLStreamReader reader =
        XmlLimits.DOCUMENT.pullParsers().createXMLStreamReader(new StringReader(document));
    reader.nextTag();
    return reader.getElementText();
  }

  private static String tree(String document) throws Exception {
    return XmlLimits.DOCUMENT
        .trees()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(document)))
        .getDocumentElement()
        .getTextContent();
  }

  private static String attributes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> " a" + i + "=''")
        .collect(Collectors.joining("", "<x", "/>"));
  }

  /** A limit that a later JDK brings with it must be decided, too. */
  @Test
  void everyLimitOfTheJdkIsSet() throws IOException {
    Path file = Path.of(System.getProperty("java.home"), "conf", "jaxp.properties");
    Properties defaults = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      defaults.load(reader);
    }
    assertThat(defaults.stringPropertyNames())
        .filteredOn(name -> name.endsWith("Limit") || name.endsWith("Depth"))
        .filteredOn(name -> !name.contains("xpath"))
        .isNotEmpty()
        .isSubsetOf(XmlLimits.DOCUMENT.properties().keySet());
  }

  @Test
  void escapedCharactersAreNotCounted() throws Exception {
    String document = "<x>" + "&lt;&gt;&amp;&apos;&quot;".repeat(ESCAPES / 5) + "</x>";
    assertThat(text(document)).isEqualTo("<>&'\"".repeat(ESCAPES / 5));
    assertThat(tree(document)).isEqualTo("<>&'\"".repeat(ESCAPES / 5));
  }

  @Test
  void attributesNamesAndDepthAreLimited() throws Exception {
    assertThat(text(attributes(1_000))).isEmpty();
    assertThatThrownBy(() -> text(attributes(1_001))).isInstanceOf(XMLStreamException.class);
    assertThatThrownBy(() -> tree(attributes(1_001))).isInstanceOf(SAXException.class);
    assertThatThrownBy(() -> text("<" + "n".repeat(1_001) + "/>"))
        .isInstanceOf(XMLStreamException.class);
    assertThatThrownBy(() -> tree("<x>".repeat(101) + "</x>".repeat(101)))
        .isInstanceOf(SAXException.class);
  }

  @Test
  void nothingIsDeclared() {
    String document = "<!DOCTYPE x [<!ENTITY e 'declared'>]><x>&e;</x>";
    assertThatThrownBy(() -> tree(document)).isInstanceOf(SAXException.class);
    assertThatThrownBy(() -> text(document)).isInstanceOf(XMLStreamException.class);
  }
}
