package dev.owlery.plugins.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.owlery.api.command.TypedText;
import dev.owlery.api.procedure.Value;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How values are written in chat: as in JSON, where a bare word is a text too. Pure. */
final class Literals {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(30).build())
          .build();
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern REAL =
      Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?");

  private Literals() {}

  /**
   * Reads values with blanks between them.
   *
   * @param line what was typed
   * @return the values
   * @throws IllegalArgumentException if they cannot be read; the text is for whoever typed them
   */
  static List<Value> read(String line) {
    List<Value> values = new ArrayList<>();
    char[] signs = line.toCharArray();
    int at = skipBlanks(line, 0);
    while (at < line.length()) {
      int end;
      if ("\"[{".indexOf(line.charAt(at)) >= 0) {
        end = at + json(signs, at, values);
      } else if (TypedText.isDoubleQuote(line.charAt(at))) {
        end = quoted(line, at, values);
      } else {
        end = TypedText.wordEnd(line, at);
        values.add(word(line.substring(at, end)));
      }
      if (end < line.length() && !TypedText.isBlank(line.charAt(end))) {
        throw new IllegalArgumentException(
            "there must be a blank before " + shorten(line.substring(end)));
      }
      at = skipBlanks(line, end);
    }
    return values;
  }

  private static int skipBlanks(String line, int from) {
    int at = from;
    while (at < line.length() && TypedText.isBlank(line.charAt(at))) {
      at++;
    }
    return at;
  }

  /** A text between typographic quotes, which are none of JSON's; returns where it ends. */
  private static int quoted(String line, int at, List<Value> values) {
    int close = at + 1;
    while (close < line.length() && !TypedText.isDoubleQuote(line.charAt(close))) {
      close++;
    }
    if (close == line.length()) {
      throw new IllegalArgumentException("a quote is not closed: " + shorten(line.substring(at)));
    }
    values.add(new Value.Text(line.substring(at + 1, close)));
    return close + 1;
  }

  private static Value word(String word) {
    if (WHOLE.matcher(word).matches()) {
      return whole(Long.parseLong(word));
    } else if (REAL.matcher(word).matches()) {
      return new Value.Real(Double.parseDouble(word));
    }
    return switch (word) {
      case "true" -> new Value.Truth(true);
      case "false" -> new Value.Truth(false);
      case "null" -> Value.NIL;
      default -> new Value.Text(word);
    };
  }

  private static Value whole(long number) {
    if (number != (int) number) {
      throw new IllegalArgumentException(number + " has more than 32 bits");
    }
    return new Value.Whole((int) number);
  }

  /** Reads one value; returns how long it was. */
  private static int json(char[] line, int at, List<Value> values) {
    try (JsonParser parser = JSON.createParser(line, at, line.length - at)) {
      values.add(value(parser, parser.nextToken()));
      return Math.toIntExact(parser.currentLocation().getCharOffset());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "this is no JSON: " + shorten(new String(line, at, line.length - at)), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Value value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> new Value.Text(parser.getText());
      case VALUE_NUMBER_INT -> whole(parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> new Value.Real(parser.getDoubleValue());
      case VALUE_TRUE -> new Value.Truth(true);
      case VALUE_FALSE -> new Value.Truth(false);
      case VALUE_NULL -> Value.NIL;
      case START_ARRAY -> {
        List<Value> values = new ArrayList<>();
        for (JsonToken next = parser.nextToken();
            next != JsonToken.END_ARRAY;
            next = parser.nextToken()) {
          values.add(value(parser, next));
        }
        yield new Value.Row(values);
      }
      case START_OBJECT -> {
        Map<String, Value> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          members.put(name, value(parser, parser.nextToken()));
        }
        yield Value.Struct.of(members);
      }
      default -> throw new IllegalArgumentException("this is no JSON");
    };
  }

  /**
   * Writes a value.
   *
   * @param value what came
   * @return a text as it is, anything else as JSON; times and bytes as texts
   */
  static String write(Value value) {
    if (value instanceof Value.Text(String text)) {
      return text;
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(value, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(Value value, JsonGenerator json) throws IOException {
    switch (value) {
      case Value.Whole(int number) -> json.writeNumber(number);
      case Value.Truth(boolean yes) -> json.writeBoolean(yes);
      case Value.Text(String text) -> json.writeString(text);
      case Value.Real(double number) -> json.writeNumber(number);
      case Value.Time(var time) -> json.writeString(time.toString());
      case Value.Binary binary ->
          json.writeString(Base64.getEncoder().encodeToString(binary.bytes()));
      case Value.Row(List<Value> values) -> {
        json.writeStartArray();
        for (Value each : values) {
          write(each, json);
        }
        json.writeEndArray();
      }
      case Value.Struct(var members) -> {
        json.writeStartObject();
        for (Map.Entry<String, Value> member : members.entrySet()) {
          json.writeFieldName(member.getKey());
          write(member.getValue(), json);
        }
        json.writeEndObject();
      }
      case Value.Nil() -> json.writeNull();
    }
  }

  private static String shorten(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
