package dev.owlery.core.journal;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends JournalContract {

  @TempDir private Path directory;

  @Override
  Journal open() {
    return SqliteJournal.open(directory, Durability.CRASH, CLOCK);
  }
}
