package dev.owlery.adapter.xmpp.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.owlery.api.procedure.Value;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is XML-RPC, and what only looks like it. */
final class XmlRpcReaderTest {

  private static String call(String value) {
    return "<methodCall><methodName>m</methodName><params><param><value>"
        + value
        + "</value></param></params></methodCall>";
  }

  private static Value read(String value) throws XmlRpcException {
    return ((XmlRpcMessage.RpcCall) XmlRpcReader.read(call(value))).arguments().getFirst();
  }

  @Test
  void everyTypeIsRead() throws Exception {
    assertThat(read("<int>-42</int>")).isEqualTo(new Value.Whole(-42));
    assertThat(read("<i4>+2147483647</i4>")).isEqualTo(new Value.Whole(Integer.MAX_VALUE));
    assertThat(read("<boolean>1</boolean>")).isEqualTo(new Value.Truth(true));
    assertThat(read("<string> a&amp;b&#13; </string>")).isEqualTo(new Value.Text(" a&b\r "));
    assertThat(read(" bare <![CDATA[<text>]]>")).isEqualTo(new Value.Text(" bare <text>"));
    assertThat(read("")).isEqualTo(new Value.Text(""));
    assertThat(read("<string/>")).isEqualTo(new Value.Text(""));
    assertThat(read("<double>-12.214</double>")).isEqualTo(new Value.Real(-12.214));
    assertThat(read("<double>1e+16</double>")).isEqualTo(new Value.Real(1e16));
    assertThat(read("<dateTime.iso8601>19980717T14:08:55</dateTime.iso8601>"))
        .isEqualTo(new Value.Time(LocalDateTime.of(1998, 7, 17, 14, 8, 55)));
    assertThat(read("<dateTime.iso8601>1998-07-17T14:08:55</dateTime.iso8601>"))
        .isEqualTo(new Value.Time(LocalDateTime.of(1998, 7, 17, 14, 8, 55)));
    assertThat(read("<base64>\n aG9v\n dA== </base64>"))
        .isEqualTo(new Value.Binary(new byte[] {'h', 'o', 'o', 't'}));
    assertThat(read("<nil/>")).isEqualTo(Value.NIL);
    assertThat(
            read(
                """

                <struct>
                  <member><name>owls</name>
                    <value><array><data><value><i4>1</i4></value><value>x</value></data></array></value>
                  </member>
                </struct>
                """))
        .isEqualTo(
            Value.Struct.of(
                Map.of("owls", new Value.Row(List.of(new Value.Whole(1), new Value.Text("x"))))));
  }

