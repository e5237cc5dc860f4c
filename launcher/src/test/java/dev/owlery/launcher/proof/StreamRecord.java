package dev.owlery.launcher.proof;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What has passed on one connection of a bot with an XMPP server, without TLS. What is noted from
 * the server was read from it, whether it reached the bot or not. Safe for use by several threads.
 */
final class StreamRecord {
  private static final Pattern STANZA = Pattern.compile("<(?:message|presence|iq)[ >/]");
  private static final Pattern ENABLED = Pattern.compile("<enable[ >/]");
  private static final Pattern ACKNOWLEDGED = Pattern.compile("<a [^>]*\\bh=['\"](\\d+)['\"]");

  private final ByteArrayOutputStream fromBot = new ByteArrayOutputStream();
  private final ByteArrayOutputStream fromServer = new ByteArrayOutputStream();

  void noteFromBot(byte[] bytes) {
    fromBot.writeBytes(bytes);
  }

  void noteFromServer(byte[] bytes) {
    fromServer.writeBytes(bytes);
  }

  /**
   * Whether the server has acknowledged a stanza of the bot (XEP-0198 section 4): by the number of
   * those that it has handled since stream management was enabled.
   *
   * @param stanza what is found in no other stanza
   */
  boolean isAcknowledged(Pattern stanza) {
    String sent = fromBot.toString(StandardCharsets.ISO_8859_1);
    Matcher enabled = ENABLED.matcher(sent);
    Matcher found = stanza.matcher(sent);
    if (!enabled.find() || !found.find(enabled.end())) {
      return false;
    }
    Matcher begins = STANZA.matcher(sent).region(enabled.end(), found.end());
    int number = 0;
    while (begins.find()) {
      number++;
    }
    Matcher acknowledged = ACKNOWLEDGED.matcher(fromServer.toString(StandardCharsets.ISO_8859_1));
    int most = 0;
    while (acknowledged.find()) {
      most = Math.max(most, Integer.parseInt(acknowledged.group(1)));
    }
    return number <= most;
  }
}
