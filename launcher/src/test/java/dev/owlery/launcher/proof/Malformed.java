package dev.owlery.launcher.proof;

import java.util.List;
import java.util.Random;

/** Lines that no server should send to a client, and some that it may. */
final class Malformed {
  private static final List<String> LINES =
      List.of(
          "",
          " ",
          ":",
          ": ",
          "@",
          "@ ",
          "@;;; :",
          "@a=b",
          "@a=b :x",
          "@a=b :x ",
          "@account :x!y@z PRIVMSG #a :!echo tag without value",
          "@time=yesterday :x!y@z PRIVMSG #a :bad time",
          "@time=9999-99-99T99:99:99.999Z;msgid= :x!y@z PRIVMSG #a :worse time",
          "@msgid=;msgid=;label=xx :x!y@z PRIVMSG #a :tags twice",
          "@\\\\\\:\\s= :x!y@z PRIVMSG #a :strange tag",
          "PRIVMSG",
          ":x!y@z PRIVMSG",
          ":x!y@z PRIVMSG #a",
          ":x!y@z PRIVMSG :",
          ":x!y@z PRIVMSG  #a  :two spaces",
          ":!@ PRIVMSG #a :nobody",
          ":x PRIVMSG #a :\u0001",
          ":x!y@z PRIVMSG #a :\u0001\u0001",
          ":x!y@z PRIVMSG owl :\u0001PING",
          ":x!y@z PRIVMSG owl :\u0001VERSION \u001b[31m\u0001",
          ":x!y@z PRIVMSG owl :\u0001DCC SEND ../../etc/passwd 2130706433 9 9\u0001",
          ":x!y@z PRIVMSG owl :\u0001DCC CHAT chat 2130706433 9\u0001",
          ":x!y@z NOTICE",
          ":x!y@z JOIN",
          ":x!y@z JOIN :",
          ":x!y@z JOIN #never,#twice",
          ":x!y@z PART",
          ":x!y@z PART #never-heard-of :bye",
          ":x!y@z QUIT",
          ":x!y@z NICK",
          ":x!y@z NICK :",
          ":nobody!y@z NICK :somebody",
          ":x!y@z KICK #a",
          ":x!y@z KICK #a nobody :why",
          ":x!y@z MODE",
          ":x!y@z MODE #a",
          ":x!y@z MODE #a +",
          ":x!y@z MODE #a +oooo",
          ":x!y@z MODE #a +o owl",
          ":x!y@z MODE owl +Q",
          ":x!y@z TOPIC",
          ":x!y@z TOPIC #a",
          ":x!y@z INVITE owl",
          ":x!y@z INVITE owl :#x\u0007y",
          ":irc.localhost 001",
          ":irc.localhost 005",
          ":irc.localhost 005 owl PREFIX=( CHANMODES= CASEMAPPING NICKLEN=-1 :are",
          ":irc.localhost 005 owl CASEMAPPING=martian :are supported",
          ":irc.localhost 005 owl CASEMAPPING=ascii NICKLEN=31 PREFIX=(ov)@+ :are supported",
          ":irc.localhost 311 owl",
          ":irc.localhost 332 owl #a",
          ":irc.localhost 333 owl #a x notanumber",
          ":irc.localhost 352 owl",
          ":irc.localhost 353 owl = #a",
          ":irc.localhost 353 owl = #nowhere :@",
          ":irc.localhost 366 owl",
          ":irc.localhost 401 owl",
          ":irc.localhost 404 owl #a :cannot",
          ":irc.localhost 433",
          ":irc.localhost 324 owl #a",
          ":irc.localhost 329 owl #a soon",
          ":irc.localhost 999 owl :?",
          ":irc.localhost 00",
          ":irc.localhost CAP",
          ":irc.localhost CAP * LS",
          ":irc.localhost CAP owl NEW :",
          ":irc.localhost CAP owl NEW :x=y",
          ":irc.localhost CAP owl NAK :x",
          ":irc.localhost BATCH",
          ":irc.localhost BATCH +",
          ":irc.localhost BATCH +r1 chathistory",
          ":irc.localhost BATCH -never",
          "@batch=never :x!y@z PRIVMSG #a :in no batch",
          ":irc.localhost AUTHENTICATE",
          "AUTHENTICATE +",
          ":irc.localhost FAIL",
          ":irc.localhost PONG",
          ":irc.localhost PONG irc.localhost",
          "PING",
          "PING :",
          ":x!y@z ACCOUNT",
          ":x!y@z AWAY",
          ":x!y@z CHGHOST a",
          ":x!y@z SETNAME",
          ":x!y@z TAGMSG",
          "WALLOPS",
          "\u202e\u0007\u009b31m NONSENSE \u0000 \u2028",
          ":x!y@z PRIVMSG #a :\u0002\u0003,\u000399,99\u000f\u0016\u001d\u001f\u0011\u0004",
          ":x!y@z PRIVMSG #a :!echo \u202eevil\u0085next\u2028line\u009bcsi");

  private Malformed() {}

  /** One of them, or a long or a random one. */
  static String line(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> ":x!y@z PRIVMSG #a :" + "y".repeat(random.nextInt(20_000));
      case 1 -> "@a=" + "b".repeat(random.nextInt(9_000)) + " :x!y@z PRIVMSG #a :long tag";
      case 2 -> random(random);
      case 3 -> LINES.get(random.nextInt(LINES.size())) + random(random);
      default -> LINES.get(random.nextInt(LINES.size()));
    };
  }

  private static String random(Random random) {
    StringBuilder line = new StringBuilder();
    int length = random.nextInt(200);
    for (int i = 0; i < length; i++) {
      char next = (char) random.nextInt(256);
      line.append(next == '\n' || next == '\r' ? ' ' : next);
    }
    return line.toString();
  }
}
