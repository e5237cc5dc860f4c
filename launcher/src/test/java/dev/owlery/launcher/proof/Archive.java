package dev.owlery.launcher.proof;

import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppStanza;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a whole archive (XEP-0313), page by page. */
final class Archive {
  private static final Pattern BODY = Pattern.compile("<body>([^<]*)</body>");
  private static final Pattern LAST = Pattern.compile("<last>([^<]*)</last>");

  private Archive() {}

  /** All bodies of a room's archive, or of the reader's own, the oldest first. */
  static List<String> texts(RawXmppClient reader, String room) {
    List<String> texts = new ArrayList<>();
    String after = "";
    while (true) {
      String query = "q" + reader.nextId();
      XmppStanza end =
          reader.ask(
              room,
              "set",
              ("<query xmlns='urn:xmpp:mam:2' queryid='%s'>"
                      + "<set xmlns='http://jabber.org/protocol/rsm'><max>50</max>%s</set></query>")
                  .formatted(query, after));
      reader.stanzas().stream()
          .map(XmppStanza::raw)
          .filter(raw -> raw.contains("queryid='" + query + "'"))
          .map(BODY::matcher)
          .filter(Matcher::find)
          .forEach(found -> texts.add(found.group(1)));
      Matcher last = LAST.matcher(end.raw());
      if (end.raw().contains("complete='true'") || !last.find()) {
        return texts;
      }
      after = "<after>" + last.group(1) + "</after>";
    }
  }
}
