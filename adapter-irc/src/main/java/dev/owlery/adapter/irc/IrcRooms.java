package dev.owlery.adapter.irc;

import dev.owlery.api.adapter.AccountState.RoomState;
import dev.owlery.spi.BoundedMap;
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
  record RoomMember(IrcPrefix prefix, Optional<String> account) {}

  /**
   * A room to be in.
   *
   * @param name its name, as it goes on the wire
   * @param key what it asks for
   */
  record Wanted(String name, Optional<String> key) {}

  private static final class Room {
    String name;
    final Map<String, RoomMember> members = new LinkedHashMap<>();
    Optional<String> key = Optional.empty();
    boolean wanted;
    boolean joined;
    String detail = NOT_YET;

    Room(String name) {
      this.name = name;
    }
  }

  /** So many names of rooms and people are remembered as they are written. */
  private static final int SPELLINGS = 1_000;

  private final Map<String, Room> rooms = new LinkedHashMap<>();
  private final Map<String, String> spellings = BoundedMap.leastRecentlyUsed(SPELLINGS);
  private CaseMapping mapping;

  IrcRooms(CaseMapping mapping) {
    this.mapping = mapping;
  }

  /** The server's idea of equal names; the rooms known so far are renamed by it. */
  synchronized void use(CaseMapping newMapping) {
    if (newMapping != mapping) {
      mapping = newMapping;
      List<Room> before = List.copyOf(rooms.values());
      rooms.clear();
      for (Room room : before) {
        rooms.putIfAbsent(mapping.fold(room.name), room);
        List<RoomMember> members = List.copyOf(room.members.values());
        room.members.clear();
        members.forEach(member -> room.members.put(mapping.fold(member.prefix().nick()), member));
      }
      List<String> names = List.copyOf(spellings.values());
      spellings.clear();
      names.forEach(name -> spellings.put(mapping.fold(name), name));
    }
  }

  /** Remembers how a name is written, for {@link #wire}. */
  synchronized void spelt(String name) {
    spellings.put(mapping.fold(name), name);
  }

  /**
   * A name as it goes on the wire: as the server, the configuration or a person has written it,
   * never folded by what may be another server's rule.
   *
   * @param name a room or a nick, folded or not
   * @return the name that is the same to the server
   */
  synchronized String wire(String name) {
    Room room = known(name);
    if (room != null) {
      return room.name;
    }
    return find(name)
        .map(person -> person.prefix().nick())
        .orElseGet(() -> spellings.getOrDefault(mapping.fold(name), name));
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
    String folded = mapping.fold(name);
    return rooms.computeIfAbsent(folded, any -> new Room(spellings.getOrDefault(folded, name)));
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
    return rooms.values().stream()
        .filter(room -> room.wanted && !room.joined)
        .map(room -> new Wanted(room.name, room.key))
        .toList();
  }

  synchronized boolean isJoined(String name) {
    Room room = known(name);
    return room != null && room.joined;
  }

  synchronized boolean isWanted(String name) {
    Room room = known(name);
    return room != null && room.wanted;
  }

  /**
   * The account is in a room.
   *
   * @param name as the server writes it
   */
  synchronized void joined(String name) {
    Room room = room(name);
    room.name = name;
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

  synchronized void entered(String name, RoomMember person) {
    room(name).members.put(mapping.fold(person.prefix().nick()), person);
  }

  /** Adds somebody from a list of members, unless more is known already. */
  synchronized void listed(String name, RoomMember person) {
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
  synchronized void changed(String nick, RoomMember now) {
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
  synchronized Optional<RoomMember> find(String nick) {
    String folded = mapping.fold(nick);
    return rooms.values().stream()
        .map(room -> Optional.ofNullable(room.members.get(folded)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  synchronized List<RoomMember> members(String name) {
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
