package dev.owlery.core.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads stored values on a connection of its own, beside the writer. Opened when it is first
 * needed. For any thread, one at a time.
 */
final class StoredValues implements AutoCloseable {

  /** Opens a connection for reading. */
  @FunctionalInterface
  interface ConnectionOpener {
    Connection open() throws SQLException;
  }

  private static final Logger log = LoggerFactory.getLogger(SqliteJournal.class);

  private final ConnectionOpener opener;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Connection connection;
  private @Nullable PreparedStatement one;
  private @Nullable PreparedStatement all;

  StoredValues(ConnectionOpener opener) {
    this.opener = opener;
  }

  Optional<String> value(String space, String key) {
    lock.lock();
    try {
      if (one == null) {
        one = open().prepareStatement("select value from kv where space = ? and key = ?");
      }
      one.setString(1, space);
      one.setString(2, key);
      try (ResultSet row = one.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      forget();
      throw new JournalException("a stored value cannot be read: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  /** Keys and values in the order of Java's strings, which is not quite SQLite's. */
  NavigableMap<String, String> values(String space, String prefix) {
    lock.lock();
    try {
      if (all == null) {
        all =
            open()
                .prepareStatement(
                    "select key, value from kv where space = ?1 and key >= ?2"
                        + " and substr(key, 1, length(?2)) = ?2");
      }
      all.setString(1, space);
      all.setString(2, prefix);
      NavigableMap<String, String> found = new TreeMap<>();
      try (ResultSet row = all.executeQuery()) {
        while (row.next()) {
          found.put(row.getString(1), row.getString(2));
        }
      }
      return found;
    } catch (SQLException e) {
      forget();
      throw new JournalException("stored values cannot be read: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  private Connection open() throws SQLException {
    if (connection == null) {
      connection = opener.open();
    }
    return connection;
  }

  /** After a failure the driver's statements cannot be used again: begins anew the next time. */
  private void forget() {
    Connection broken = connection;
    one = null;
    all = null;
    connection = null;
    try {
      if (broken != null) {
        broken.close();
      }
    } catch (SQLException e) {
      log.debug("a connection for reading did not close", e);
    }
  }

  @Override
  public void close() throws SQLException {
    lock.lock();
    try {
      if (connection != null) {
        connection.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
