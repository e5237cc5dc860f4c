package dev.owlery.core.journal;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.ibatis.jdbc.RuntimeSqlException;
import org.apache.ibatis.migration.Change;
import org.apache.ibatis.migration.MigrationException;
import org.apache.ibatis.migration.MigrationLoader;
import org.apache.ibatis.migration.operations.UpOperation;
import org.apache.ibatis.migration.options.DatabaseOperationOption;
import org.jspecify.annotations.Nullable;

/**
 * Runs the migrations that a database lacks, with MyBatis Migrations. The library ends its
 * transactions by itself, one for the script and one for the note that it was run; here they all
 * belong to the caller's transaction, so that a crash leaves nothing half done.
 */
final class Migrations {

  private Migrations() {}

  /**
   * Runs what is lacking, within the transaction that the caller has begun.
   *
   * @param connection to the database; stays open
   * @param newest the number of the last migration
   * @throws SQLException if a script is wrong or cannot be written
   */
  static void run(Connection connection, int newest) throws SQLException {
    DatabaseOperationOption options = new DatabaseOperationOption();
    options.setChangelogTable("changelog");
    options.setStopOnError(true);
    Connection lent = withoutEnds(connection);
    try {
      new UpOperation().operate(() -> lent, new Scripts(newest), options, null);
    } catch (MigrationException | RuntimeSqlException e) {
      throw new SQLException("the schema could not be brought up to date: " + e.getMessage(), e);
    }
  }

  private static Connection withoutEnds(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "commit", "rollback", "close", "setAutoCommit" -> null;
                  case "getAutoCommit" -> false;
                  default -> {
                    try {
                      yield method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  }
                });
  }

  /** The scripts that are packaged with this class. */
  private record Scripts(int newest) implements MigrationLoader {

    @Override
    public List<Change> getMigrations() {
      return IntStream.rangeClosed(1, newest)
          .mapToObj(number -> new Change(BigDecimal.valueOf(number), null, "V" + number))
          .collect(Collectors.toList());
    }

    @Override
    public Reader getScriptReader(Change change, boolean undo) {
      InputStream script = Migrations.class.getResourceAsStream(change.getDescription() + ".sql");
      if (script == null) {
        throw new IllegalStateException(change.getDescription() + ".sql is not packaged");
      }
      return new InputStreamReader(script, StandardCharsets.UTF_8);
    }

    @Override
    public @Nullable Reader getBootstrapReader() {
      return null;
    }

    @Override
    public @Nullable Reader getOnAbortReader() {
      return null;
    }
  }
}
