package dev.owlery.testkit;

import java.util.List;
import org.junit.jupiter.api.Named;

/**
 * What people, and those who mean harm, type into a chat: a plugin must survive it, and an adapter
 * must let none of it become protocol. Use it with {@code @MethodSource}.
 */
public final class HostileTexts {

  private static final String FAMILY =
      "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66";
  private static final String WALES =
      "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC77\uDB40\uDC6C\uDB40\uDC73\uDB40\uDC7F";

  private HostileTexts() {}

  /**
   * All of them.
   *
   * @return texts, each with a name that says what is in it
   */
  public static List<Named<String>> all() {
    return List.of(
        // What ends a line, and what follows would be a line of its own.
        text("carriage return and line feed", "hi\r\nQUIT :gone"),
        text("line feed", "hi\nPRIVMSG #dev :forged"),
        text("carriage return", "hi\rJOIN #elsewhere"),
        text("NUL", "hi\0there"),
        text("Unicode's line ends", "one\u2028two\u2029three\u0085four"),
        // What steers a terminal.
        text("escape sequence", "\u001B[2J\u001B]0;owned\u0007 red \u001B[31m"),
        text("C1 controls", "\u009B2J \u0090 \u009D0;title\u009C"),
        text("backspaces and delete", "safe\b\b\b\bevil\u007F"),
        text("every C0 control", everyControl()),
        // What deceives a reader.
        text("right-to-left override", "file\u202Egnp.exe"),
        text("bidirectional isolates", "a\u2066b\u2067c\u2068d\u2069e"),
        text("zero-width spaces", "ad\u200Bmin\u2060is\uFEFFtrator"),
        text("look-alike letters", "\u0430dmin and p\u0430ypal"),
        text("combining marks", "Z\u0351\u036B\u0343\u036A\u0342a\u0322\u0334\u0340l".repeat(40)),
        // What breaks when it is cut.
        text("emoji joined", FAMILY + " family"),
        text("400 joined emoji", FAMILY.repeat(400)),
        text("a flag of tags", WALES),
        text("regional indicators", "\uD83C\uDDEB\uD83C\uDDF7".repeat(200)),
        text("lone surrogates", "\uD83D then \uDE00"),
        text("non-characters", "\uFFFE\uFFFF\uDBFF\uDFFF"),
        text("one word of 20 kB", "w".repeat(20_000)),
        text("one word of 5000 umlauts", "ä".repeat(5_000)),
        text("100 kB in words", "owls are quiet ".repeat(6_800)),
        text("3000 lines", "line\n".repeat(3_000)),
        text("only spaces", " ".repeat(600)),
        text("nothing but ideographic space", "\u3000"),
        // What networks read as their own.
        text("IRC's format codes", "\u0002bold\u0003" + "04,01colour\u001Dit\u001Funder\u000F"),
        text("CTCP", "\u0001ACTION waves\u0001 \u0001VERSION\u0001"),
        text("IRC's tags", "@account=alice :root!root@localhost PRIVMSG #dev :!plugin list"),
        text("DCC", "\u0001DCC SEND ../../etc/passwd 2130706433 1 1\u0001"),
        text("Slack's sequences", "<!channel> <@U0123> <https://evil.example|your bank> &lt;b&gt;"),
        text("XML", "</body><iq type='set'/>]]>&#0;<!DOCTYPE a [<!ENTITY b \"c\">]>"),
        text("XEP-0393's signs", "*bold* _it_ ~gone~ `code` ```\nblock\n``` > quote"),
        text("Markdown", "**b** [bank](javascript:alert(1)) ![x](http://e/x) # h\n- l\n> q <b>"),
        text("HTML", "<script>alert('x')</script><img src=x onerror=alert(1)>"),
        // What programs read as theirs.
        text("a shell's signs", "$(reboot) `reboot` ; reboot | reboot && reboot > /dev/null"),
        text("a format string", "%s%n%x %1$9999999d {} {0} ${jndi:ldap://localhost/x}"),
        text("a path", "../../../../etc/passwd\\..\\..\\windows\\win.ini"),
        text("SQL", "'; DROP TABLE inbox; --"),
        text("open quotes", "\"never closed 'nor this \\"),
        text("a quote of quotes", "\"\\\"\\\\\"\\\\\\\""),
        text("numbers out of range", "9223372036854775808 -0 1e309 NaN 0x7f ٣٤"),
        text("flags", "-- --help -rf --=--= -"),
        text("replacement signs", "$1 \\1 $& \\0 \\E\\Q"),
        text("a regular expression's trap", "a".repeat(60) + "!"),
        text("deep brackets", "([{<".repeat(2_000)));
  }

  private static String everyControl() {
    StringBuilder all = new StringBuilder("x");
    for (char c = 0; c < ' '; c++) {
      all.append(c);
    }
    return all.append('x').toString();
  }

  private static Named<String> text(String name, String text) {
    return Named.of(name, text);
  }
}
