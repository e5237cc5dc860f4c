package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.api.adapter.AccountState.RoomState;
import dev.owlery.api.event.Origin.Delivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jivesoftware.smack.packet.Message;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.BareJid;
import org.jxmpp.jid.Jid;

/**
 * The rooms of an account: where it should be, where it is, and who else is there, as far as the
 * room has shown it. Outlives connections; the occupants do not.
 *
 * <p>Safe for use by several threads; what it returns are snapshots.
 */
public final class XmppRooms {

  /**
   * Somebody in a room.
   *
   * @param nick the nick there
   * @param shown the address that the room shows; empty if it shows none
   * @param occupantId who it is behind the nick, as far as the room tells (XEP-0421); may be empty
   * @param show how reachable they say they are
   * @param stay from coming to going the same number, also under another nick
   */
  public record Occupant(
      String nick, Optional<Jid> shown, String occupantId, String show, long stay) {

    /** The shown address without the name of a client. */
    public Optional<BareJid> real() {
      return shown.map(Jid::asBareJid);
    }
  }

  /**
   * A room to be in.
   *
   * @param address its address
   * @param password what it asks for
   */
  public record Wanted(String address, Optional<String> password) {}

  private static final class Room {
    final Map<String, Occupant> occupants = new LinkedHashMap<>();
    Optional<String> password = Optional.empty();
    boolean wanted;
    boolean trusted;
    boolean tellsOccupants;
    boolean keepsIds;
    boolean joined;
    boolean pending = true;
    boolean closed;
    String nick = "";
    String detail = "not joined yet";
  }

  private final Map<String, Room> rooms = new LinkedHashMap<>();
  private long stays;

  private Room room(String address) {
    return rooms.computeIfAbsent(address, any -> new Room());
  }

  /**
   * The account is to be in a room.
   *
   * @param address the room's
   * @param password what it asks for
   * @param trusted whether to believe what the room says of its occupants: not if a stranger has
   *     invited us
   */
  public synchronized void want(String address, Optional<String> password, boolean trusted) {
    Room room = room(address);
    room.wanted = true;
    room.closed = false;
    room.trusted |= trusted;
    if (password.isPresent()) {
      room.password = password;
    }
  }

  public synchronized void unwant(String address) {
    Room room = rooms.get(address);
    if (room != null) {
      room.wanted = false;
      if (!room.joined) {
        rooms.remove(address);
      }
    }
  }

  public synchronized boolean isWanted(String address) {
    Room room = rooms.get(address);
    return room != null && room.wanted;
  }

  /** Whether this is the address of a room that we are in, or go to. */
  public synchronized boolean isKnown(String address) {
    return rooms.containsKey(address);
  }

  /** The rooms where the account should be and is not. */
  synchronized List<Wanted> missing() {
    List<Wanted> missing = new ArrayList<>();
    rooms.forEach((address, room) -> {
      if (room.wanted && !room.closed && !room.joined) {
        missing.add(new Wanted(address, room.password));
      }
    });
    return missing;
  }

  synchronized Optional<Wanted> wanted(String address) {
    Room room = rooms.get(address);
    return room == null || !room.wanted || room.closed
        ? Optional.empty()
        : Optional.of(new Wanted(address, room.password));
  }

  public synchronized boolean isJoined(String address) {
    Room room = rooms.get(address);
    return room != null && room.joined;
  }

  /** We go in under a nick; who else is there comes next. */
  synchronized void entering(String address, String nick) {
    Room room = room(address);
    room.joined = false;
    room.nick = nick;
    room.occupants.clear();
  }

  synchronized void joined(String address, String nick) {
    Room room = room(address);
    room.joined = true;
    room.nick = nick;
    room.detail = "";
    room.pending = false;
    room.closed = false;
  }

  /** What we are called in a room; empty if we are not there. */
  public synchronized String nick(String address) {
    Room room = rooms.get(address);
    return room == null ? "" : room.nick;
  }

  /**
   * The account is not in a room, or not any more.
   *
   * @param address the room
   * @param detail why, in one line
   */
  synchronized void out(String address, String detail) {
    Room room = rooms.get(address);
    if (room != null) {
      room.joined = false;
      room.pending = false;
      room.detail = detail;
      room.occupants.clear();
      if (!room.wanted) {
        rooms.remove(address);
      }
    }
  }

