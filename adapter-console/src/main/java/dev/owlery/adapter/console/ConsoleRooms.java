package dev.owlery.adapter.console;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rooms that the bot is in, and who is there with it. Safe for use by several threads. */
final class ConsoleRooms {

  /** More rooms than anybody visits by hand: a runaway script must not fill the memory. */
  static final int LIMIT = 1_000;

  private final Map<Conversation, Map<String, Member>> rooms = new LinkedHashMap<>();

  /**
   * Lets somebody into a room, which begins to exist with its first member.
   *
   * @return whether they were outside
   * @throws IllegalArgumentException if there are too many rooms or members
   */
  synchronized boolean enter(Conversation room, Member member) {
    if (rooms.size() >= LIMIT && !rooms.containsKey(room)) {
      throw new IllegalArgumentException("there are " + LIMIT + " rooms already");
    }
    Map<String, Member> members = rooms.computeIfAbsent(room, fresh -> new LinkedHashMap<>());
    if (members.size() >= LIMIT && !members.containsKey(member.handle())) {
      throw new IllegalArgumentException("there are " + LIMIT + " people in the room already");
    }
    return members.putIfAbsent(member.handle(), member) == null;
  }

  /** Forgets a room, with everybody in it. */
  synchronized boolean close(Conversation room) {
    return rooms.remove(room) != null;
  }

  synchronized boolean isOpen(Conversation room) {
    return rooms.containsKey(room);
  }

  synchronized List<Conversation> all() {
    return List.copyOf(rooms.keySet());
  }

  synchronized List<Member> members(Conversation room) {
    return new ArrayList<>(rooms.getOrDefault(room, Map.of()).values());
  }
}
