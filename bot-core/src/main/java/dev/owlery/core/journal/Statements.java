package dev.owlery.core.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The statements that are used for every event and action. They are closed by the driver when one
 * of them fails, so all are made anew then.
 */
final class Statements implements AutoCloseable {

  final PreparedStatement begin;
  final PreparedStatement commit;
  final PreparedStatement addEvent;
  final PreparedStatement addAction;
  final PreparedStatement put;
  final PreparedStatement remove;
  final RangeUpdate done;
  final RangeUpdate settled;
  private final PreparedStatement finish;
  private final PreparedStatement settle;

  Statements(Connection connection) throws SQLException {
    begin = connection.prepareStatement("begin immediate");
    commit = connection.prepareStatement("commit");
    addEvent = connection.prepareStatement("insert into inbox values (?, ?, ?, ?, ?, ?, ?)");
    addAction = connection.prepareStatement("insert into outbox values (?, ?, ?, ?, ?)");
    put = connection.prepareStatement("insert or replace into kv values (?, ?, ?)");
    remove = connection.prepareStatement("delete from kv where space = ? and key = ?");
    finish =
        connection.prepareStatement("update inbox set payload = null where number between ? and ?");
    settle = connection.prepareStatement("delete from outbox where number between ? and ?");
    done = new RangeUpdate(finish);
    settled = new RangeUpdate(settle);
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement each :
        new PreparedStatement[] {begin, commit, addEvent, addAction, put, remove, finish, settle}) {
      each.close();
    }
  }
}
