package dev.owlery.core.journal;

import dev.owlery.api.event.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The statements that change the database, prepared once. Belongs to the writer's thread. What can
 * be collected (events done, actions settled) is collected until {@link #flush}.
 */
final class Tables {

  /** A row of outbox or dead; the reason is empty in the former. */
  record ActionRow(
      long number, long made, int attempt, boolean handed, String payload, String reason) {}

  /** A row of inbox that is not done. */
  record EventRow(long number, String payload) {}

  /** The newest event of a room. */
  record RoomRow(String account, String room, Origin origin) {}

  private final Connection connection;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement rollback;
  private final PreparedStatement addEvent;
  private final PreparedStatement addAction;
  private final PreparedStatement put;
  private final PreparedStatement remove;
  private final Runs done;
  private final Runs settled;

  Tables(Connection connection) throws SQLException {
    this.connection = connection;
    begin = connection.prepareStatement("begin immediate");
    commit = connection.prepareStatement("commit");
    rollback = connection.prepareStatement("rollback");
    addEvent =
        connection.prepareStatement(
            "insert into inbox values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (account, key) do nothing");
    addAction = connection.prepareStatement("insert into outbox values (?, ?, ?, ?, ?)");
    put = connection.prepareStatement("insert or replace into kv values (?, ?, ?)");
    remove = connection.prepareStatement("delete from kv where space = ? and key = ?");
    done =
        new Runs(
            connection.prepareStatement(
                "update inbox set payload = null where number between ? and ?"));
    settled =
        new Runs(connection.prepareStatement("delete from outbox where number between ? and ?"));
  }

  void begin() throws SQLException {
    begin.executeUpdate();
  }

  void commit() throws SQLException {
    flush();
    commit.executeUpdate();
  }

  /** Undoes what was done since {@link #begin}; SQLite may have done so by itself. */
  void rollback() throws SQLException {
    done.clear();
    settled.clear();
    rollback.executeUpdate();
  }

  /** Executes what was collected. */
  void flush() throws SQLException {
    done.execute();
    settled.execute();
  }

  /** Adds an event; false if its key is there already. */
  boolean addEvent(
      long number, String account, String room, Origin origin, long now, String payload)
      throws SQLException {
    addEvent.setLong(1, number);
    addEvent.setString(2, account);
    addEvent.setString(3, origin.key());
    addEvent.setString(4, room);
    addEvent.setLong(5, origin.at().toEpochMilli());
    addEvent.setInt(6, origin.delivery() == Origin.Delivery.CATCH_UP ? 1 : 0);
    addEvent.setLong(7, now);
    addEvent.setString(8, payload);
    return addEvent.executeUpdate() == 1;
  }

  void finishEvent(long number) {
    done.add(number);
  }

  void addAction(ActionRow row) throws SQLException {
    addAction.setLong(1, row.number());
    addAction.setLong(2, row.made());
    addAction.setInt(3, row.attempt());
    addAction.setInt(4, row.handed() ? 1 : 0);
    addAction.setString(5, row.payload());
    addAction.executeUpdate();
  }

  void settle(long number) {
    settled.add(number);
  }

  void handOver(long number) throws SQLException {
    change("update outbox set handed = 1 where number = ?", number);
  }

  void takeBack(long number) throws SQLException {
    change("update outbox set handed = 0, attempt = attempt + 1 where number = ?", number);
  }

  /** Makes a dead letter; nothing happens if the action is not there any more. */
  void bury(long number, String reason, int most) throws SQLException {
    change("insert into dead select *, ? from outbox where number = ?", reason, number);
    change("delete from outbox where number = ?", number);
    change(
        "delete from dead where number <= (select number from dead order by number desc limit 1"
            + " offset ?)",
        most);
  }

  /** Takes a dead letter out. */
  Optional<ActionRow> exhume(long number) throws SQLException {
    List<ActionRow> found = actions("select * from dead where number = " + number);
    change("delete from dead where number = ?", number);
    return found.stream().findFirst();
  }

  List<ActionRow> dead(int limit) throws SQLException {
    flush();
    return actions("select * from dead order by number limit " + limit);
  }

  List<ActionRow> actions() throws SQLException {
    return actions("select *, '' from outbox order by number");
  }

  private List<ActionRow> actions(String query) throws SQLException {
    List<ActionRow> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows.add(
            new ActionRow(
                row.getLong(1),
                row.getLong(2),
                row.getInt(3),
                row.getInt(4) == 1,
                row.getString(5),
                row.getString(6)));
      }
    }
    return rows;
  }

  /** The events from a number on that are not done. */
  List<EventRow> unfinished(long from) throws SQLException {
    List<EventRow> rows = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select number, payload from inbox where number >= ? and payload is not null"
                + " order by number")) {
      statement.setLong(1, from);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(new EventRow(row.getLong(1), row.getString(2)));
        }
      }
    }
    return rows;
  }

  /** The noted newest events of the rooms, then those from a number on, oldest first. */
  List<RoomRow> rooms(long from) throws SQLException {
    List<RoomRow> rows = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select account, room, key, at, caught_up, 0 as number from room union all"
                + " select account, room, key, at, caught_up, number from inbox where number >= ?"
                + " order by number")) {
      statement.setLong(1, from);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Instant at = Instant.ofEpochMilli(row.getLong(4));
          Origin.Delivery delivery =
              row.getInt(5) == 1 ? Origin.Delivery.CATCH_UP : Origin.Delivery.LIVE;
          rows.add(
              new RoomRow(
                  row.getString(1), row.getString(2), new Origin(row.getString(3), at, delivery)));
        }
      }
    }
    return rows;
  }

  void putRoom(RoomRow row) throws SQLException {
    Origin origin = row.origin();
    change(
        "insert or replace into room values (?, ?, ?, ?, ?)",
        row.account(),
        row.room(),
        origin.key(),
        origin.at().toEpochMilli(),
        origin.delivery() == Origin.Delivery.CATCH_UP ? 1 : 0);
  }

  void put(String space, String key, String value) throws SQLException {
    put.setString(1, space);
    put.setString(2, key);
    put.setString(3, value);
    put.executeUpdate();
  }

  void remove(String space, String key) throws SQLException {
    remove.setString(1, space);
    remove.setString(2, key);
    remove.executeUpdate();
  }

  Optional<String> meta(String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select value from meta where name = ?")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  void meta(String name, String value) throws SQLException {
    change("insert or replace into meta values (?, ?)", name, value);
  }

  /** The lowest number in the inbox, if there is any. */
  Optional<Long> oldestEvent() throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("select number from inbox order by number limit 1");
        ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
    }
  }

  /** Forgets finished events below a number; if they are old, where age is asked for. */
  int forgetEvents(long below, long recordedBefore) throws SQLException {
    return change(
        "delete from inbox where number < ? and payload is null and recorded < ?",
        below,
        recordedBefore);
  }

  /** A change that is made seldom enough not to be kept prepared. */
  private int change(String sql, Object... values) throws SQLException {
    flush();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }
}
