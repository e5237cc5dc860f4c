package dev.owlery.plugins.admin;

import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.plugin.Administration.DeadEvent;
import dev.owlery.api.plugin.Administration.DeadLetter;
import dev.owlery.api.plugin.Administration.PluginState;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How accounts, rooms, plugins and what was given up look in chat: a line each. Pure. */
final class AdminLines {

  private AdminLines() {}

  static String linesOr(String nothing, List<String> lines) {
    return lines.isEmpty() ? nothing : String.join("\n", lines);
  }

  static String state(AccountState state) {
    String phase = state.phase().name().toLowerCase(Locale.ROOT);
    long joined = state.rooms().values().stream().filter(AccountState.RoomState::joined).count();
    String rooms =
        state.rooms().isEmpty() ? "" : ", in " + joined + "/" + state.rooms().size() + " rooms";
    return phase + rooms + (state.detail().isEmpty() ? "" : ", " + state.detail());
  }

  static String roomLine(Map.Entry<Conversation, AccountState.RoomState> room) {
    AccountState.RoomState state = room.getValue();
    return room.getKey().address()
        + (state.joined() ? "" : " (not in it)")
        + (state.detail().isEmpty() ? "" : ": " + state.detail());
  }

  static String described(PluginState plugin) {
    return plugin.id()
        + (plugin.version().isEmpty() ? "" : " " + plugin.version())
        + " ("
        + plugin.source()
        + (plugin.paused() ? ", paused because it kept failing)" : ")");
  }

  static String described(DeadEvent event) {
    return "%d in %s since %s: ended the bot %d times in %s"
        .formatted(event.number(), event.where(), event.since(), event.attempts(), event.handler());
  }

  static String described(DeadLetter letter) {
    return "%d to %s since %s: %s (%s)"
        .formatted(
            letter.number(), letter.where(), letter.since(), letter.summary(), letter.reason());
  }
}
