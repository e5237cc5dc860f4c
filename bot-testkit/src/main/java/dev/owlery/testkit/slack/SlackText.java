package dev.owlery.testkit.slack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Slack's client and server do to text. */
final class SlackText {
  private static final Pattern LONE_AMPERSAND = Pattern.compile("&(?!(?:amp|lt|gt);)");
  private static final Pattern MENTION = Pattern.compile("(?<![\\w&])@([a-z0-9._-]+)");
  private static final Pattern CHANNEL = Pattern.compile("(?<![\\w&])#([a-z0-9_-]+)");
  private static final Pattern LINK = Pattern.compile("https?://[^\\s<>]+");

  private SlackText() {}

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  static String unescape(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  /** What the server stores of what an app has posted: half-hearted escapes are completed. */
  static String posted(String text) {
    return LONE_AMPERSAND.matcher(text).replaceAll("&amp;");
  }

  /** What the client makes of what a person has typed. */
  static String typed(String text, Workspace workspace) {
    String escaped = LINK.matcher(escape(text)).replaceAll("<$0>");
    String mentioned =
        MENTION
            .matcher(escaped)
            .replaceAll(found ->
                Matcher.quoteReplacement(mention(found.group(), found.group(1), workspace)));
    return CHANNEL
        .matcher(mentioned)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                workspace
                    .channelNamed(found.group(1))
                    .map(channel -> "<#" + channel.id + "|" + channel.name + ">")
                    .orElse(found.group())));
  }

  private static String mention(String whole, String name, Workspace workspace) {
    return switch (name) {
      case "here", "channel", "everyone" -> "<!" + name + ">";
      default -> workspace.personNamed(name).map(p -> "<@" + p.id() + ">").orElse(whole);
    };
  }
}
