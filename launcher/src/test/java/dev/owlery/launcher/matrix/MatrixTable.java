package dev.owlery.launcher.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table as it stands in {@code docs/matrix.md}, a block of columns for each kind of server. */
final class MatrixTable {
  static final Path FILE =
      Path.of(System.getProperty("owlery.root", "..")).resolve("docs").resolve("matrix.md");

  static final String NOT_TRIED = "not tried yet";

  private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");
  private static final int COLUMNS_IN_BLOCK = 3;

  private static final String HEAD =
      """
      # Features and servers

      What the assembled bot does on each server, as the people there see it with ordinary clients. `make matrix` tries
      everything and writes this page; do not edit it. A cell says one of:

      - **works**: the feature itself, as this network has it
      - **another way**: the same is achieved otherwise
      - **refused**: it is not done, and the sentence in quotes is read by whom the parentheses name
      - **-**: there is no such thing here

      Silence is a fault, and fails the run. The bot has no HTTP listener of its own here, so no file can go as a link of
      its own. *Ann* is the administrator as far as the network vouches for her, *Bob* is anybody.
      """;

  private MatrixTable() {}

  /**
   * The page with what was found put into it.
   *
   * @param page the page as it was; may be empty
   * @param found what is new; cells that are not in it stay
   */
  static String with(String page, Map<Column, Map<Feature, Finding>> found) {
    Map<Column, Map<Feature, String>> cells = cells(page);
    found.forEach((column, findings) ->
        findings.forEach((feature, finding) -> cells.get(column).put(feature, finding.shown())));
    StringBuilder text = new StringBuilder(HEAD).append('\n');
    for (Column column : Column.values()) {
      text.append("- *").append(column.title()).append("*: ");
      text.append(column.description()).append('\n');
    }
    for (List<Column> block : blocks()) {
      text.append('\n').append(row("feature", block.stream().map(Column::title)));
      text.append(row("---", block.stream().map(_ -> "---")));
      for (Feature feature : Feature.values()) {
        text.append(
            row(
                feature.title(),
                block.stream().map(column -> cells.get(column).getOrDefault(feature, NOT_TRIED))));
      }
    }
    return text.toString();
  }

  /** The cells of a page, as far as it has the columns and rows of this code. */
  private static Map<Column, Map<Feature, String>> cells(String page) {
    Map<Column, Map<Feature, String>> cells = new EnumMap<>(Column.class);
    for (Column column : Column.values()) {
      cells.put(column, new EnumMap<>(Feature.class));
    }
    List<String> heads = List.of();
    for (String line : page.lines().filter(each -> each.startsWith("| ")).toList()) {
      List<String> row = Arrays.stream(CELL_END.split(line)).skip(1).map(String::strip).toList();
      if (row.getFirst().equals("feature")) {
        heads = row;
      }
      for (Feature feature : Feature.values()) {
        for (int at = 1; at < row.size() && feature.title().equals(row.getFirst()); at++) {
          for (Column column : Column.values()) {
            if (column.title().equals(heads.get(at))) {
              cells.get(column).put(feature, row.get(at));
            }
          }
        }
      }
    }
    return cells;
  }

  private static List<List<Column>> blocks() {
    List<Column> all = List.of(Column.values());
    List<List<Column>> blocks = new ArrayList<>();
    for (int at = 0; at < all.size(); at += COLUMNS_IN_BLOCK) {
      blocks.add(all.subList(at, Math.min(all.size(), at + COLUMNS_IN_BLOCK)));
    }
    return blocks;
  }

  private static String row(String title, Stream<String> cells) {
    return Stream.concat(Stream.of(title), cells).collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** The titles of the rows of a page, and of its columns, in their order, block by block. */
  static List<String> titles(String page) {
    return page.lines()
        .filter(line -> line.startsWith("| "))
        .filter(line -> !line.startsWith("| ---"))
        .map(line -> line.startsWith("| feature |") ? line : line.split(" \\| ", 2)[0])
        .toList();
  }

  /** The titles that the page of this code has. */
  static List<String> titles() {
    List<String> titles = new ArrayList<>();
    for (List<Column> block : blocks()) {
      titles.add(row("feature", block.stream().map(Column::title)).strip());
      Stream.of(Feature.values()).map(feature -> "| " + feature.title()).forEach(titles::add);
    }
    return titles;
  }

  static String read() {
    try {
      return Files.exists(FILE) ? Files.readString(FILE) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts what was found into the page. */
  static synchronized void update(Map<Column, Map<Feature, Finding>> found) {
    try {
      Files.writeString(FILE, with(read(), found));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
