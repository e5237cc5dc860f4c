package dev.owlery.core.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tables of attempts and of events that were put aside. Belongs to the writer's thread. */
final class AttemptTable {

  /** A row of dead_event. */
  record DeadRow(long number, String payload, int attempts, String handler, long since) {}

  private static final String DEAD =
      "select number, payload, attempts, handler, since from dead_event ";

  private final Connection connection;

  AttemptTable(Connection connection) {
    this.connection = connection;
  }

  void put(long number, int count, String handler) throws SQLException {
    change("insert or replace into attempt values (?, ?, ?)", number, count, handler);
  }

  void takeBack(long number, int count) throws SQLException {
    if (count == 0) {
      remove(number);
    } else {
      change("update attempt set count = ? where number = ?", count, number);
    }
  }

  void remove(long number) throws SQLException {
    change("delete from attempt where number = ?", number);
  }

  /** Puts the events aside that have had too many attempts; returns the attempts of the others. */
  Map<Long, Integer> putAside(int most, int keep, long now) throws SQLException {
    change(
        "insert or replace into dead_event select i.number, i.account, i.room, i.key, i.at,"
            + " i.caught_up, i.payload, a.count, a.handler, ?, 0 from inbox i join attempt a using"
            + " (number) where i.payload is not null and a.count >= ?",
        now,
        most);
    change(
        "update inbox set payload = null where number in (select number from attempt where count >="
            + " ?)",
        most);
    change(
        "delete from attempt where number not in (select number from inbox where payload is not"
            + " null)");
    change(
        "delete from dead_event where number <= (select number from dead_event order by number desc"
            + " limit 1 offset ?)",
        keep);
    Map<Long, Integer> attempts = new TreeMap<>();
    try (PreparedStatement statement =
            connection.prepareStatement("select number, count from attempt");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        attempts.put(row.getLong(1), row.getInt(2));
      }
    }
    return attempts;
  }

  List<DeadRow> dead(int limit) throws SQLException {
    return rows(DEAD + "order by number limit " + limit);
  }

  Optional<DeadRow> find(long number) throws SQLException {
    return rows(DEAD + "where number = " + number).stream().findFirst();
  }

  List<DeadRow> untold() throws SQLException {
    return rows(DEAD + "where told = 0 order by number");
  }

  void told(long number) throws SQLException {
    change("update dead_event set told = 1 where number = ?", number);
  }

  /** Makes a row of inbox of it again, with a number of attempts. */
  Optional<DeadRow> revive(long number, int attempts) throws SQLException {
    Optional<DeadRow> row = find(number);
    if (row.isPresent()) {
      change(
          "insert or replace into inbox select number, account, room, key, at, caught_up, payload"
              + " from dead_event where number = ?",
          number);
      put(number, attempts, row.get().handler());
      forget(number);
    }
    return row;
  }

  boolean forget(long number) throws SQLException {
    return change("delete from dead_event where number = ?", number) > 0;
  }

  private List<DeadRow> rows(String query) throws SQLException {
    List<DeadRow> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows.add(
            new DeadRow(
                row.getLong(1), row.getString(2), row.getInt(3), row.getString(4), row.getLong(5)));
      }
    }
    return rows;
  }

  private int change(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }
}
