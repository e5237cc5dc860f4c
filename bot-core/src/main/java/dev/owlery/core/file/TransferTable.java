package dev.owlery.core.file;

import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.JournalCodec;
import dev.owlery.core.work.Committer;
import dev.owlery.core.work.UnitOfWork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of transfers: rows in the journal, so that they change in one transaction with what a
 * handler says, and the same in memory. Every method may be called from any thread.
 */
final class TransferTable {

  private static final Logger log = LoggerFactory.getLogger(TransferTable.class);
  private static final String SPACE = "core.files";
  private static final int KEPT = 100;

  private final Journal journal;
  private final Committer committer;
  private final JournalCodec codec = new JournalCodec();
  private final Map<String, TransferRow> rows = new ConcurrentHashMap<>();

  TransferTable(Journal journal, Committer committer) {
    this.journal = journal;
    this.committer = committer;
  }

  /** Reads what is written down. Called once, before anything else. */
  List<TransferRow> restore() {
    List<TransferRow> found = new ArrayList<>();
    journal
        .values(SPACE, "")
        .forEach((id, text) -> {
          try {
            TransferRow row = codec.readRecord(TransferRow.class, text);
            rows.put(id, row);
            found.add(row);
          } catch (IOException e) {
            log.warn("a transfer cannot be read and is left out: {}", e.toString());
          }
        });
    found.sort(Comparator.comparingLong(TransferRow::number));
    return found;
  }

  Optional<TransferRow> find(String id) {
    return Optional.ofNullable(rows.get(id));
  }

  /** All rows, the oldest first. */
  List<TransferRow> all() {
    return rows.values().stream().sorted(Comparator.comparingLong(TransferRow::number)).toList();
  }

  /**
   * Adds a row, in the handler's unit if the calling thread runs one.
   *
   * @param written run when it is durable, on any thread; must be quick
   * @param dropped run if the unit failed
   */
  void add(TransferRow row, Runnable written, Runnable dropped) {
    if (!UnitOfWork.CURRENT.isBound()) {
      put(row, written);
      return;
    }
    UnitOfWork unit = UnitOfWork.CURRENT.get();
    unit.write(SPACE, row.id(), Optional.of(codec.writeRecord(row)));
    unit.then(
        () -> {
          rows.put(row.id(), row);
          written.run();
        },
        dropped);
  }

  /** Writes a row, outside of any unit. */
  void put(TransferRow row, Runnable written) {
    rows.put(row.id(), row);
    UnitOfWork alone = new UnitOfWork();
    alone.write(SPACE, row.id(), Optional.of(codec.writeRecord(row)));
    if (row.transfer().state().isOver() && row.told()) {
      forgetOldest(alone);
    }
    committer.commit(Optional.empty(), List.of(alone), written);
  }

  private void forgetOldest(UnitOfWork unit) {
    if (rows.size() <= KEPT) {
      return;
    }
    List<TransferRow> over =
        rows.values().stream()
            .filter(row -> row.transfer().state().isOver() && row.told())
            .sorted(Comparator.comparingLong(TransferRow::number))
            .toList();
    for (TransferRow old : over.subList(0, Math.max(0, over.size() - KEPT))) {
      rows.remove(old.id());
      unit.write(SPACE, old.id(), Optional.empty());
    }
  }
}
