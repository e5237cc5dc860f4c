package dev.owlery.core.journal;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * A journal in a SQLite database, {@code owlery.db} in the data directory, with a write-ahead log.
 * One thread writes it and groups what waits into transactions; see {@link Durability} for what
 * they survive. One process at a time can use a directory.
 *
 * <p>The newest half a million event keys at least, a million at most, are known again, whatever
 * their age. The newest events of 10,000 rooms, 10,000 dead letters and 10,000 dead events are
 * kept. At most 4,096 changes wait; then their askers do.
 *
 * <p>If the disk is full or broken, stages complete exceptionally with a {@link JournalException},
 * until it works again.
 */
public final class SqliteJournal implements Journal {

  private static final Logger log = LoggerFactory.getLogger(SqliteJournal.class);
  private static final long PATIENCE_SECONDS = 30;
  private static final int BUSY_MILLIS = 5_000;
  private static final int CACHE_KIB = 4_096;

  /** The write-ahead log is moved into the database at about 8 MiB. */
  private static final int CHECKPOINT_PAGES = 2_000;

  private static final int LOG_BYTES = 16 << 20;

  private final DataDirectory directory;
  private final Connection connection;
  private final Clock clock;
  private final JournalCodec codec;
  private final RoomCursors rooms;
  private final WriterState book;
  private final JournalWriter writer;
  private final EventAttempts attempts;
  private final PendingValues pending = new PendingValues();
  private final StoredValues reader;
  private boolean closed;

  private SqliteJournal(DataDirectory directory, Connection connection, Clock clock)
      throws SQLException {
    this.directory = directory;
    this.connection = connection;
    this.clock = clock;
    this.codec = new JournalCodec();
    this.rooms = new RoomCursors(clock);
    this.book = new WriterState(new Tables(connection), rooms, codec, clock);
    this.writer = new JournalWriter(book);
    this.attempts = new AttemptChanges(writer);
    this.reader = new StoredValues(() -> connect(directory.database(), Durability.CRASH));
  }

  /**
   * Opens the store in a directory, or makes a new one.
   *
   * @param directory the data directory; made if it is not there, readable by its owner only
   * @param durability what a change is to survive
   * @param clock tells when actions were made and events put aside, and what of a network's time to
   *     believe
   * @return the journal; {@link #recover} comes next
   * @throws JournalException if the directory is in use or cannot be used, or if the database is
   *     damaged, foreign, or of a later version
   * @throws IllegalArgumentException if the durability is {@link Durability#OFF}
   */
  public static SqliteJournal open(Path directory, Durability durability, Clock clock) {
    return open(directory, durability, clock, connection -> connection);
  }

  /** Opens the store with a connection that a test may have tampered with. */
  static SqliteJournal open(
      Path directory, Durability durability, Clock clock, UnaryOperator<Connection> tampering) {
    if (durability == Durability.OFF) {
      throw new IllegalArgumentException("a journal in a file is durable");
    }
    DataDirectory data = DataDirectory.lock(directory);
    try {
      SqliteLibrary.prepare(directory);
      Connection connection = connect(data.database(), durability);
      Schema.update(connection, data.database());
      return new SqliteJournal(data, tampering.apply(connection), clock);
    } catch (SQLException e) {
      release(data);
      throw new JournalException(
          data.database()
              + " cannot be opened; if it is damaged, move it away to begin anew: "
              + e.getMessage(),
          e);
    } catch (JournalException e) {
      release(data);
      throw e;
    }
  }

  private static Connection connect(Path file, Durability durability) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(
        durability == Durability.POWER
            ? SQLiteConfig.SynchronousMode.FULL
            : SQLiteConfig.SynchronousMode.NORMAL);
    config.setJournalSizeLimit(LOG_BYTES);
    config.setGetGeneratedKeys(false); // else each insert is followed by a query
    config.setCacheSize(-CACHE_KIB);
    config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
    return config.createConnection("jdbc:sqlite:" + file);
  }

  private static void release(DataDirectory directory) {
    try {
      directory.close();
    } catch (IOException e) {
      log.warn("the lock of the data directory was not released", e);
    }
  }

  @Override
  public Recovery recover() {
    try {
      Recovery recovery = book.recover();
      writer.start();
      return recovery;
    } catch (SQLException e) {
      throw new JournalException("the journal cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public CompletionStage<Boolean> record(ChatEvent event, Consumer<InboxEntry> fresh) {
    RecordEvent change = new RecordEvent(event, codec.write(event), fresh);
    writer.submit(change);
    return change.recorded;
  }

  @Override
  public CompletionStage<Void> commit(JournalWork work, Consumer<List<OutboxEntry>> departed) {
    List<String> payloads =
        work.actions().stream().map(each -> codec.write(each.action())).toList();
    CommitWork change = new CommitWork(work, payloads, clock.instant(), pending, departed);
    writer.submit(change);
    return change.committed;
  }

  @Override
  public CompletionStage<Void> markInFlight(List<Long> numbers) {
    ActionChanges.MarkInFlight change =
        new ActionChanges.MarkInFlight(
            List.copyOf(numbers), clock.millis(), new CompletableFuture<>());
    writer.submit(change);
    return change.noted();
  }

  @Override
  public void requeue(List<Long> numbers) {
    writer.submit(new ActionChanges.Requeue(List.copyOf(numbers)));
  }

  @Override
  public void settle(long number) {
    writer.submit(new ActionChanges.Settle(number));
  }

  @Override
  public void deadLetter(long number, String reason) {
    writer.submit(new ActionChanges.MarkDead(number, reason));
  }

  @Override
  public List<DeadEntry> dead(int limit) {
    ActionChanges.ListDead change = new ActionChanges.ListDead(limit);
    writer.submit(change);
    try {
      return change.found.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new JournalException("the dead letters cannot be read: " + e.getCause(), e);
    }
  }

  @Override
  public CompletionStage<Optional<OutboxEntry>> retry(long number) {
    ActionChanges.RetryDead change = new ActionChanges.RetryDead(number, clock.millis());
    writer.submit(change);
    return change.revived;
  }

  @Override
  public CompletionStage<Boolean> forget(long number) {
    ActionChanges.Forget change = new ActionChanges.Forget(number);
    writer.submit(change);
    return change.forgotten;
  }

  @Override
  public EventAttempts attempts() {
    return attempts;
  }

  @Override
  public Optional<Origin> lastSeen(Conversation where) {
    return rooms.newest(where);
  }

  @Override
  public Optional<String> value(String space, String key) {
    return pending.find(space, key, () -> reader.value(space, key));
  }

  @Override
  public Map<String, String> values(String space, String prefix) {
    // Pending ones first: what leaves them meanwhile is in the database by the time it is read.
    Map<String, Optional<String>> writes = pending.findAll(space, prefix);
    NavigableMap<String, String> found = reader.values(space, prefix);
    writes.forEach((key, last) ->
        last.ifPresentOrElse(value -> found.put(key, value), () -> found.remove(key)));
    return found;
  }

  @Override
  public boolean isFailing() {
    return writer.isFailing();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      writer.close();
      reader.close();
      connection.close();
    } catch (SQLException e) {
      log.warn("the journal did not close well; nothing is lost", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.warn("closing the journal was interrupted; nothing recorded is lost");
    } finally {
      release(directory);
    }
  }
}
