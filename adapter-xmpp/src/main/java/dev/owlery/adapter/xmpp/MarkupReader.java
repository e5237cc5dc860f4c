package dev.owlery.adapter.xmpp;

import dev.owlery.api.content.Text;
import java.io.IOException;
import java.util.List;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;

/**
 * Reads marked-up messages. Whatever marks a message carries, the plain form of the result is its
 * body, so that a command is what its author saw: XHTML that says something else than the body is
 * left out, and the signs of message styling remain where they were written (XEP-0393 section 3).
 */
final class MarkupReader {
  private static final int LONGEST = 20_000;
  private static final String SIGNS = "*_`";

  private MarkupReader() {}

  static Text read(String body, List<String> xhtml, boolean isLiteral) {
    if (body.length() <= LONGEST) {
      for (String each : xhtml) {
        if (each.length() <= 4 * LONGEST) {
          Text text = Text.markdown(fromXhtml(each));
          if (sameWords(text.plain(), body)) {
            return text;
          }
        }
      }
      boolean mayBeStyled = !isLiteral && body.chars().anyMatch(c -> SIGNS.indexOf(c) >= 0);
      if (mayBeStyled) {
        Text text = Text.markdown(fromStyling(body));
        if (text.plain().equals(body)) {
          return text;
        }
      }
    }
    return Text.plain(body);
  }

  private static boolean sameWords(String one, String other) {
    return one.replaceAll("\\s+", "").equals(other.replaceAll("\\s+", "")) && !other.isBlank();
  }

  private static String fromXhtml(String xhtml) {
    StringBuilder markdown = new StringBuilder();
    try {
      XmlPullParser parser = PacketParserUtils.getParserFor(xhtml);
      XmlPullParser.Event event = parser.getEventType();
      while (event != XmlPullParser.Event.END_DOCUMENT) {
        switch (event) {
          case START_ELEMENT -> start(parser, markdown);
          case END_ELEMENT -> end(parser, markdown);
          case TEXT_CHARACTERS -> markdown.append(Text.escape(Markup.clean(parser.getText())));
          default -> {}
        }
        event = parser.next();
      }
    } catch (XmlPullParserException | IOException broken) {
      return "";
    }
    return markdown.toString().strip();
  }

  private static void start(XmlPullParser parser, StringBuilder out) {
    switch (parser.getName()) {
      case "strong", "b" -> out.append("**");
      case "em", "i" -> out.append('*');
      case "br" -> out.append("\\\n");
      case "li" -> out.append("\n- ");
      default -> {}
    }
  }

  private static void end(XmlPullParser parser, StringBuilder out) {
    switch (parser.getName()) {
      case "strong", "b" -> out.append("**");
      case "em", "i" -> out.append('*');
      case "p", "div", "blockquote", "pre" -> out.append("\n\n");
      default -> {}
    }
  }

  private static String fromStyling(String body) {
    StringBuilder markdown = new StringBuilder();
    String[] lines = body.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      markdown.append(i == 0 ? "" : "\\\n");
      line(lines[i], markdown);
    }
    return markdown.toString();
  }

  private static void line(String line, StringBuilder out) {
    int at = 0;
    while (at < line.length()) {
      char sign = line.charAt(at);
      int end = opens(line, at) ? closing(line, at, sign) : -1;
      if (end < 0) {
        out.append(Text.escape(String.valueOf(sign)));
        at++;
      } else {
        String inner = line.substring(at, end + 1);
        String mark = sign == '*' ? "**" : "*";
        out.append(sign == '`' ? Text.escape(inner) : mark + Text.escape(inner) + mark);
        at = end + 1;
      }
    }
  }

  private static boolean opens(String line, int at) {
    boolean isSign = SIGNS.indexOf(line.charAt(at)) >= 0;
    boolean afterBlank = at == 0 || Character.isWhitespace(line.charAt(at - 1));
    boolean beforeWord = at + 1 < line.length() && !Character.isWhitespace(line.charAt(at + 1));
    return isSign && afterBlank && beforeWord;
  }

  private static int closing(String line, int from, char sign) {
    int end = line.indexOf(sign, from + 1);
    boolean fits = end > from + 1 && !Character.isWhitespace(line.charAt(end - 1));
    return fits ? end : -1;
  }
}
