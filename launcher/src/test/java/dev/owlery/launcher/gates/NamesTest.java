package dev.owlery.launcher.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Types have the names that the field uses (docs/glossary.md), and one name means one thing. */
final class NamesTest {

  /** Metaphors of ours for what has a name already. */
  private static final Set<String> RETIRED =
      Set.of(
          "Desk",
          "Letter",
          "Courier",
          "Returns",
          "Ledger",
          "Crowd",
          "Standing",
          "Turn",
          "Run",
          "Gate",
          "Steps",
          "Unit",
          "Deed",
          "Consequence",
          "Calling",
          "CallHost",
          "MethodCall",
          "Invocation",
          "Execution",
          "Complaint",
          "Leftovers",
          "More",
          "Addressed",
          "Asking",
          "Spelling",
          "FormOfCommand",
          "Porters",
          "TransferDesk",
          "Carriers",
          "News",
          "SideSteps",
          "Ending",
          "TransferBook",
          "Telling",
          "Untold",
          "Manner",
          "Book",
          "Numbers",
          "Runs",
          "Turns",
          "Shape",
          "Prepared",
          "EngineRing",
          "Notices",
          "RoomDoor",
          "RoomTalk",
          "RoomLobby",
          "XmppInbound",
          "Takers",
          "FileTalk",
          "NamesToCome",
          "Intake",
          "Shown",
          "Heard",
          "Lines",
          "Strangers",
          "Complaints",
          "Answer",
          "HttpDoor",
          "Carrier",
          "Stay",
          "Visit",
          "Ear",
          "Interview",
          "Rehearsal",
          "FileStation",
          "SecondLogin",
          "QuickRun",
          "Endings",
          "Moving",
          "Figures",
          "Job",
          "Reception",
          "Stretch",
          "Wish",
          "Gatekeeper",
          "Place",
          "Memory",
          "Follower",
          "CommandTurn",
          "RunningCall",
          "Line",
          "Patience");

  /** The same thing of several networks, or parts that every such block or record has. */
  private static final Set<String> SHARED =
      Set.of(
          "CatchUp",
          "Confirmations",
          "ConnectionLoop",
          "LoginRefusedException",
          "MessageReader",
          "OwnHistory",
          "ServerFeatures",
          "TextSplitter",
          "Watchdog",
          "Server",
          "Room",
          "Wanted",
          "Flood",
          "Ping",
          "Retry",
          "Tls",
          "Mode",
          "Kind",
          "Reason",
          // What a fake network does wrong is called after what comes of it.
          "NotSent",
          "Refused",
          "Unconfirmed",
          // A value of a procedure is stored under this name.
          "Text");

  private static final Pattern TYPE =
      Pattern.compile(
          "^\\s*(?:[\\w@()\"-]+ )*(?:class|record|interface|enum|@interface) ([A-Z]\\w*)");

  private static Map<String, Set<String>> types() {
    Map<String, Set<String>> types = new TreeMap<>();
    Sources.below("src/main/java")
        .forEach(file ->
            Sources.read(file)
                .lines()
                .filter(line -> !line.strip().startsWith("*"))
                .forEach(line -> {
                  Matcher type = TYPE.matcher(line);
                  if (type.find()) {
                    types
                        .computeIfAbsent(type.group(1), _ -> new TreeSet<>())
                        .add(Sources.className(file));
                  }
                }));
    assertThat(types).hasSizeGreaterThan(1_000).containsKeys("AccountQueue", "BotScenario");
    return types;
  }

  @Test
  void noTypeHasARetiredName() {
    assertThat(types().keySet()).doesNotContainAnyElementsOf(RETIRED);
  }

  @Test
  void oneNameMeansOneThing() {
    Map<String, Set<String>> twice = types();
    twice.values().removeIf(places -> places.size() == 1);
    twice.keySet().removeAll(SHARED);
    assertThat(twice).isEmpty();
  }
}