  @Test
  void everyMessageIsReadAsItWasWritten() throws Exception {
    for (XmlRpcMessage message :
        List.of(
            new XmlRpcMessage.RpcCall("a.b:c/d_1", List.of()),
            new XmlRpcMessage.RpcCall("m", List.of(Value.NIL, new Value.Text("\r\n\t<&>]]>"))),
            new XmlRpcMessage.RpcResponse(new Value.Real(-0.0)),
            new XmlRpcMessage.RpcFault(-32601, "no <such> & such"))) {
      assertThat(XmlRpcReader.read(XmlRpcWriter.write(message))).isEqualTo(message);
    }
    assertThat(XmlRpcReader.read("<methodCall><methodName>m</methodName></methodCall>"))
        .isEqualTo(new XmlRpcMessage.RpcCall("m", List.of()));
    assertThat(XmlRpcReader.read("<methodResponse><params/></methodResponse>"))
        .isEqualTo(new XmlRpcMessage.RpcResponse(Value.NIL));
    assertThat(XmlRpcReader.read("<methodResponse/>"))
        .isEqualTo(new XmlRpcMessage.RpcResponse(Value.NIL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<int>2147483648</int>",
        "<int>99999999999999999999</int>",
        "<int></int>",
        "<int>1.0</int>",
        "<int>0x10</int>",
        "<int>1</int><int>2</int>",
        "<int><i4>1</i4></int>",
        "<i8>1</i8>",
        "<boolean>2</boolean>",
        "<boolean>true</boolean>",
        "<double>NaN</double>",
        "<double>Infinity</double>",
        "<double>1e999</double>",
        "<double>1d</double>",
        "<double>0x1p3</double>",
        "<dateTime.iso8601>19980230T14:08:55</dateTime.iso8601>",
        "<dateTime.iso8601>19980717T14:08:55Z</dateTime.iso8601>",
        "<dateTime.iso8601>yesterday</dateTime.iso8601>",
        "<base64>a</base64>",
        "<base64>aG9v!dA==</base64>",
        "<nil>x</nil>",
        "<float>1</float>",
        "<value>1</value>",
        "text <int>1</int>",
        "<int>1</int> text",
        "<struct><member><name>a</name></member></struct>",
        "<struct><member><value>1</value></member></struct>",
        "<struct><value>1</value></struct>",
        "<struct><member><name>a</name><value/></member><member><name>a</name><value/></member></struct>",
        "<struct>text</struct>",
        "<array><value/></array>",
        "<array/>",
        "<array><data/><data/></array>",
        "<array><data><int>1</int></data></array>",
        "<string>a<b/></string>",
        "<string>&#0;</string>",
        "<string>&#x1;</string>",
        "<string>&nbsp;</string>",
        "<string>\u0001</string>",
        "<string>\ud800</string>",
        "<!-- comment --><int>1</int>",
        "<?php x ?><int>1</int>",
        "<int xmlns='urn:other'>1</int>",
        "<x:int xmlns:x='urn:other'>1</x:int>",
        "<int a='b'>1</int>",
        "<int>1",
      })
  void aValueThatIsNoneIsRefused(String value) {
    assertThatThrownBy(() -> read(value)).isInstanceOf(XmlRpcException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hoot",
        "<methodCall/>",
        "<methodCall><methodName/></methodCall>",
        "<methodCall><methodName>a b</methodName></methodCall>",
        "<methodCall><methodName>a\nb</methodName></methodCall>",
        "<methodCall><methodName>m</methodName><params><value/></params></methodCall>",
        "<methodCall><methodName>m</methodName><params/><params/></methodCall>",
        "<methodCall><methodName>m</methodName></methodCall><methodCall/>",
        "<methodCall><methodName>m</methodName></methodCall>hoot",
        "<methodResponse><params><param><value/></param><param><value/></param></params></methodResponse>",
        "<methodResponse><fault><value/></fault></methodResponse>",
        "<methodResponse><fault/></methodResponse>",
        "<methodResponse><params/><fault/></methodResponse>",
        "<methodAnswer/>",
        "<methodcall><methodName>m</methodName></methodcall>",
        "<methodCall><methodName>m</methodName>",
      })
  void aDocumentThatIsNoneIsRefused(String document) {
    assertThatThrownBy(() -> XmlRpcReader.read(document)).isInstanceOf(XmlRpcException.class);
  }

  static Stream<String> bombs() {
    StringBuilder laughs = new StringBuilder("<!DOCTYPE x [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      laughs.append("<!ENTITY a").append(i).append(" \"");
      laughs.append(("&a" + (i - 1) + ";").repeat(10)).append("\">");
    }
    return Stream.of(
        laughs + "]>" + call("<string>&a29;</string>"),
        "<!DOCTYPE x [<!ENTITY a \""
            + "x".repeat(50_000)
            + "\">]>"
            + call("<string>" + "&a;".repeat(10_000) + "</string>"),
        "<!DOCTYPE methodCall>" + call("<int>1</int>"),
        call("<array><data><value>".repeat(33) + "</value></data></array>".repeat(33)),
        call("<array><data><value>".repeat(10_000)),
        "<x>".repeat(60_000),
        call("<string>" + "x".repeat(300_000) + "</string>"),
        call("<double>" + "1".repeat(200_000) + "</double>"),
        call("<int>" + " ".repeat(200_000) + "x</int>"));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void aBombIsDefusedAtOnce(String bomb) {
    Assertions.assertTimeout(
        Duration.ofSeconds(5),
        () ->
            assertThatThrownBy(() -> XmlRpcReader.read(bomb)).isInstanceOf(XmlRpcException.class));
  }

  @Test
  void valuesMayBeNestedJustAsDeepAsIsSaid() throws Exception {
    String deep = "<array><data><value>".repeat(18) + "</value></data></array>".repeat(18);
    Value value = read(deep);
    assertThat(XmlRpcReader.read(XmlRpcWriter.write(new XmlRpcMessage.RpcResponse(value))))
        .isEqualTo(new XmlRpcMessage.RpcResponse(value));
    assertThatThrownBy(
            () -> XmlRpcWriter.write(new XmlRpcMessage.RpcResponse(new Value.Row(List.of(value)))))
        .isInstanceOf(XmlRpcException.class);
  }

  @Test
  void nothingIsFetched() throws Exception {
    AtomicInteger fetched = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          fetched.incrementAndGet();
          exchange.close();
        });
    server.start();
    try {
      String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
      for (String head :
          List.of(
              "<!DOCTYPE x SYSTEM \"" + base + "a.dtd\">",
              "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + base + "e\">]>",
              "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>",
              "<!DOCTYPE x [<!ENTITY % p SYSTEM \"" + base + "p\"> %p;]>")) {
        assertThatThrownBy(() -> XmlRpcReader.read(head + call("<string>&e;</string>")))
            .isInstanceOf(XmlRpcException.class);
      }
    } finally {
      server.stop(0);
    }
    assertThat(fetched).hasValue(0);
  }

  @Test
  void whatXmlCannotCarryIsNotWritten() {
    for (Value value :
        List.of(
            new Value.Text("\0"),
            new Value.Text("a\u001bb"),
            new Value.Text("\ud800"),
            new Value.Text("\uffff"),
            Value.Struct.of(Map.of("\u0007", Value.NIL)),
            new Value.Time(LocalDateTime.of(10_000, 1, 1, 0, 0)),
            new Value.Text("\u20ac".repeat(100_000)),
            new Value.Binary(new byte[200_000]))) {
      assertThatThrownBy(() -> XmlRpcWriter.write(new XmlRpcMessage.RpcResponse(value)))
          .isInstanceOf(XmlRpcException.class);
    }
  }
}
