package dev.owlery.core.journal;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.Origin;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The statements that change the database, prepared once. Belongs to the writer's thread. What can
 * be collected (events done, actions settled) is collected until {@link #flush}.
 */
final class Tables {

  /** A row of outbox or dead; the reason is empty in the former. */
  record ActionRow(
      long number, long made, int attempt, long handed, String payload, String reason) {}

  /** A row of inbox that is not done. */
  record EventRow(long number, String payload) {}

  private record KeyBundle(long number, long noted, ByteArrayOutputStream prints) {}

  /** The newest event of a room. */
  record RoomRow(String account, String room, Origin origin) {
    String address() {
      return account + "/" + room;
    }
  }

  private static final Logger log = LoggerFactory.getLogger(SqliteJournal.class);

  /** The attempts at events, and those put aside. */
  final AttemptTable attempts;

  private final Connection connection;
  private Statements prepared;

  /**
   * Prepares the statements. Transactions are begun and ended by statements too: the driver loses
   * count of them when the database undoes one by itself, as it does when the disk is full.
   */
  Tables(Connection connection) throws SQLException {
    this.connection = connection;
    this.attempts = new AttemptTable(connection);
    this.prepared = new Statements(connection);
    connection.setAutoCommit(false); // else it probes for a transaction at every statement
    prepared.commit.executeUpdate();
  }

  void begin() throws SQLException {
    prepared.begin.executeUpdate();
  }

  void commit() throws SQLException {
    flush();
    prepared.commit.executeUpdate();
  }

  /** Undoes what was done since {@link #begin}, and makes the statements anew. */
  void restore() throws SQLException {
    prepared.close();
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("rollback");
    } catch (SQLException e) {
      log.debug("the database had undone the transaction by itself", e);
    }
    prepared = new Statements(connection);
  }

  /** Executes what was collected. */
  void flush() throws SQLException {
    prepared.done.execute();
    prepared.settled.execute();
  }

  void addEvent(long number, Conversation where, Origin origin, String payload)
      throws SQLException {
    prepared.addEvent.setLong(1, number);
    prepared.addEvent.setString(2, where.account().name());
    prepared.addEvent.setString(3, where.room());
    prepared.addEvent.setString(4, origin.key());
    prepared.addEvent.setLong(5, origin.at().toEpochMilli());
    prepared.addEvent.setInt(6, caughtUp(origin));
    prepared.addEvent.setString(7, payload);
    prepared.addEvent.executeUpdate();
  }

  private static int caughtUp(Origin origin) {
    return origin.delivery() == Origin.Delivery.CATCH_UP ? 1 : 0;
  }

  void finishEvent(long number) {
    prepared.done.add(number);
  }

  void addAction(ActionRow row) throws SQLException {
    prepared.addAction.setLong(1, row.number());
    prepared.addAction.setLong(2, row.made());
    prepared.addAction.setInt(3, row.attempt());
    prepared.addAction.setLong(4, row.handed());
    prepared.addAction.setString(5, row.payload());
    prepared.addAction.executeUpdate();
  }

  void settle(long number) {
    prepared.settled.add(number);
  }

  void handOver(long number, long at) throws SQLException {
    change("update outbox set handed = ? where number = ?", at, number);
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
                row.getLong(4),
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

  /** Keeps the rooms with the newest events. */
  void pruneRooms(int most) throws SQLException {
    change(
        "delete from room where (account, room) in"
            + " (select account, room from room order by at desc limit -1 offset ?)",
        most);
  }

  void put(String space, String key, String value) throws SQLException {
    prepared.put.setString(1, space);
    prepared.put.setString(2, key);
    prepared.put.setString(3, value);
    prepared.put.executeUpdate();
  }

  void remove(String space, String key) throws SQLException {
    prepared.remove.setString(1, space);
    prepared.remove.setString(2, key);
    prepared.remove.executeUpdate();
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

  int countKeyBundles() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("select count(*) from keys");
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  /** Merges neighbouring bundles into larger ones, of so many keys at most. */
  void mergeKeyBundles(int most) throws SQLException {
    List<KeyBundle> merged = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement("select number, noted, prints from keys order by number");
        ResultSet row = statement.executeQuery()) {
      ByteArrayOutputStream prints = new ByteArrayOutputStream();
      long number = 0;
      long noted = 0;
      while (row.next()) {
        byte[] next = row.getBytes(3);
        if (prints.size() > 0 && prints.size() + next.length > most * Long.BYTES) {
          merged.add(new KeyBundle(number, noted, prints));
          prints = new ByteArrayOutputStream();
        }
        number = row.getLong(1);
        noted = row.getLong(2);
        prints.writeBytes(next);
      }
      merged.add(new KeyBundle(number, noted, prints));
    }
    change("delete from keys");
    for (KeyBundle each : merged) {
      byte[] prints = each.prints.toByteArray();
      addKeyBundle(each.number, each.noted, prints.length / Long.BYTES, prints);
    }
  }

  /** Forgets the oldest bundles, beyond a number of keys. */
  void forgetKeyBundles(int most) throws SQLException {
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
