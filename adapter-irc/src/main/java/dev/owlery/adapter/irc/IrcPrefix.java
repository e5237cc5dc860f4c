package dev.owlery.adapter.irc;

/**
 * Where a line comes from: {@code nick!user@host}, or the name of a server in {@code nick}. For
 * showing only: a nick is whoever took it.
 *
 * @param nick the nick, or a server's name
 * @param user the user name; empty if it is not given
 * @param host the host; empty if it is not given
 */
record IrcPrefix(String nick, String user, String host) {

  /**
   * Takes a source apart.
   *
   * @param source as it stands in the line, without the colon
   * @return its parts
   */
  static IrcPrefix parse(String source) {
    int at = source.indexOf('@');
    String host = at < 0 ? "" : source.substring(at + 1);
    String before = at < 0 ? source : source.substring(0, at);
    int mark = before.indexOf('!');
    if (mark < 0) {
      return new IrcPrefix(before, "", host);
    }
    return new IrcPrefix(before.substring(0, mark), before.substring(mark + 1), host);
  }
}
