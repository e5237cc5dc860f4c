package dev.owlery.adapter.xmpp.rpc;

import dev.owlery.api.procedure.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Writes a document of XML-RPC, without names in a namespace. One object writes one document. */
public final class XmlRpcWriter {

  private final StringBuilder xml = new StringBuilder();

  private XmlRpcWriter() {}

  /**
   * Writes a document.
   *
   * @param message what it is to say
   * @return the document, well-formed whatever is in the values
   * @throws XmlRpcException if a value cannot be written, or is too deep or long
   */
  public static String write(XmlRpcMessage message) throws XmlRpcException {
    XmlRpcWriter writer = new XmlRpcWriter();
    switch (message) {
      case XmlRpcMessage.RpcCall(String method, List<Value> arguments) -> {
        writer.xml.append("<methodCall><methodName>");
        writer.text(method);
        writer.xml.append("</methodName>");
        writer.params(arguments);
        writer.xml.append("</methodCall>");
      }
      case XmlRpcMessage.RpcResponse(Value result) -> {
        writer.xml.append("<methodResponse>");
        writer.params(List.of(result));
        writer.xml.append("</methodResponse>");
      }
      case XmlRpcMessage.RpcFault(int code, String text) -> {
        SequencedMap<String, Value> members = new LinkedHashMap<>();
        members.put("faultCode", new Value.Whole(code));
        members.put("faultString", new Value.Text(text));
        writer.xml.append("<methodResponse><fault>");
        writer.value(new Value.Struct(members), 1);
        writer.xml.append("</fault></methodResponse>");
      }
    }
    writer.checkLength();
    return writer.xml.toString();
  }

  private void checkLength() throws XmlRpcException {
    int longest = XmlRpcMessage.LONGEST_WRITTEN;
    if (xml.length() > longest
        || xml.toString().getBytes(StandardCharsets.UTF_8).length > longest) {
      throw new XmlRpcException("it is longer than " + longest + " bytes");
    }
  }

  private void params(List<Value> values) throws XmlRpcException {
    xml.append("<params>");
    for (Value value : values) {
      xml.append("<param>");
      value(value, 1);
      xml.append("</param>");
    }
    xml.append("</params>");
  }

  private void value(Value value, int depth) throws XmlRpcException {
    if (depth > XmlRpcMessage.DEEPEST) {
      throw new XmlRpcException("values are nested more than " + XmlRpcMessage.DEEPEST + " deep");
    }
    if (xml.length() > XmlRpcMessage.LONGEST_WRITTEN) {
      checkLength();
    }
    xml.append("<value>");
    switch (value) {
      case Value.Whole(int number) -> scalar("i4", Integer.toString(number));
      case Value.Truth(boolean yes) -> scalar("boolean", yes ? "1" : "0");
      case Value.Text(String text) -> scalar("string", text);
      case Value.Real(double number) -> scalar("double", XmlRpcScalars.write(number));
      case Value.Time(var time) -> scalar("dateTime.iso8601", XmlRpcScalars.write(time));
      case Value.Binary binary ->
          scalar("base64", Base64.getEncoder().encodeToString(binary.bytes()));
      case Value.Row(List<Value> values) -> {
        xml.append("<array><data>");
        for (Value each : values) {
          value(each, depth + 1);
        }
        xml.append("</data></array>");
      }
      case Value.Struct(SequencedMap<String, Value> members) -> struct(members, depth);
      case Value.Nil() -> xml.append("<nil/>");
    }
    xml.append("</value>");
  }

  private void struct(SequencedMap<String, Value> members, int depth) throws XmlRpcException {
    xml.append("<struct>");
    for (Map.Entry<String, Value> member : members.entrySet()) {
      xml.append("<member><name>");
      text(member.getKey());
      xml.append("</name>");
      value(member.getValue(), depth + 1);
      xml.append("</member>");
    }
    xml.append("</struct>");
  }

  private void scalar(String type, String text) throws XmlRpcException {
    xml.append('<').append(type).append('>');
    text(text);
    xml.append("</").append(type).append('>');
  }

  /** The one way for text into the document. */
  private void text(String text) throws XmlRpcException {
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      switch (point) {
        case '&' -> xml.append("&amp;");
        case '<' -> xml.append("&lt;");
        case '>' -> xml.append("&gt;");
        case '\r' -> xml.append("&#13;"); // a parser would make it a line feed
        default -> {
          if (!isXml(point)) {
            throw new XmlRpcException(
                "XML has no character U+" + Integer.toHexString(point | 0x10000).substring(1));
          }
          xml.appendCodePoint(point);
        }
      }
      at += Character.charCount(point);
    }
  }

  /** XML 1.0 section 2.2. */
  private static boolean isXml(int point) {
    return point == '\t'
        || point == '\n'
        || (point >= 0x20 && point <= 0xd7ff)
        || (point >= 0xe000 && point <= 0xfffd)
        || point >= 0x10000;
  }
}
