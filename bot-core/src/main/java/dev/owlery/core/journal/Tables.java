package dev.owlery.core.journal;

import dev.owlery.api.chat.Conversation;
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
  record RoomRow(String account, String room, Origin origin) {
    String address() {
      return account + "/" + room;
    }
  }

  private final Connection connection;
  private final PreparedStatement addEvent;
  private final PreparedStatement addAction;
  private final PreparedStatement put;
  private final PreparedStatement remove;
  private final Runs done;
  private final Runs settled;

  /** Prepares the statements; from then on the connection commits only when it is told to. */
  Tables(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    this.connection = connection;
    addEvent = connection.prepareStatement("insert into inbox values (?, ?, ?, ?, ?, ?, ?)");
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

  void commit() throws SQLException {
    flush();
    connection.commit();
  }

  /** Undoes what was done since the last commit. */
  void rollback() throws SQLException {
    done.clear();
    settled.clear();
    connection.rollback();
  }

  /** Executes what was collected. */
  void flush() throws SQLException {
    done.execute();
    settled.execute();
  }

  void addEvent(long number, Conversation where, Origin origin, String payload)
      throws SQLException {
    addEvent.setLong(1, number);
    addEvent.setString(2, where.account().name());
    addEvent.setString(3, where.room());
    addEvent.setString(4, origin.key());
    addEvent.setLong(5, origin.at().toEpochMilli());
    addEvent.setInt(6, caughtUp(origin));
    addEvent.setString(7, payload);
    addEvent.executeUpdate();
  }

  private static int caughtUp(Origin origin) {
    return origin.delivery() == Origin.Delivery.CATCH_UP ? 1 : 0;
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

  /** The events that are not done. */
  List<EventRow> unfinished() throws SQLException {
    List<EventRow> rows = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "select number, payload from inbox where payload is not null order by number");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows.add(new EventRow(row.getLong(1), row.getString(2)));
      }
    }
    return rows;
  }

  /** The newest events of the rooms, as noted. */
  List<RoomRow> rooms() throws SQLException {
    return rooms("select account, room, key, at, caught_up from room order by at");
  }

  /** The origins of the events in the inbox from a number on, oldest first. */
  List<RoomRow> origins(long from) throws SQLException {
    return rooms(
        "select account, room, key, at, caught_up from inbox where number >= "
            + from
            + " order by number");
  }

  private List<RoomRow> rooms(String query) throws SQLException {
    List<RoomRow> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        Instant at = Instant.ofEpochMilli(row.getLong(4));
        Origin.Delivery delivery =
            row.getInt(5) == 1 ? Origin.Delivery.CATCH_UP : Origin.Delivery.LIVE;
        rows.add(
            new RoomRow(
                row.getString(1), row.getString(2), new Origin(row.getString(3), at, delivery)));
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
        caughtUp(origin));
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

  /** The bundles of keys, oldest first. */
  List<byte[]> keyBundles() throws SQLException {
    List<byte[]> bundles = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement("select prints from keys order by number");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        bundles.add(row.getBytes(1));
      }
    }
    return bundles;
  }

  /** Adds a bundle of keys, and removes the rows of the events up to it that are done. */
  void addKeyBundle(long number, long now, int count, byte[] prints) throws SQLException {
    if (count > 0) {
      change("insert or replace into keys values (?, ?, ?, ?)", number, now, count, prints);
    }
    change("delete from inbox where number <= ? and payload is null", number);
  }

  /** Forgets the bundles that were noted before a time, and the oldest beyond a number of keys. */
  void forgetKeyBundles(long before, int most) throws SQLException {
    change("delete from keys where noted < ?", before);
    change(
        "delete from keys where number in (select number from (select number, sum(count) over"
            + " (order by number desc) as newer from keys) where newer > ?)",
        most);
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
