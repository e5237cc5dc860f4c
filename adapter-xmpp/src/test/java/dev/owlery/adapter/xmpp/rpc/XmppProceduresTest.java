package dev.owlery.adapter.xmpp.rpc;

import static dev.owlery.adapter.xmpp.Bots.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.adapter.xmpp.Bots;
import dev.owlery.adapter.xmpp.TestAccount;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.ProcedureException.Reason;
import dev.owlery.api.procedure.Value;
import dev.owlery.testkit.LiveBot;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.Slixmpp;
import dev.owlery.testkit.xmpp.XmppStanza;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Procedures over a real server, with peers that nobody here has written. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class XmppProceduresTest {

  private static final String OWL = "owl@localhost/owlery";

  /** How nothing is written in JSON lines. */
  private static final Map<String, Object> NIL = Map.of("nil", true);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Prosody server;
  private LiveBot owl;
  private RawXmppClient robin;

  @BeforeAll
  void start() throws Exception {
    server = Prosody.start();
    for (String user : List.of("owl", "strix", "robin", "slix")) {
      server.register(user, TestAccount.PASSWORD);
    }
    owl =
        Bots.serving(
            new TestAccount.With(server).rooms().settings(),
            Duration.ofSeconds(1),
            allow("(robin|slix|strix)@localhost(/.*)?", "samples\\..*"));
    robin = RawXmppClient.connect(server, "robin", TestAccount.PASSWORD, "desk");
  }

  @AfterAll
  void stop() {
    robin.close();
    owl.close();
    server.close();
  }

  private static String call(String method, String... values) {
    StringBuilder xml = new StringBuilder("<query xmlns='jabber:iq:rpc'><methodCall><methodName>");
    xml.append(method).append("</methodName><params>");
    for (String value : values) {
      xml.append("<param><value>").append(value).append("</value></param>");
    }
    return xml.append("</params></methodCall></query>").toString();
  }

  private XmppStanza ask(String method, String... values) {
    return robin.ask(OWL, "set", call(method, values));
  }

  private static void assertError(XmppStanza answer, String type, String condition) {
    assertThat(answer.type()).as("%s", answer).isEqualTo("error");
    assertThat(answer.raw()).contains("type='" + type + "'", "<" + condition + " ");
  }

  @Test
  void aRawCallIsAnsweredAsTheSpecificationSays() {
    XmppStanza answer = ask("samples.add", "<i4>2</i4>", "<int>3</int>");
    assertThat(answer.type()).isEqualTo("result");
    assertThat(answer.from()).isEqualTo(OWL);
    assertThat(answer.raw())
        .contains(
            "<query xmlns='jabber:iq:rpc'><methodResponse><params><param><value><i4>5</i4></value>"
                + "</param></params></methodResponse></query>");
    assertThat(ask("samples.caller").raw()).contains("<string>robin@localhost/desk</string>");
    assertThat(ask("samples.echo", " bare &amp; text ").raw())
        .contains("<string> bare &amp; text </string>");
  }

  @Test
  void faultsAndErrorsAreToldApart() {
    assertThat(ask("samples.fail", "<string>no &lt;way&gt;</string>").raw())
        .contains(
            "<fault><value><struct><member><name>faultCode</name><value><i4>7</i4></value></member>"
                + "<member><name>faultString</name><value><string>no &lt;way&gt;</string>");
    assertThat(ask("samples.add", "<i4>2</i4>").raw()).contains("<i4>-32602</i4>", "takes 2");
    assertThat(ask("samples.bell").raw()).contains("<i4>-32603</i4>", "cannot be written");
    assertError(ask("samples.gone"), "cancel", "item-not-found");
    assertError(ask("secret.gone"), "auth", "forbidden");
    assertError(ask("samples.stuck"), "wait", "resource-constraint");
  }

  @Test
  void whatIsNoCallIsABadRequest() {
    for (String payload :
        List.of(
            "<query xmlns='jabber:iq:rpc'/>",
            "<query xmlns='jabber:iq:rpc'><methodResponse><params/></methodResponse></query>",
            "<query xmlns='jabber:iq:rpc'><methodCall/></query>",
            "<query xmlns='jabber:iq:rpc'><methodCall xmlns='urn:other'/></query>",
            call("samples add"),
            call("samples.echo", "<int>2147483648</int>"),
            call("samples.echo", "<float>1</float>"),
            call(
                "samples.echo",
                "<array><data><value>".repeat(25) + "</value></data></array>".repeat(25)),
            call("samples.echo", "<base64>" + "AAAA".repeat(40_000) + "!</base64>"))) {
      assertError(robin.ask(OWL, "set", payload), "modify", "bad-request");
    }
    assertThat(ask("samples.add", "<i4>1</i4>", "<i4>1</i4>").raw()).contains("<i4>2</i4>");
  }

  /** Each level takes three elements, and what is too deep for the stream's parser is left out. */
  @Test
  void nineteenLevelsOfValuesTravelAndNoMore() {
    assertThat(ask("samples.echo", nested(18)).raw())
        .contains(nested(18).replace("x", "<string>x</string>"));
    XmppStanza refused = ask("samples.echo", nested(19));
    assertError(refused, "modify", "bad-request");
    assertThat(refused.raw()).contains("nested");
    Value deep = new Value.Text("x");
    for (int level = 0; level < 19; level++) {
      deep = new Value.Row(List.of(deep));
    }
    Value argument = deep;
    assertThatThrownBy(() -> Bots.call(owl, robin.address(), PATIENCE, "robin.deep", argument))
        .isInstanceOfSatisfying(
            ProcedureException.class,
            told -> assertThat(told.reason()).isEqualTo(Reason.BAD_ARGUMENTS))
        .hasMessageContaining("nested more than 19 deep");
  }

  private static String nested(int arrays) {
    return "<array><data><value>".repeat(arrays) + "x" + "</value></data></array>".repeat(arrays);
  }

  @Test
  void slixmppCallsUsWithEveryType() throws Exception {
    try (Slixmpp slix = Slixmpp.connect(server, "slix", TestAccount.PASSWORD, script())) {
      Map<String, Object> struct = new LinkedHashMap<>();
      struct.put("name & more", "Strix <aluco>");
      struct.put("nothing", NIL);
      struct.put("list", List.of(1, "two", List.of(), true));
      for (Object value :
          List.of(
              -2147483648,
              true,
              false,
              "Eule \u00fc \ud83e\udd89",
              -12.25,
              1e16,
              Map.of("base64", "AP8Bfw=="),
              Map.of("time", "19980717T14:08:55"),
              NIL,
              List.of(1, 2.5, NIL),
              struct)) {
        assertThat(slix.ask("call", "to", OWL, "method", "samples.echo", "arguments", one(value)))
            .extractingByKey("result")
            .as("%s", value)
            .isEqualTo(Map.of("values", one(value)));
      }
      assertThat(
              slix.ask("call", "to", OWL, "method", "samples.fail", "arguments", one("no & never")))
          .extractingByKey("result")
          .isEqualTo(Map.of("fault", Map.of("code", 7, "string", "no & never")));
      assertThat(slix.ask("call", "to", OWL, "method", "secret.x", "arguments", List.of()))
          .containsEntry("error", "forbidden");
      assertThat(slix.ask("call", "to", OWL, "method", "samples.gone", "arguments", List.of()))
          .containsEntry("error", "item-not-found");
      assertThat(slix.ask("features", "to", OWL))
          .extractingByKey("result")
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
          .contains("jabber:iq:rpc");
    }
  }

  private static List<Object> one(Object value) {
    return List.of(value);
  }

  private static String script() throws Exception {
    try (InputStream in = XmppProceduresTest.class.getResourceAsStream("slixmpp_rpc.py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void weCallSlixmppWithEveryType() throws Exception {
    try (Slixmpp slix = Slixmpp.connect(server, "slix", TestAccount.PASSWORD, script())) {
      String peer = slix.events().getFirst().get("address").toString();
      Map<String, Value> struct = new LinkedHashMap<>();
      struct.put("name & more", new Value.Text("Strix <aluco>"));
      struct.put("list", new Value.Row(List.of(new Value.Whole(1), Value.NIL)));
      for (Value value :
          List.of(
              new Value.Whole(Integer.MIN_VALUE),
              new Value.Truth(true),
              new Value.Text("Eule \u00fc \ud83e\udd89"),
              new Value.Real(-12.25),
              new Value.Real(1e16),
              new Value.Binary(new byte[] {0, -1, 1, 127}),
              new Value.Time(LocalDateTime.of(1998, 7, 17, 14, 8, 55)),
              Value.NIL,
              new Value.Row(List.of()),
              Value.Struct.of(struct))) {
        assertThat(Bots.call(owl, peer, PATIENCE, "slix.echo", value)).isEqualTo(value);
      }
      assertThat(Bots.call(owl, peer, PATIENCE, "slix.nothing")).isEqualTo(Value.NIL);
      assertThat(slix.expect("call", event -> event.get("method").equals("slix.nothing")))
          .containsEntry("from", OWL);
      assertFails(peer, "slix.fault", Reason.FAULT, 42, "no & never");
      assertFails(peer, "slix.forbidden", Reason.FORBIDDEN, 0, "forbidden");
      assertFails(peer, "slix.gone", Reason.UNKNOWN, 0, "item-not-found");
    }
  }

  private void assertFails(String peer, String method, Reason reason, int code, String text) {
    assertThatThrownBy(() -> Bots.call(owl, peer, PATIENCE, method))
        .isInstanceOfSatisfying(
            ProcedureException.class,
            told -> {
              assertThat(told.reason()).isEqualTo(reason);
              assertThat(told.code()).isEqualTo(code);
              assertThat(told.getMessage()).contains(text);
            });
  }

  @Test
  void twoBotsCallEachOtherThroughTypedInterfaces() throws Exception {
    try (LiveBot strix =
        Bots.serving(
            new TestAccount.With(server).jid("strix@localhost").rooms().settings(),
            PATIENCE,
            allow("owl@localhost/owlery", "samples\\.(older|add|caller|fail)"),
            allow("robin@localhost", "samples\\.relay"))) {
      for (String[] pair : new String[][] {{OWL, "strix"}, {"strix@localhost/owlery", "owl"}}) {
        String answer =
            robin
                .ask(
                    pair[0],
                    "set",
                    call("samples.relay", "<string>net/" + pair[1] + "@localhost/owlery</string>"))
                .raw();
        assertThat(answer)
            .contains(
                "<string>5</string>",
                "Owl[name=Strix, age=Optional[4], young=[]]",
                "<string>" + pair[0] + "</string>",
                "<string>FAULT 7 as told</string>");
      }
      assertThatThrownBy(
              () -> Bots.call(strix, OWL, PATIENCE, "samples.echo", new Value.Text("\u0000")))
          .hasMessageContaining("XML has no character U+0000");
    }
  }

  @Test
  void anAnswerOfSomebodyElseIsNone() {
    try (RawXmppClient eve = RawXmppClient.join(server, "eve")) {
      CompletableFuture<Value> answer =
          CompletableFuture.supplyAsync(
              () -> Bots.call(owl, robin.address(), PATIENCE, "robin.name", new Value.Text("x")));
      XmppStanza request = robin.expect("robin\\.name");
      String result =
          "<iq type='result' to='"
              + OWL
              + "' id='%s'><query xmlns='jabber:iq:rpc'><methodResponse><params><param><value>%s"
              + "</value></param></params></methodResponse></query></iq>";
      String id = RawXmppClient.escape(request.attribute("id"));
      eve.raw(result.formatted(id, "eve"));
      eve.raw(result.formatted(id, "eve").replace("result'", "error'"));
      eve.settle();
      robin.raw(result.formatted("another", "wrong"));
      robin.raw(result.formatted(id, "robin"));
      assertThat(answer).succeedsWithin(PATIENCE).isEqualTo(new Value.Text("robin"));
    }
  }

  @Test
  void aPeerThatDoesNotAnswerOrIsNotThereIsUnavailable() {
    long before = System.nanoTime();
    assertThatThrownBy(() -> Bots.call(owl, robin.address(), Duration.ofMillis(300), "robin.mute"))
        .hasMessage("there was no answer in time");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(PATIENCE);
    robin.expect("robin\\.mute");
    assertFails("nobody@localhost/x", "a.b", Reason.UNAVAILABLE, 0, "service-unavailable");
    assertFails("not an address", "a.b", Reason.BAD_ARGUMENTS, 0, "not an XMPP address");
  }

  @Test
  void anAnswerThatIsNoXmlRpcIsABadAnswer() {
    CompletableFuture<Value> answer =
        CompletableFuture.supplyAsync(() -> Bots.call(owl, robin.address(), PATIENCE, "robin.odd"));
    XmppStanza request = robin.expect("robin\\.odd");
    robin.raw(
        "<iq type='result' to='%s' id='%s'><query xmlns='jabber:iq:rpc'><odd/></query></iq>"
            .formatted(OWL, RawXmppClient.escape(request.attribute("id"))));
    assertThat(answer)
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            ProcedureException.class,
            told -> assertThat(told.reason()).isEqualTo(Reason.BAD_ANSWER));
  }

  @Test
  void whoServesNobodyAnnouncesNothing() throws Exception {
    String info = "<query xmlns='http://jabber.org/protocol/disco#info'/>";
    assertThat(robin.ask(OWL, "get", info).raw())
        .contains("var='jabber:iq:rpc'")
        .containsPattern("<identity [^>]*type='rpc'");
    server.register("shy", TestAccount.PASSWORD);
    try (LiveBot shy =
        Bots.serving(
            new TestAccount.With(server).jid("shy@localhost").rooms().settings(), PATIENCE)) {
      String address = "shy@localhost/owlery";
      assertThat(robin.ask(address, "get", info).raw()).doesNotContain("rpc");
      assertThat(robin.ask(address, "set", call("samples.add")).raw())
          .containsPattern("<(service-unavailable|feature-not-implemented) ");
      assertThat(Bots.call(shy, OWL, PATIENCE, "system.listMethods")).isNull();
    } catch (ProcedureException refused) {
      assertThat(refused.reason()).isEqualTo(Reason.FORBIDDEN);
    }
  }
}
