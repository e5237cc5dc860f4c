package dev.owlery.core.permission;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import dev.owlery.api.procedure.ProcedureCall;
import dev.owlery.core.log.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes down what was refused, and what was done with more than everybody's rights: one line each,
 * to the logger {@code owlery.audit}. Text from outside is encoded and cut. May be used from any
 * thread.
 */
public final class Audit {

  /** The name of the logger. */
  public static final String LOGGER = "owlery.audit";

  /**
   * Marks what was done with more than everybody's rights. Strangers cannot cause such lines, so
   * none of them is left out, however many lines there are.
   */
  public static final Marker PRIVILEGED = MarkerFactory.getMarker("privileged");

  private static final Logger log = LoggerFactory.getLogger(LOGGER);
  private static final int FIELD = 256;

  private Audit() {}

  /**
   * Notes a refusal.
   *
   * @param who who asked
   * @param where in which conversation
   * @param permission what they would have needed
   * @param command what they asked for, as they wrote it
   * @param reason the rule that decided
   */
  public static void refused(
      Member who, Conversation where, String permission, String command, String reason) {
    write(false, who, where, permission, command, reason);
  }

  /**
   * Notes something that not everybody may do and that was permitted.
   *
   * @param who who asked
   * @param where in which conversation
   * @param permission what they needed
   * @param command what they asked for, as they wrote it
   * @param reason the rule that decided
   */
  public static void permitted(
      Member who, Conversation where, String permission, String command, String reason) {
    write(true, who, where, permission, command, reason);
  }

  /**
   * Notes a refused call of a procedure.
   *
   * @param call who called what
   * @param reason the rule that decided
   */
  public static void refused(ProcedureCall call, String reason) {
    write("refused", call, reason);
  }

  /**
   * Notes a call of a procedure that was permitted.
   *
   * @param call who called what
   * @param reason the rule that decided
   */
  public static void permitted(ProcedureCall call, String reason) {
    write("permitted", call, reason);
  }

  /**
   * Notes a refused HTTP request.
   *
   * @param route method and path of the route that refused it
   * @param remote the client's address
   * @param reason the rule that decided
   */
  public static void refused(String route, String remote, String reason) {
    log.info(
        "refused request={} from={} reason={}",
        LogText.quote(route, FIELD),
        LogText.quote(remote, FIELD),
        LogText.quote(reason, FIELD));
  }

  /**
   * Notes what somebody asks for over the control socket. What a command then does is noted
   * besides.
   *
   * @param who the user of the operating system
   * @param verb what they ask for
   * @param line with which words
   */
  public static void control(Identity who, String verb, String line) {
    log.info(
        PRIVILEGED,
        "control identity={} verb={} line={}",
        LogText.quote(who.toString(), FIELD),
        LogText.quote(verb, FIELD),
        LogText.quote(line, FIELD));
  }

  /**
   * Notes that the code of a jar runs from now on, with the bot's rights.
   *
   * @param plugin the plugin's id
   * @param file the jar
   * @param sha256 the jar's hash
   */
  public static void loaded(String plugin, String file, String sha256) {
    log.info(
        PRIVILEGED,
        "loaded plugin={} file={} sha256={}",
        LogText.quote(plugin, FIELD),
        LogText.quote(file, FIELD),
        sha256);
  }

  private static void write(String decision, ProcedureCall call, String reason) {
    log.info(
        "{} caller={} procedure={} reason={}",
        decision,
        LogText.quote(call.account() + "/" + call.caller(), FIELD),
        LogText.quote(call.method(), FIELD),
        LogText.quote(reason, FIELD));
  }

  private static void write(
      boolean isPermitted,
      Member who,
      Conversation where,
      String permission,
      String command,
      String reason) {
    LoggingEventBuilder line = isPermitted ? log.atInfo().addMarker(PRIVILEGED) : log.atInfo();
    line.log(
        "{} who={} identity={} where={} permission={} command={} reason={}",
        isPermitted ? "permitted" : "refused",
        LogText.quote(who.handle(), FIELD),
        LogText.quote(who.identity().map(Identity::toString).orElse("unverified"), FIELD),
        LogText.quote(where.toString(), FIELD),
        LogText.quote(permission, FIELD),
        LogText.quote(command, FIELD),
        LogText.quote(reason, FIELD));
  }
}
