package dev.owlery.adapter.xmpp.text;

import java.time.Duration;
import java.util.Optional;
import org.jivesoftware.smack.XMPPException.XMPPErrorException;
import org.jivesoftware.smack.packet.StanzaError;
import org.jspecify.annotations.Nullable;

/** Words for people: one line, without control characters, not too long. */
public final class XmppErrorText {
  private static final int LONGEST = 300;

  private XmppErrorText() {}

  /**
   * What somebody else wrote, fit for a state line or a log.
   *
   * @param foreign any text
   * @return one line of at most 300 characters
   */
  public static String line(String foreign) {
    StringBuilder clean = new StringBuilder();
    foreign
        .codePoints()
        .limit(LONGEST)
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .forEach(clean::appendCodePoint);
    return clean.toString().strip();
  }

  /**
   * What went wrong.
   *
   * @param trouble an exception
   * @return the message of what lies at its bottom, or its kind if it has none
   */
  public static String trouble(@Nullable Throwable trouble) {
    if (trouble == null) {
      return "no reason given";
    }
    Throwable deepest = trouble;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    if (deepest instanceof XMPPErrorException refused) {
      return error(refused.getStanzaError());
    }
    String message = deepest.getMessage();
    return line(message == null ? deepest.getClass().getSimpleName() : message);
  }

  /**
   * Why a server or a room refuses.
   *
   * @param error its error
   * @return the text that it gives, or the condition's name
   */
  public static String error(@Nullable StanzaError error) {
    if (error == null) {
      return "refused";
    }
    String condition = error.getCondition().toString().replace('_', '-');
    return Optional.ofNullable(error.getDescriptiveText())
        .filter(text -> !text.isBlank())
        .map(text -> condition + ": " + line(text))
        .orElse(condition);
  }

  public static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }
}
