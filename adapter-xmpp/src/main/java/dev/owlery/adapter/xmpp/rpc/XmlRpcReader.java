package dev.owlery.adapter.xmpp.rpc;

import dev.owlery.api.procedure.Value;
import dev.owlery.api.xml.XmlLimits;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a document of XML-RPC, strictly: there are no DTD, no entities, no processing instructions
 * and no comments, nothing that the format does not know, and limits for depth and size. Nothing is
 * fetched from anywhere. One object reads one document.
 */
public final class XmlRpcReader {

  /** No DTD, and nothing from outside. */
  private static final XMLInputFactory PARSERS = XmlLimits.DOCUMENT.pullParsers();

  private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9_.:/]{1,255}");

  private final XMLStreamReader xml;
  private int depth;

  private XmlRpcReader(XMLStreamReader xml) {
    this.xml = xml;
  }

  /**
   * Reads a document.
   *
   * @param document without names in a namespace
   * @return what it says
   * @throws XmlRpcException if it is no XML-RPC, or too deep or long
   */
  public static XmlRpcMessage read(String document) throws XmlRpcException {
    if (document.length() > XmlRpcMessage.LONGEST) {
      throw new XmlRpcException("it is longer than " + XmlRpcMessage.LONGEST + " characters");
    }
    try {
      XMLStreamReader xml = PARSERS.createXMLStreamReader(new StringReader(document));
      try {
        return new XmlRpcReader(xml).document();
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      throw new XmlRpcException("it is not well-formed", e);
    }
  }

  private XmlRpcMessage document() throws XMLStreamException, XmlRpcException {
    XmlRpcMessage message =
        switch (start()) {
          case "methodCall" -> call();
          case "methodResponse" -> response();
          default -> throw unexpected();
        };
    while (xml.hasNext()) {
      if (next() == XMLStreamConstants.START_ELEMENT) {
        throw unexpected();
      }
    }
    return message;
  }

  private XmlRpcMessage call() throws XMLStreamException, XmlRpcException {
    start("methodName");
    String method = text().strip();
    if (!METHOD.matcher(method).matches()) {
      throw new XmlRpcException("a method's name is made of letters, digits and _ . : /");
    }
    List<Value> arguments = List.of();
    if (startOrEnd()) {
      expect("params");
      arguments = params();
      end();
    }
    return new XmlRpcMessage.RpcCall(method, arguments);
  }

  private XmlRpcMessage response() throws XMLStreamException, XmlRpcException {
    if (!startOrEnd()) {
      return new XmlRpcMessage.RpcResponse(Value.NIL);
    }
    if (xml.getLocalName().equals("fault")) {
      start("value");
      XmlRpcMessage fault = fault(value());
      end();
      end();
      return fault;
    }
    expect("params");
    List<Value> results = params();
    end();
    if (results.size() > 1) {
      throw new XmlRpcException("a response has one result, not " + results.size());
    }
    return new XmlRpcMessage.RpcResponse(results.isEmpty() ? Value.NIL : results.getFirst());
  }

  private static XmlRpcMessage fault(Value value) throws XmlRpcException {
    if (value instanceof Value.Struct(var members)
        && members.size() == 2
        && members.get("faultCode") instanceof Value.Whole(int code)
        && members.get("faultString") instanceof Value.Text(String text)) {
      return new XmlRpcMessage.RpcFault(code, text);
    }
    throw new XmlRpcException("a fault has a faultCode and a faultString");
  }

  /** Reads from behind {@code <params>} to behind its end. */
  private List<Value> params() throws XMLStreamException, XmlRpcException {
    List<Value> values = new ArrayList<>();
    while (startOrEnd()) {
      expect("param");
      start("value");
      values.add(value());
      end();
    }
    return values;
  }

  /** Reads from behind {@code <value>} to behind its end. */
  private Value value() throws XMLStreamException, XmlRpcException {
    if (++depth > XmlRpcMessage.DEEPEST) {
      throw new XmlRpcException("values are nested more than " + XmlRpcMessage.DEEPEST + " deep");
    }
    StringBuilder bare = new StringBuilder();
    int event = next();
    while (event == XMLStreamConstants.CHARACTERS) {
      bare.append(xml.getText());
      event = next();
    }
    Value value;
    if (event == XMLStreamConstants.END_ELEMENT) {
      value = new Value.Text(bare.toString());
    } else if (bare.toString().isBlank()) {
      value = typed(xml.getLocalName());
      end();
    } else {
      throw new XmlRpcException("there is text beside a value's type");
    }
    depth--;
    return value;
  }

  private Value typed(String type) throws XMLStreamException, XmlRpcException {
    return switch (type) {
      case "int", "i4" -> XmlRpcScalars.whole(text());
      case "boolean" -> XmlRpcScalars.truth(text());
      case "string" -> new Value.Text(text());
      case "double" -> XmlRpcScalars.real(text());
      case "dateTime.iso8601" -> XmlRpcScalars.time(text());
      case "base64" -> XmlRpcScalars.binary(text());
      case "nil" -> {
        end();
        yield Value.NIL;
      }
      case "struct" -> struct();
      case "array" -> array();
      default -> throw unexpected();
    };
  }

  private Value struct() throws XMLStreamException, XmlRpcException {
    SequencedMap<String, Value> members = new LinkedHashMap<>();
    while (startOrEnd()) {
      expect("member");
      start("name");
      String name = text();
      start("value");
      if (members.put(name, value()) != null) {
        throw new XmlRpcException("a struct has two members of one name");
      }
      end();
    }
    return new Value.Struct(members);
  }

  private Value array() throws XMLStreamException, XmlRpcException {
    start("data");
    List<Value> values = new ArrayList<>();
    while (startOrEnd()) {
      expect("value");
      values.add(value());
    }
    end();
    return new Value.Row(values);
  }

  /** The text of an element that has none inside, up to behind its end. */
  private String text() throws XMLStreamException, XmlRpcException {
    StringBuilder text = new StringBuilder();
    int event = next();
    while (event == XMLStreamConstants.CHARACTERS) {
      text.append(xml.getText());
      event = next();
    }
    if (event != XMLStreamConstants.END_ELEMENT) {
      throw unexpected();
    }
    return text.toString();
  }

  private void start(String name) throws XMLStreamException, XmlRpcException {
    String _ = start();
    expect(name);
  }

  private String start() throws XMLStreamException, XmlRpcException {
    if (!startOrEnd()) {
      throw new XmlRpcException("something is missing in " + xml.getLocalName());
    }
    return xml.getLocalName();
  }

  private void end() throws XMLStreamException, XmlRpcException {
    if (startOrEnd()) {
      throw unexpected();
    }
  }

  /** Goes to the next tag; whether it begins an element. */
  private boolean startOrEnd() throws XMLStreamException, XmlRpcException {
    int event = next();
    while (event == XMLStreamConstants.CHARACTERS) {
      if (!xml.isWhiteSpace()) {
        throw new XmlRpcException("there is text where none belongs");
      }
      event = next();
    }
    return event == XMLStreamConstants.START_ELEMENT;
  }

  private void expect(String name) throws XmlRpcException {
    if (!xml.getLocalName().equals(name)) {
      throw unexpected();
    }
  }

  private XmlRpcException unexpected() {
    return new XmlRpcException("an element does not belong there");
  }

  private int next() throws XMLStreamException, XmlRpcException {
    int event = xml.next();
    return switch (event) {
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
          XMLStreamConstants.CHARACTERS;
      case XMLStreamConstants.START_ELEMENT -> {
        if (xml.getNamespaceURI() != null || xml.getAttributeCount() > 0) {
          throw unexpected();
        }
        yield event;
      }
      case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> event;
      default -> throw new XmlRpcException("it has more in it than elements and text");
    };
  }
}
