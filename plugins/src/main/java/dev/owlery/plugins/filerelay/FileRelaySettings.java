package dev.owlery.plugins.filerelay;

import dev.owlery.api.http.AddressBlock;
import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * The block {@code plugin.file-relay}.
 *
 * @param watch folders from which files are sent when they appear
 * @param receive what is received; nothing if absent
 * @param folders from which {@code !send} sends
 * @param notices where it is told that a file was sent or received
 * @param links files as links on the bot's HTTP listener
 * @param progress how often a line tells how far a file is, where messages cannot be changed
 */
@Settings
record FileRelaySettings(
    List<Watched> watch,
    Optional<Receive> receive,
    List<SendFolder> folders,
    @Default("{}") AnnouncementSettings notices,
    @Default("{}") Links links,
    @Default("30s") Duration progress) {

  /** What becomes of a file that was sent. */
  enum After {
    /** It stays. */
    KEEP,
    /** It goes into another folder. */
    MOVE,
    /** It is deleted. */
    DELETE
  }

  /**
   * A folder whose files are sent.
   *
   * @param directory where it is
   * @param to to whom, written {@code ACCOUNT/CONVERSATION}
   * @param only only files whose path below the folder fits one of these globs
   * @param except no files whose path fits one of these
   * @param recursive whether folders in it count too
   * @param settle how long a file must not have changed
   * @param after what becomes of a file that was sent
   * @param moveTo where it goes, if it is moved
   * @param limit how many files are sent at most, ever; 0 for no limit
   * @param hours when files are sent, such as {@code 22:00-06:00}; always if absent
   * @param schedule times at which everything is sent that has settled, in the five fields of Unix
   *     cron, such as {@code 0 22 * * 1-5}; not together with hours
   * @param transport the only transport to use
   */
  @Settings
  record Watched(
      Path directory,
      String to,
      List<String> only,
      List<String> except,
      @Default("false") boolean recursive,
      @Default("2s") Duration settle,
      @Default("keep") After after,
      Optional<Path> moveTo,
      @Default("0") long limit,
      Optional<String> hours,
      Optional<String> schedule,
      Optional<String> transport) {
    Watched {
      only = List.copyOf(only);
      except = List.copyOf(except);
      globs("only", only);
      globs("except", except);
      if (settle.isNegative()) {
        throw new SettingException("settle", "not less than nothing");
      }
      if ((after == After.MOVE) != moveTo.isPresent()) {
        throw new SettingException("move-to", "needed for after = move, and only for that");
      }
      if (limit < 0) {
        throw new SettingException("limit", "not less than 0");
      }
      if (hours.isPresent() && Hours.of(hours.get()).isEmpty()) {
        throw new SettingException("hours", "written like 22:00-06:00");
      }
      if (schedule.isPresent() && !Schedule.isOne(schedule.get())) {
        throw new SettingException(
            "schedule",
            "minute, hour, day of month, month, day of week, like \"0 22 * * 1-5\": at ten in the"
                + " evening, from Monday to Friday");
      }
      if (schedule.isPresent() && hours.isPresent()) {
        throw new SettingException("schedule", "either schedule or hours");
      }
    }
  }

  /**
   * What is received.
   *
   * @param into where files go
   * @param accept whose: verified identities as in {@code permissions.persons}; {@code *} at the
   *     end stands for anything
   * @param where only in these conversations; in any if empty
   * @param names only files whose name fits one of these globs
   * @param limit how many bytes one file may have
   * @param quota how many bytes one sender may send in a day
   * @param receipt whether the sender is told
   */
  @Settings
  record Receive(
      Path into,
      List<String> accept,
      List<String> where,
      List<String> names,
      @Default("1073741824") long limit,
      @Default("10737418240") long quota,
      @Default("true") boolean receipt) {
    Receive {
      accept = List.copyOf(accept);
      where = List.copyOf(where);
      names = List.copyOf(names);
      globs("names", names);
      if (limit < 1 || quota < 1) {
        throw new SettingException("limit", "limit and quota are at least 1");
      }
    }
  }

  /**
   * A folder for {@code !send} and {@code !files}.
   *
   * @param directory where it is
   * @param permission who holds it may send from there
   */
  @Settings
  record SendFolder(Path directory, @Default("files.send") String permission) {}

  /**
   * Where ends of transfers are told.
   *
   * @param rooms a line in each of these, written {@code ACCOUNT/ROOM}
   * @param topic an item on this topic
   */
  @Settings
  record AnnouncementSettings(List<String> rooms, Optional<String> topic) {
    AnnouncementSettings {
      rooms = List.copyOf(rooms);
      if (topic.isPresent() && !topic.get().matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)*")) {
        throw new SettingException("topic", "a topic is written like files.moved");
      }
    }
  }

  /**
   * Files as links.
   *
   * @param offer whether files are offered so where nothing better is possible
   * @param age how long a link is good
   * @param allow addresses and networks from which files are fetched although they are not public
   */
  @Settings
  record Links(@Default("true") boolean offer, @Default("1d") Duration age, List<String> allow) {
    Links {
      allow = List.copyOf(allow);
      for (String block : allow) {
        if (AddressBlock.of(block).isEmpty()) {
          throw new SettingException("allow", "addresses and networks, like \"10.0.0.0/8\"");
        }
      }
    }
  }

  FileRelaySettings {
    watch = List.copyOf(watch);
    folders = List.copyOf(folders);
    if (progress.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new SettingException("progress", "at least 1s");
    }
  }

  private static void globs(String key, List<String> globs) {
    for (String glob : globs) {
      try {
        PathMatcher _ = glob(glob);
      } catch (PatternSyntaxException wrong) {
        throw new SettingException(key, "not a glob: " + wrong.getDescription());
      }
    }
  }

  /** A pattern for paths. */
  static PathMatcher glob(String glob) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob);
  }
}
