package dev.owlery.launcher.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a dead bot has left behind in its database: read from a copy. */
final class JournalView {
  private JournalView() {}

  /** The payloads of events that are not done and of actions that are not settled. */
  static List<String> unfinished(BotHome home) {
    Path copy = home.path().resolve("journal-copy");
    try {
      Files.createDirectories(copy);
      try (Stream<Path> files = Files.list(home.data())) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.write(copy.resolve(file.getFileName()), Files.readAllBytes(file));
        }
      }
      List<String> payloads = new ArrayList<>();
      try (Connection database =
              DriverManager.getConnection("jdbc:sqlite:" + copy.resolve("owlery.db"));
          Statement query = database.createStatement()) {
        for (String table : List.of("inbox", "outbox", "dead")) {
          try (ResultSet rows =
              query.executeQuery(
                  "select payload from " + table + " where payload is not null order by number")) {
            while (rows.next()) {
              payloads.add(rows.getString(1));
            }
          }
        }
      }
      return payloads;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (SQLException notAJournal) {
      throw new IllegalStateException(notAJournal);
    }
  }

  /** The numbered commands or answers in what was left behind. */
  static Set<Integer> numbers(BotHome home, String mark) {
    Pattern number = Pattern.compile("n-" + Pattern.quote(mark) + "-(\\d+)");
    Set<Integer> numbers = new TreeSet<>();
    for (String payload : unfinished(home)) {
      Matcher found = number.matcher(payload);
      while (found.find()) {
        numbers.add(Integer.parseInt(found.group(1)));
      }
    }
    return numbers;
  }
}
