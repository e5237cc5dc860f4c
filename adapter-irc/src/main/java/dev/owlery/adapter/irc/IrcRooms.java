package dev.owlery.adapter.irc;

import dev.owlery.api.adapter.AccountState.RoomState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of an account: where it should be, where it is, and who else is there, as far as the
 * server has shown it. Outlives connections; the members do not.
 *
 * <p>Safe for use by several threads; what it returns are snapshots.
 */
final class IrcRooms {
  private static final String NOT_YET = "not joined yet";
  private static final String NOT_CONNECTED = "not connected";

  /**
   * Somebody in a room.
   *
   * @param prefix nick, user and host
   * @param account the services account; empty if there is none or it is not known
   */
  record Person(IrcPrefix prefix, Optional<String> account) {}

  /**
   * A room to be in.
   *
   * @param name its name, folded
   * @param key what it asks for
   */
  record Wanted(String name, Optional<String> key) {}

  private static final class Room {
    final Map<String, Person> members = new LinkedHashMap<>();
    Optional<String> key = Optional.empty();
    boolean wanted;
    boolean joined;
    String detail = NOT_YET;
  }

  private final Map<String, Room> rooms = new LinkedHashMap<>();
  private CaseMapping mapping;

  IrcRooms(CaseMapping mapping) {
    this.mapping = mapping;
  }

  /** The server's idea of equal names; the rooms known so far are renamed by it. */
  synchronized void use(CaseMapping newMapping) {
    if (newMapping != mapping) {
      mapping = newMapping;
      Map<String, Room> before = new LinkedHashMap<>(rooms);
      rooms.clear();
      before.forEach((name, room) -> rooms.putIfAbsent(mapping.fold(name), room));
    }
  }

  /**
   * Folds a name.
   *
   * @param name a room or a nick
   * @return the canonical form
   */
  synchronized String fold(String name) {
    return mapping.fold(name);
  }

  private Room room(String name) {
    return rooms.computeIfAbsent(mapping.fold(name), any -> new Room());
  }

  private @Nullable Room known(String name) {
    return rooms.get(mapping.fold(name));
  }

  synchronized void want(String name, Optional<String> key) {
    Room room = room(name);
    room.wanted = true;
    if (key.isPresent()) {
      room.key = key;
    }
  }

  synchronized void unwant(String name) {
    Room room = room(name);
    room.wanted = false;
    forgetIfUseless(name, room);
  }

  private void forgetIfUseless(String name, Room room) {
    if (!room.wanted && !room.joined) {
      rooms.remove(mapping.fold(name));
    }
  }

  /** The rooms where the account should be and is not. */
  synchronized List<Wanted> missing() {
    List<Wanted> missing = new ArrayList<>();
    rooms.forEach((name, room) -> {
      if (room.wanted && !room.joined) {
        missing.add(new Wanted(name, room.key));
      }
    });
    return missing;
  }

  synchronized boolean isJoined(String name) {
    Room room = known(name);
    return room != null && room.joined;
  }

  synchronized boolean isWanted(String name) {
    Room room = known(name);
    return room != null && room.wanted;
  }

  synchronized void joined(String name) {
    Room room = room(name);
    room.joined = true;
    room.detail = "";
    room.members.clear();
  }

  /**
   * The account is not in a room, or not any more.
   *
   * @param name the room
   * @param detail why, in one line
   */
  synchronized void out(String name, String detail) {
    Room room = known(name);
    if (room != null) {
      room.joined = false;
      room.detail = detail;
      room.members.clear();
      forgetIfUseless(name, room);
    }
  }

  /** The connection is gone, and so the account is nowhere. */
  synchronized void disconnected() {
    for (String name : List.copyOf(rooms.keySet())) {
      out(name, NOT_CONNECTED);
    }
  }

  synchronized void entered(String name, Person person) {
    room(name).members.put(mapping.fold(person.prefix().nick()), person);
  }

  /** Adds somebody from a list of members, unless more is known already. */
  synchronized void listed(String name, Person person) {
    Room room = known(name);
    if (room != null) {
      room.members.putIfAbsent(mapping.fold(person.prefix().nick()), person);
    }
  }

  synchronized void gone(String name, String nick) {
    Room room = known(name);
    if (room != null) {
      room.members.remove(mapping.fold(nick));
    }
  }

  /**
   * The rooms that somebody is in.
   *
   * @param nick the nick
   * @return folded names
   */
  synchronized List<String> roomsOf(String nick) {
    String folded = mapping.fold(nick);
    List<String> all = new ArrayList<>();
    rooms.forEach((name, room) -> {
      if (room.members.containsKey(folded)) {
        all.add(name);
      }
    });
    return all;
  }

  /** Replaces what is known of somebody, everywhere; under a new nick if that changed. */
  synchronized void changed(String nick, Person now) {
    String before = mapping.fold(nick);
    String after = mapping.fold(now.prefix().nick());
    for (Room room : rooms.values()) {
      if (room.members.remove(before) != null) {
        room.members.put(after, now);
      }
    }
  }

  /**
   * What is known of somebody.
   *
   * @param nick the nick
   * @return empty if they are in none of our rooms
   */
  synchronized Optional<Person> find(String nick) {
    String folded = mapping.fold(nick);
    return rooms.values().stream()
        .map(room -> Optional.ofNullable(room.members.get(folded)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  synchronized List<Person> members(String name) {
    Room room = known(name);
    return room == null ? List.of() : List.copyOf(room.members.values());
  }

  synchronized List<String> joined() {
    return rooms.entrySet().stream()
        .filter(entry -> entry.getValue().joined)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** How each room is, by folded name. */
  synchronized Map<String, RoomState> states() {
    Map<String, RoomState> states = new HashMap<>();
    rooms.forEach((name, room) -> {
      boolean isPending = room.detail.equals(NOT_YET) || room.detail.equals(NOT_CONNECTED);
      states.put(name, new RoomState(room.joined, room.detail, isPending));
    });
    return states;
  }
}
