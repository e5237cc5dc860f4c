package dev.owlery.adapter.xmpp;

import dev.owlery.adapter.xmpp.link.NodeAddress;
import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.adapter.xmpp.rpc.XmlRpcException;
import dev.owlery.adapter.xmpp.rpc.XmlRpcReader;
import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.adapter.xmpp.text.MarkupReader;
import dev.owlery.testkit.LinearReaders;
import dev.owlery.testkit.ReaderProperties;
import java.util.List;
import java.util.stream.Stream;

/** What is read of XMPP's texts: never a failure, in a time that grows with the length. */
final class XmppReadersTest implements LinearReaders {
  private static final String[] XML = {
    "<b>",
    "</b>",
    "<a href='http://a'>",
    "</a>",
    "<br/>",
    "<p>",
    "</p>",
    "<li>",
    "a",
    " ",
    "&lt;",
    "&#0;",
    "&a;",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?",
    "?>",
    "<x:y>",
    "\"",
    "'",
    "=",
    "*"
  };
  private static final String CALL =
      "<methodCall><methodName>a.b</methodName><params><param><value><array><data><value>"
          + "<struct><member><name>c</name><value><i4>1</i4></value></member></struct></value>"
          + "</data></array></value></param></params></methodCall>";

  static Stream<ReaderProperties> readers() {
    return Stream.of(
        ReaderProperties.of(
                "message styling",
                1 << 18,
                text -> MarkupReader.read(text, List.of(), false).spans())
            .madeOf(
                "*",
                "_",
                "`",
                "```",
                "\n",
                "> ",
                "> > ",
                " ",
                "a",
                " *a* ",
                "\n *a*\n",
                "```\n",
                "~",
                "\\")
            .like("*a* _b_\n> *c*\n```\nd\n```", "> ".repeat(2_000)),
        ReaderProperties.of(
                "XHTML",
                1 << 16,
                text ->
                    MarkupReader.read("a", List.of("<body><p>" + text + "</p></body>"), false)
                        .spans())
            .madeOf(XML)
            .like("<p>a <strong>b</strong> <a href='http://c'>d</a></p>"),
        ReaderProperties.of("clean text", 1 << 18, Markup::clean).madeOf("a", "\r", "\n", "\u2028"),
        ReaderProperties.of("XML-RPC", 1 << 18, XmlRpcReader::read)
            .refusesBy(XmlRpcException.class)
            .madeOf(
                "<value>",
                "</value>",
                "<array><data>",
                "</data></array>",
                "<struct><member>",
                "<name>a</name>",
                "</member></struct>",
                "<i4>1</i4>",
                "<base64>",
                "</base64>",
                "<nil/>",
                "<dateTime.iso8601>20260101T00:00:00</dateTime.iso8601>",
                "<double>1e9</double>",
                "a")
            .like(CALL, CALL.replace("<i4>1</i4>", "<value><array><data>".repeat(300))),
        ReaderProperties.of("addresses", 8_192, XmppIdentity::address)
            .refusesBy(IllegalArgumentException.class)
            .madeOf("a", "@", "/", ".", "b.c", "\\20", "é", " ", "\u00ad", "xn--")
            .like("a@b.c/d", "a\\40b@c", "@/", "a@b@c/d/e"),
        ReaderProperties.of("nicks", 8_192, XmppIdentity::nick)
            .refusesBy(IllegalArgumentException.class)
            .madeOf("a", " ", "é", "\u0640", "\uD83D\uDE00"),
        ReaderProperties.of("nodes", 8_192, NodeAddress::parse)
            .refusesBy(IllegalArgumentException.class)
            .madeOf("a", "/", ":", ".", "#", "@", " ", "xmpp:", "?;node="));
  }
}
