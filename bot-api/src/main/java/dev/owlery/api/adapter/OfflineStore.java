package dev.owlery.api.adapter;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a network has stored for an account while it was away, on networks that let one look into
 * that (XMPP: XEP-0013). Usually the adapter reads and empties the store at each login.
 *
 * <p>Each method asks the server and waits for its answer, ten seconds at most. All of them throw
 * {@link DoorException} if the server refuses, does not answer, is not connected or has no such
 * store; the texts are fit for a user.
 */
public interface OfflineStore extends Door {

  /**
   * A message in the store.
   *
   * @param id names it in the store, for the account alone
   * @param sender who sent it, as the server says
   */
  record Header(String id, String sender) {}

  /**
   * All of a message in the store.
   *
   * @param id as in its header
   * @param sender who sent it
   * @param at when, if the server says so
   * @param text what it says; may be empty
   */
  record StoredMessage(String id, String sender, Optional<Instant> at, String text) {}

  /**
   * How many messages there are.
   *
   * @return their number
   */
  int count();

  /**
   * Which messages there are.
   *
   * @return the oldest first
   */
  List<Header> list();

  /**
   * Reads messages, which stay in the store and are not handled.
   *
   * @param ids at most 100, as {@link #list} tells them
   * @return those that are there, in the order of the ids
   */
  List<StoredMessage> fetch(List<String> ids);

  /**
   * Removes messages for good.
   *
   * @param ids at most 100, as {@link #list} tells them
   */
  void remove(List<String> ids);

  /** Removes all messages for good. */
  void removeAll();
}
