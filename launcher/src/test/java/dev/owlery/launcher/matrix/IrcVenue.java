package dev.owlery.launcher.matrix;

import dev.owlery.testkit.irc.IrcWitness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server of IRC, with two plain clients. */
final class IrcVenue implements Venue {
  private static final String ROOM = "#owls";
  private static final String CLOSED = "#closed";
  private static final Pattern SAID =
      Pattern.compile("(?:@\\S+ )?:(owl[^!\\s]*)(?:!\\S+)? (?:PRIVMSG|NOTICE) (\\S+) :?(.*)");

  private final AutoCloseable server;
  private final int port;
  private final IrcWitness ann;
  private final IrcWitness bob;
  private final ServerSocket files;
  private int looked;

  IrcVenue(AutoCloseable server, int port) {
    this.server = server;
    this.port = port;
    try {
      files = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
    ann = IrcWitness.connect("127.0.0.1", port, "ann");
    bob = IrcWitness.connect("127.0.0.1", port, "bob");
    ann.join(ROOM);
    ann.join(CLOSED);
    ann.raw("MODE " + CLOSED + " +i");
    ann.settle();
  }

  @Override
  public String account() {
    return """
    net { protocol = irc, host = "127.0.0.1", port = %d, tls = off, nick = owl
          rooms = [ "%s", "%s" ], flood { burst = 4, per-second = 2 } }
    """
        .formatted(port, ROOM, CLOSED);
  }

  @Override
  public String room() {
    return ROOM;
  }

  @Override
  public String closedRoom() {
    return CLOSED;
  }

  @Override
  public String ann() {
    return "account:ann";
  }

  @Override
  public String annAlone() {
    return "ann";
  }

  @Override
  public String bob() {
    return "account:bob";
  }

  private static List<String> said(IrcWitness to, String target) {
    return to.lines().stream()
        .map(SAID::matcher)
        .filter(Matcher::matches)
        .filter(line -> line.group(2).equalsIgnoreCase(target))
        .map(line -> line.group(3))
        .toList();
  }

  @Override
  public Talk inRoom() {
    return new Talk(text -> ann.say(ROOM, text), () -> said(ann, ROOM));
  }

  @Override
  public Talk alone() {
    return new Talk(text -> ann.say(nick(), text), () -> said(ann, "ann"));
  }

  @Override
  public Talk stranger() {
    return new Talk(text -> bob.say(nick(), text), () -> said(bob, "bob"));
  }

  @Override
  public String nick() {
    return ann.lines().reversed().stream()
        .map(Pattern.compile("(?:@\\S+ )?:(owl[^!\\s]*)!\\S+ JOIN :?" + ROOM)::matcher)
        .filter(Matcher::lookingAt)
        .map(line -> line.group(1))
        .findFirst()
        .orElse(BOT);
  }

  @Override
  public boolean seesBotInRoom() {
    int joined = last(" JOIN :?" + ROOM);
    return joined >= 0
        && joined > Math.max(last(" QUIT"), last(" PART :?" + ROOM))
        && joined > lastLine("(?:@\\S+ )?:\\S+ KICK " + ROOM + " owl");
  }

  private int last(String what) {
    return lastLine("(?:@\\S+ )?:owl[^!\\s]*!\\S+" + what);
  }

  private int lastLine(String begin) {
    Pattern pattern = Pattern.compile(begin);
    List<String> lines = ann.lines();
    for (int at = lines.size() - 1; at >= 0; at--) {
      if (pattern.matcher(lines.get(at)).lookingAt()) {
        return at;
      }
    }
    return -1;
  }

  @Override
  public boolean sees(Feature feature, String text) {
    return switch (feature) {
      case RICH_TEXT -> sees("\u0002[^\u0002]*" + text);
      case SUBJECT -> sees(" TOPIC " + ROOM + " :.*" + text);
      case PRESENCE -> sees(" 301 .*" + text);
      case AUTOMATIC -> sees("\\+owlery/automatic.*" + text);
      default -> false;
    };
  }

  private boolean sees(String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    return ann.lines().stream().anyMatch(line -> wanted.matcher(line).find());
  }

  @Override
  public void looksForBot() {
    ann.raw("WHOIS " + nick());
  }

  @Override
  public Optional<String> received(String name) {
    return ann.lines().stream()
        .filter(line -> line.contains(name))
        .map(line ->
            line.contains("DCC SEND")
                ? "offered by DCC"
                : line.contains("http://") ? "as a link" : "")
        .filter(how -> !how.isEmpty())
        .findFirst();
  }

  @Override
  public void offers(String name, byte[] content) {
    Thread.ofVirtual().start(() -> serve(content));
    ann.say(
        nick(),
        "\u0001DCC SEND %s 2130706433 %d %d\u0001"
            .formatted(name, files.getLocalPort(), content.length));
  }

  private void serve(byte[] content) {
    try (Socket socket = files.accept()) {
      socket.getOutputStream().write(content);
      socket.getOutputStream().flush();
      long read = 0;
      while (read < content.length && socket.getInputStream().read() >= 0) {
        read++;
      }
    } catch (IOException nobodyCame) {
      // What was not fetched was not taken: the trial sees that.
      return;
    }
  }

  @Override
  public Optional<String> undelivered() {
    List<String> lines = ann.settle();
    Optional<String> told =
        lines.subList(Math.min(looked, lines.size()), lines.size()).stream()
            .filter(line -> line.matches(":\\S+ (40[1-4]) .*"))
            .map(line -> line.substring(line.lastIndexOf(" :") + 2))
            .findFirst();
    looked = lines.size();
    return told;
  }

  @Override
  public void kicks() {
    ann.raw("KICK " + ROOM + " " + nick() + " :out");
    ann.expect(" KICK " + ROOM + " owl");
  }

  @Override
  public void takesNick() {
    bob.raw("NICK owl");
    bob.settle();
  }

  @Override
  public void givesNickBack() {
    bob.raw("NICK bob");
  }

  @Override
  public List<String> transcript() {
    return ann.lines();
  }

  @Override
  public void close() {
    try (server;
        files;
        ann;
        bob) {
      ann.raw("QUIT");
    } catch (Exception gone) {
      throw new IllegalStateException(gone);
    }
  }
}
