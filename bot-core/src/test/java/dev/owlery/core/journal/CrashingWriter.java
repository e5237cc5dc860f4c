package dev.owlery.core.journal;

import dev.owlery.core.journal.Journal.InboxEntry;
import dev.owlery.core.journal.Journal.JournalWork;
import dev.owlery.core.journal.Journal.NewAction;
import dev.owlery.core.journal.Journal.OutboxEntry;
import dev.owlery.core.journal.Journal.StoreWrite;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A process that writes a journal until it is killed, and says what was acknowledged: {@code r 17}
 * for a recorded event, {@code c 17} for a committed unit, {@code s 17} for a unit whose actions
 * are about to be settled.
 */
final class CrashingWriter {

  private final Journal journal;
  private final PrintStream out;

  private CrashingWriter(Journal journal, PrintStream out) {
    this.journal = journal;
    this.out = out;
  }

  public static void main(String[] arguments) {
    Path directory = Path.of(arguments[0]);
    Durability durability = Durability.valueOf(arguments[1]);
    int from = Integer.parseInt(arguments[2]);
    Journal journal = SqliteJournal.open(directory, durability, Clock.systemUTC());
    journal.recover();
    CrashingWriter writer = new CrashingWriter(journal, System.out);
    writer.say("ready");
    for (int i = from; i < 10_000_000; i++) {
      writer.write(i);
    }
  }

  private void write(int i) {
    journal
        .record(JournalContract.said(JournalContract.OWLS, "k" + i, "" + i), e -> commit(i, e))
        .whenComplete((isNew, failure) -> say("r " + i));
  }

  private void commit(int i, InboxEntry entry) {
    if (i % 10 == 9) {
      return; // a handler that never ends
    }
    List<NewAction> actions =
        List.of(
            new NewAction(JournalContract.say(JournalContract.OWLS, i + "/a"), true),
            new NewAction(JournalContract.say(JournalContract.OWLS, i + "/b"), true));
    List<StoreWrite> writes = List.of(new StoreWrite("units", "u" + i, Optional.of("1")));
    journal
        .commit(
            new JournalWork(Optional.of(entry.number()), writes, actions),
            entries -> depart(i, entries))
        .whenComplete((done, failure) -> say("c " + i));
  }

  private void depart(int i, List<OutboxEntry> entries) {
    if (i % 3 == 0) {
      say("s " + i);
      entries.forEach(entry -> journal.settle(entry.number()));
    }
  }

  private void say(String line) {
    byte[] bytes =
        (line + "\n").getBytes(StandardCharsets.US_ASCII); // one write, so that no line is torn
    out.write(bytes, 0, bytes.length);
    out.flush();
  }
}
