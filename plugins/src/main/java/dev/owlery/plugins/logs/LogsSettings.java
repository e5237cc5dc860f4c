package dev.owlery.plugins.logs;

import dev.owlery.api.content.Item.Severity;
import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import dev.owlery.api.topic.TopicPattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The block {@code plugin.logs}.
 *
 * @param files the files that may be followed, by name; no others can be
 * @param every how often a file is looked at
 * @param burst so many lines are told in one window; more are counted; 0 to tell them all
 * @param window how long a window is
 * @param longest so many characters of a line are told
 */
@Settings
record LogsSettings(
    Map<String, Followed> files,
    @Default("250ms") Duration every,
    @Default("10") int burst,
    @Default("10s") Duration window,
    @Default("400") int longest) {

  /**
   * A file.
   *
   * @param path where it is
   * @param topic where its lines are published always; only {@code !tail} follows it if absent
   * @param pattern which lines are published (RE2)
   * @param severity how much they matter
   */
  @Settings
  record Followed(
      Path path,
      Optional<String> topic,
      Optional<String> pattern,
      @Default("warning") Severity severity) {
    Followed {
      if (topic.isPresent() && !TopicPattern.isName(topic.get())) {
        throw new SettingException("topic", "a topic is written like logs.web");
      }
      if (pattern.isPresent()) {
        try {
          LinePattern _ = LinePattern.of(pattern.get());
        } catch (IllegalArgumentException wrong) {
          throw new SettingException("pattern", String.valueOf(wrong.getMessage()));
        }
      }
    }
  }

  LogsSettings {
    files = Map.copyOf(files);
    for (String name : files.keySet()) {
      if (!name.matches("[a-z0-9][a-z0-9_-]{0,39}")) {
        throw new SettingException("files", "a file's name here is made of a-z, 0-9, - and _");
      }
    }
    if (every.toMillis() < 10) {
      throw new SettingException("every", "at least 10ms");
    }
    if (burst < 0 || window.toMillis() < 1) {
      throw new SettingException("burst", "a number of lines and a window, or 0 to tell them all");
    }
    if (longest < 20) {
      throw new SettingException("longest", "at least 20");
    }
  }
}
