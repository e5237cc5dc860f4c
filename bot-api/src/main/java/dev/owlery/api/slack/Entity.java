package dev.owlery.api.slack;

import dev.owlery.api.content.Span;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Slack's control sequences in angle brackets, read: mentions become words, links become links. */
final class Entity {

  private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "xmpp");

  private Entity() {}

  /**
   * Reads one.
   *
   * @param inside what stands between the brackets
   * @param names what ids are called
   * @return what a person sees
   */
  static Span read(String inside, SlackNotation.Names names) {
    int bar = inside.indexOf('|');
    String target = bar < 0 ? inside : inside.substring(0, bar);
    String label = bar < 0 ? "" : words(inside.substring(bar + 1));
    if (target.isEmpty()) {
      return new Span.Words("<" + words(inside) + ">");
    }
    return switch (target.charAt(0)) {
      case '@' -> new Span.Words("@" + names.user(id(target)));
      case '#' -> new Span.Words("#" + (label.isEmpty() ? names.room(id(target)) : label));
      case '!' -> new Span.Words(special(target.substring(1), label));
      default -> link(words(target), label);
    };
  }

  private static String id(String target) {
    return target.substring(1);
  }

  private static String special(String command, String label) {
    if (command.startsWith("date^") || command.startsWith("subteam^")) {
      String name = command.startsWith("date^") ? command : command.substring("subteam^".length());
      String shown = label.isEmpty() ? name : label;
      return command.startsWith("date^") || shown.startsWith("@") ? shown : "@" + shown;
    }
    String name = label.isEmpty() ? command : label;
    return name.startsWith("@") ? name : "@" + name;
  }

  static Span link(String target, String label) {
    int colon = target.indexOf(':');
    String scheme = colon < 0 ? "" : target.substring(0, colon).toLowerCase(Locale.ROOT);
    String shown = label.isEmpty() ? target : label;
    if (colon < 0) {
      return new Span.Words("<" + target + (label.isEmpty() ? ">" : "|" + label + ">"));
    }
    boolean says = shown.equals(target) || target.equals("mailto:" + shown);
    if (says || target.equals("http://" + shown) || target.equals("https://" + shown)) {
      return new Span.Words(shown);
    }
    if (!SCHEMES.contains(scheme)) {
      return new Span.Words(shown + " <" + target + ">");
    }
    return new Span.Link(target, List.of(new Span.Words(shown)));
  }

  /** Characters as they are meant, without control characters. */
  static String words(String raw) {
    String text =
        raw.indexOf('&') < 0
            ? raw
            : raw.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    return clean(text);
  }

  /** Drops control characters apart from line ends; a tab becomes a space. */
  static String clean(String text) {
    if (text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    StringBuilder kept = new StringBuilder(text.length());
    for (char c : text.replace("\r\n", "\n").toCharArray()) {
      if (c == '\t') {
        kept.append(' ');
      } else if (c == '\r' || c == '\n') {
        kept.append('\n');
      } else if (!Character.isISOControl(c)) {
        kept.append(c);
      }
    }
    return kept.toString();
  }
}
