package dev.owlery.core.procedure;

import com.google.re2j.Pattern;
import dev.owlery.api.chat.AccountId;
import java.time.Duration;
import java.util.List;

/**
 * Who may call which procedures, and how many calls there may be.
 *
 * @param allow the access list; nobody else may call anything
 * @param patience how long a call may take, one of ours or one of others
 * @param parallel so many calls are served at a time
 * @param perCaller so many of one caller
 */
public record ProcedureSettings(List<Rule> allow, Duration patience, int parallel, int perCaller) {

  /** Copies the list. */
  public ProcedureSettings {
    allow = List.copyOf(allow);
  }

  /**
   * Where the configuration says nothing: nobody may call.
   *
   * @return the settings
   */
  public static ProcedureSettings standard() {
    return new ProcedureSettings(List.of(), Duration.ofSeconds(10), 32, 8);
  }

  /**
   * An entry of the access list. Its patterns are those of RE2, and must match the whole of what
   * they are for.
   *
   * @param account the account that the calls come by
   * @param from for the addresses of the callers: {@code ADDRESS}, {@code ADDRESS/RESOURCE} or
   *     {@code ADDRESS(/RESOURCE)?}, whose parts are patterns without {@code /}
   * @param methods for the names of the procedures
   */
  public record Rule(AccountId account, String from, String methods) {

    /**
     * Checks the patterns.
     *
     * @throws IllegalArgumentException if one is none; the text is fit for a user
     */
    public Rule {
      checkFrom(from);
      checkMethods(methods);
    }

    /**
     * Checks a pattern for addresses.
     *
     * @param text the pattern
     * @throws IllegalArgumentException if it is none; the text is fit for a user
     */
    public static void checkFrom(String text) {
      AddressPattern _ = AddressPattern.parse(text);
    }

    /**
     * Checks a pattern for procedures' names.
     *
     * @param text the pattern
     * @throws IllegalArgumentException if it is none; the text is fit for a user
     */
    public static void checkMethods(String text) {
      Pattern _ = AddressPattern.compile(text);
    }
  }
}
