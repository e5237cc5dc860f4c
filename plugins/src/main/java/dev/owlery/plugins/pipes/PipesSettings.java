package dev.owlery.plugins.pipes;

import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The block {@code plugin.pipes}.
 *
 * @param pipe the programs, by name
 */
@Settings
record PipesSettings(Map<String, Piped> pipe) {

  /** What a program reads and writes. */
  enum PipeFormat {
    /** What was said, a line each; what it writes is said. */
    TEXT,
    /** JSON objects, a line each; so is what it writes. */
    EVENTS
  }

  /**
   * A program.
   *
   * @param command the program and its arguments; no shell reads them
   * @param reads what it reads and writes
   * @param rooms where it listens, written {@code account/room}; {@code "*"} for everywhere
   * @param to where it speaks when nobody has spoken to it
   * @param directory where it runs; the bot's own if absent
   * @param environment its variables, besides PATH, HOME, LANG and TZ
   * @param patience how long it may take with a message
   * @param silence how long it may stay silent before a message counts as read without an answer;
   *     if absent every message is answered (an empty line says nothing)
   * @param answers so many answers to one message
   * @param perMinute so many messages of its in a minute
   * @param longestLine so many characters in a line of its
   * @param waiting so many messages may wait for it
   */
  @Settings
  record Piped(
      List<String> command,
      @Default("text") PipeFormat reads,
      List<String> rooms,
      Optional<String> to,
      Optional<Path> directory,
      Map<String, String> environment,
      @Default("10s") Duration patience,
      Optional<Duration> silence,
      @Default("10") int answers,
      @Default("60") int perMinute,
      @Default("8000") int longestLine,
      @Default("1000") int waiting) {
    Piped {
      command = List.copyOf(command);
      rooms = List.copyOf(rooms);
      environment = Map.copyOf(environment);
      if (command.isEmpty() || command.getFirst().isBlank()) {
        throw new SettingException("command", "a program and its arguments: [ \"./shout.sh\" ]");
      }
      if (rooms.isEmpty() && to.isEmpty()) {
        throw new SettingException("rooms", "where it listens, like [ \"libera/#owls\" ]");
      }
      if (patience.toMillis() < 1 || silence.filter(time -> time.toMillis() < 1).isPresent()) {
        throw new SettingException("patience", "longer than nothing, and so is silence");
      }
      if (answers < 1 || perMinute < 1 || longestLine < 100 || waiting < 1) {
        throw new IllegalArgumentException(
            "answers, per-minute and waiting are at least 1, longest-line at least 100");
      }
    }

    boolean hears(String address) {
      return rooms.contains(address) || rooms.contains("*");
    }
  }

  PipesSettings {
    pipe = Map.copyOf(pipe);
    for (String name : pipe.keySet()) {
      if (!name.matches("[a-z0-9][a-z0-9_-]{0,39}")) {
        throw new SettingException("pipe", "a pipe's name is made of a-z, 0-9, - and _");
      }
    }
  }
}
