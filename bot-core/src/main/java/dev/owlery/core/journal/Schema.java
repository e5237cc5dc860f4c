package dev.owlery.core.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Brings a database to the schema of this version: {@code V1.sql}, {@code V2.sql} and so on, each
 * in a transaction with the number that says that it was done (SQLite's {@code user_version}). A
 * migration library takes a second to begin with, which is more than the whole bot may take.
 */
final class Schema {

  /** The number of the last script. */
  static final int VERSION = 1;

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
    for (int next = version + 1; next <= VERSION; next++) {
      run(connection, next);
    }
  }

  private static void run(Connection connection, int version) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("begin exclusive");
      statement.executeUpdate(script(version));
      statement.execute("pragma application_id = " + APPLICATION);
      statement.execute("pragma user_version = " + version);
      statement.execute("commit");
    }
  }

  private static String script(int version) {
    try (InputStream script = Schema.class.getResourceAsStream("V" + version + ".sql")) {
      if (script == null) {
        throw new IllegalStateException("the schema's script " + version + " is not packaged");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the schema's script " + version + " cannot be read", e);
    }
  }

  private static int number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return result.getInt(1);
    }
  }
}
