package dev.owlery.plugins.feeds;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the declaration of a document's type away. Of the entities that it declares only short
 * plain texts are read, so that nothing expands to more than it says and nothing outside is loaded.
 * Pure; any thread.
 */
final class Doctype {
  private static final int PROLOG = 4_096;
  private static final int MOST_ENTITIES = 500;
  private static final Pattern BARE = Pattern.compile("<!DOCTYPE\\s[^<>\\[]*>");
  private static final Pattern ENTITY =
      Pattern.compile(
          "<!ENTITY\\s{1,20}(\\w{1,40})\\s{1,20}(?:\"([^&\"<]{0,64})\"|'([^&'<]{0,64})')");
  private static final Pattern REFERENCE = Pattern.compile("&(\\w{1,40});");

  private Doctype() {}

  /** A document without a declaration that declares nothing but its type's name. */
  static String withoutBare(String xml) {
    int end = Math.min(xml.length(), PROLOG);
    String prolog = BARE.matcher(xml.substring(0, end)).replaceFirst("");
    return prolog.length() == end ? xml : prolog + xml.substring(end);
  }

  /** A document without any declaration, with the short texts that it has declared in place. */
  static String without(String xml) {
    int begin =
        xml.substring(0, Math.min(xml.length(), PROLOG))
            .toUpperCase(Locale.ROOT)
            .indexOf("<!DOCTYPE");
    if (begin < 0) {
      return xml;
    }
    int subset = xml.indexOf('[', begin);
    int end = xml.indexOf('>', begin);
    if (subset < 0 || subset > end) {
      return end < 0 ? xml : xml.substring(0, begin) + xml.substring(end + 1);
    }
    int close = xml.indexOf(']', subset);
    int last = close < 0 ? -1 : xml.indexOf('>', close);
    if (last < 0) {
      return xml.substring(0, begin);
    }
    Map<String, String> entities = new HashMap<>();
    Matcher declared = ENTITY.matcher(xml).region(subset, close);
    while (declared.find() && entities.size() < MOST_ENTITIES) {
      String value = declared.group(2) == null ? declared.group(3) : declared.group(2);
      entities.putIfAbsent(declared.group(1), value);
    }
    return xml.substring(0, begin) + resolved(xml.substring(last + 1), entities);
  }

  private static String resolved(String text, Map<String, String> entities) {
    return entities.isEmpty()
        ? text
        : REFERENCE
            .matcher(text)
            .replaceAll(each ->
                Matcher.quoteReplacement(entities.getOrDefault(each.group(1), each.group())));
  }
}