  /**
   * There is no such room any more, and we do not go back, which would make it anew.
   *
   * @param address the room
   * @param detail why, in one line
   */
  synchronized void closed(String address, String detail) {
    out(address, detail);
    Room room = rooms.get(address);
    if (room != null) {
      room.closed = true;
    }
  }

  /** The connection is gone, and so the account is nowhere. */
  public synchronized void disconnected() {
    for (String address : List.copyOf(rooms.keySet())) {
      Room room = room(address);
      if (!room.closed) {
        out(address, "not connected");
        room.pending = true;
      }
    }
  }

  /** Somebody is there; returns who had the nick before, if anybody. */
  synchronized @Nullable Occupant put(String address, Occupant occupant) {
    return room(address).occupants.put(occupant.nick(), occupant);
  }

  synchronized @Nullable Occupant remove(String address, String nick) {
    Room room = rooms.get(address);
    return room == null ? null : room.occupants.remove(nick);
  }

  synchronized Optional<Occupant> occupant(String address, String nick) {
    Room room = rooms.get(address);
    return room == null ? Optional.empty() : Optional.ofNullable(room.occupants.get(nick));
  }

  /**
   * Who somebody is, as far as the room is to be believed.
   *
   * @param address the room
   * @param shown the address that it shows
   * @return the same, or nothing if a stranger's room says so
   */
  public synchronized Optional<BareJid> believed(String address, Optional<BareJid> shown) {
    Room room = rooms.get(address);
    return room != null && room.trusted ? shown : Optional.empty();
  }

  /** The number of a nick's stay: a new one for somebody who was not there. */
  synchronized long stay(String address, String nick) {
    return occupant(address, nick).map(Occupant::stay).orElseGet(() -> ++stays);
  }

  /**
   * Whether a room says by itself who is behind a nick, and keeps others from saying it (XEP-0421).
   */
  synchronized void tellsOccupants(String address, boolean tells) {
    Room room = rooms.get(address);
    if (room != null) {
      room.tellsOccupants = tells;
    }
  }

  /** Whether a room reflects our messages under the ids that we have given them. */
  synchronized void keepsIds(String address, boolean keeps) {
    Room room = rooms.get(address);
    if (room != null) {
      room.keepsIds = keeps;
    }
  }

  synchronized boolean keepsIds(String address) {
    Room room = rooms.get(address);
    return room != null && room.keepsIds;
  }

  /**
   * By what somebody in a room is known again: the address that it shows, its own id for them, or
   * that they have not gone since. Who speaks live is there; who spoke earlier may have gone, and
   * the nick be another's.
   *
   * @param message what they say
   * @param from their address in the room
   * @param delivery how it came
   * @return the same for the same person; empty if that cannot be known
   */
  synchronized Optional<String> author(Message message, Jid from, Delivery delivery) {
    String address = from.asBareJid().toString();
    Optional<Occupant> there =
        delivery == Delivery.LIVE
            ? occupant(address, from.getResourceOrEmpty().toString())
            : Optional.empty();
    return author(address, there.flatMap(Occupant::real), Stanzas.occupantId(message))
        .or(() -> there.map(occupant -> "stay " + occupant.stay()));
  }

  /**
   * By what somebody is known again who has spoken while we were away.
   *
   * @param address the room
   * @param real the address that its archive shows
   * @param occupantId as it stands in the message (XEP-0421)
   * @return empty if there is neither
   */
  synchronized Optional<String> author(
      String address, Optional<BareJid> real, Optional<String> occupantId) {
    Room room = rooms.get(address);
    return real.map(jid -> "address " + jid)
        .or(() ->
            occupantId
                .filter(id -> room != null && room.tellsOccupants)
                .map(id -> "occupant " + id));
  }

  public synchronized List<Occupant> occupants(String address) {
    Room room = rooms.get(address);
    return room == null ? List.of() : List.copyOf(room.occupants.values());
  }

  public synchronized List<String> joined() {
    return rooms.entrySet().stream()
        .filter(entry -> entry.getValue().joined)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** How each room is, by address. */
  public synchronized Map<String, RoomState> states() {
    Map<String, RoomState> states = new HashMap<>();
    rooms.forEach((address, room) ->
        states.put(address, new RoomState(room.joined, room.detail, room.pending)));
    return states;
  }

  /** Why we are not in a room, or what else there is to say of it. */
  synchronized void detail(String address, String detail) {
    Room room = rooms.get(address);
    if (room != null) {
      room.detail = detail;
    }
  }
}
