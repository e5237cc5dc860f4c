package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppServer;
import dev.owlery.testkit.xmpp.XmppStanza;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ann and Ben, who go on talking with the bot in rooms and each alone with it, whatever becomes of
 * it. A conversation is called by the room's address, or by the name of who is alone with the bot.
 */
final class XmppPeople implements AutoCloseable {
  static final String BOT = "owl@localhost";

  private final List<String> rooms;
  private final RawXmppClient ann;
  private final RawXmppClient ben;

  /** Makes the accounts, the bot's too, and has Ann in all rooms. */
  XmppPeople(XmppServer server, List<String> rooms) {
    this.rooms = List.copyOf(rooms);
    server.register("owl", "secret");
    ann = RawXmppClient.join(server, "ann");
    ben = RawXmppClient.join(server, "ben");
    rooms.forEach(room -> ann.enter(room, "Ann"));
  }

  /** Rooms and direct chats in turn, so that half of what is said is said in rooms. */
  List<String> conversations() {
    List<String> all = new ArrayList<>();
    for (int at = 0; at < rooms.size(); at++) {
      all.add(rooms.get(at));
      all.add(at % 2 == 0 ? "ann" : "ben");
    }
    return all;
  }

  void say(String conversation, String text) {
    if (conversation.contains("@")) {
      ann.sayIn(conversation, text);
    } else {
      person(conversation).say(BOT, text);
    }
  }

  private RawXmppClient person(String name) {
    return name.equals("ben") ? ben : ann;
  }

  RawXmppClient ann() {
    return ann;
  }

  /** The verdict on what has been seen until now. */
  Verdict judge(Speaker speaker) {
    return Verdict.of(speaker, answers(speaker));
  }

  /** Waits until everything that the server has is here, then judges. */
  Verdict settle(Speaker speaker) {
    ann.settle();
    ben.settle();
    return judge(speaker);
  }

  /** Waits for the last answers; none may be lost, come twice or overtake another. */
  void assertAllAnswered(String proof, Kills kills, Speaker speaker, BotHome home) {
    Verdict verdict = Verdict.await(() -> settle(speaker));
    Form.figures(proof, kills + ", " + verdict.counts());
    if (!verdict.isClean()) {
      home.keep(proof.replace(' ', '-'));
    }
    assertThat(verdict.isClean()).as(() -> forensics(verdict, speaker)).isTrue();
  }

  private Map<String, List<Integer>> answers(Speaker speaker) {
    Map<String, List<Integer>> answers = new HashMap<>();
    Pattern answer = Pattern.compile("n-" + Pattern.quote(speaker.mark()) + "-(\\d+)");
    for (String conversation : speaker.rooms()) {
      List<Integer> numbers = new ArrayList<>();
      for (XmppStanza stanza : heard(conversation)) {
        Matcher found = answer.matcher(stanza.body());
        if (found.matches()) {
          numbers.add(Integer.parseInt(found.group(1)));
        }
      }
      answers.put(conversation, numbers);
    }
    return answers;
  }

  /** What the bot has said in a conversation. */
  private List<XmppStanza> heard(String conversation) {
    String sender = conversation.contains("@") ? conversation + "/owl" : BOT;
    return person(conversation).stanzas().stream()
        .filter(s -> s.name().equals("message") && s.from().startsWith(sender))
        .filter(s -> !s.type().equals("error"))
        .toList();
  }

  /** The counts, and for some faults what was said around them. */
  String forensics(Verdict verdict, Speaker speaker) {
    StringBuilder text = new StringBuilder(verdict.counts());
    show(text, "lost", verdict.lost(), speaker);
    show(text, "doubled", verdict.doubled(), speaker);
    show(text, "out of order", verdict.late(), speaker);
    return text.toString();
  }

  private void show(StringBuilder text, String what, List<Verdict.Fault> faults, Speaker speaker) {
    faults.stream()
        .limit(40)
        .forEach(f -> text.append("\n%s %s/%d".formatted(what, f.room(), f.number())));
    faults.stream()
        .limit(4)
        .flatMap(f ->
            person(f.room()).stanzas().stream()
                .filter(s -> s.body().endsWith(speaker.text(f.number()))))
        .forEach(s -> text.append("\n  ").append(s));
  }

  @Override
  public void close() {
    ann.close();
    ben.close();
  }
}
