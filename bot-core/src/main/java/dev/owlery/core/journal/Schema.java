package dev.owlery.core.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Brings a database to the schema of this version, by the migrations {@code V1.sql}, {@code V2.sql}
 * and so on: all that it lacks or none. Which of them were run is in the table {@code changelog}; a
 * database that is up to date is known by SQLite's {@code user_version}, without asking the
 * migration library, so that an ordinary start does not load it.
 */
final class Schema {

  /** The number of the last script. */
  static final int VERSION = 2;

  /** Marks a file as one of ours, in SQLite's {@code application_id}: "Owly". */
  private static final int APPLICATION = 0x4F776C79;

  private Schema() {}

  /** Checks the database and runs the scripts that it lacks. */
  static void update(Connection connection, Path file) throws SQLException {
    int version = number(connection, "pragma user_version");
    int application = number(connection, "pragma application_id");
    boolean empty = number(connection, "select count(*) from sqlite_master") == 0;
    if (application != APPLICATION && !(empty && application == 0)) {
      throw new JournalException(file + " is a database, but not one of Owlery's");
    }
    if (version > VERSION) {
      throw new JournalException(
          "%s was written by a later version of Owlery (schema %d; this version knows %d)"
              .formatted(file, version, VERSION));
    }
    if (version < VERSION) {
      migrate(connection);
    }
  }

  private static void migrate(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("begin exclusive");
      Migrations.run(connection, VERSION);
      statement.execute("pragma application_id = " + APPLICATION);
      statement.execute("pragma user_version = " + VERSION);
      statement.execute("commit");
    }
  }

  private static int number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return result.getInt(1);
    }
  }
}
