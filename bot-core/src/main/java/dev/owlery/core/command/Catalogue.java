package dev.owlery.core.command;

import dev.owlery.api.command.CommandForm;
import dev.owlery.api.command.CommandInfo;
import dev.owlery.api.command.TypedText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.incendo.cloud.permission.Permission;
import org.jspecify.annotations.Nullable;

/** All declarations at one moment, by first word. Immutable. */
final class Catalogue {

  static final Catalogue EMPTY = new Catalogue(List.of());

  private final List<Declarations> declarations;
  private final Map<String, Entry> words = new HashMap<>();
  private final List<CommandInfo> commands;

  /**
   * A first word.
   *
   * @param word as it was declared
   * @param declarations where
   */
  record Entry(String word, Declarations declarations) {}

  private Catalogue(List<Declarations> declarations) {
    this.declarations = declarations;
    for (Declarations each : declarations) {
      for (String word : each.words()) {
        Entry other = words.put(fold(word), new Entry(word, each));
        if (other != null && other.declarations() != each) {
          throw new IllegalArgumentException(
              "the command "
                  + word
                  + " of "
                  + each.plugin()
                  + " is already a command of "
                  + other.declarations().plugin()
                  + ": give it another name, or leave the other plugin out");
        }
      }
    }
    commands =
        declarations.stream()
            .flatMap(each -> each.commands().keySet().stream())
            .sorted(Comparator.comparing(CommandInfo::name).thenComparing(CommandInfo::syntax))
            .toList();
  }

  Catalogue with(Declarations more) {
    List<Declarations> all = new ArrayList<>(declarations);
    all.add(more);
    return new Catalogue(List.copyOf(all));
  }

  Catalogue without(String plugin) {
    return new Catalogue(
        declarations.stream().filter(each -> !each.plugin().equals(plugin)).toList());
  }

  /** The owner of a first word, however its letters are written; null if there is none. */
  @Nullable Entry find(String word) {
    Entry exact = words.get(word);
    return exact != null ? exact : words.get(fold(word));
  }

  List<CommandInfo> commands() {
    return commands;
  }

  /** All commands as forms, by name. */
  List<CommandForm> forms() {
    return declarations.stream()
        .flatMap(each -> each.forms().stream())
        .sorted(
            Comparator.<CommandForm, String>comparing(form -> form.info().name())
                .thenComparing(form -> form.info().syntax()))
        .toList();
  }

  Stream<Entry> entries() {
    return words.values().stream();
  }

  Optional<Permission> permission(CommandInfo command) {
    return declarations.stream()
        .flatMap(each -> Optional.ofNullable(each.commands().get(command)).stream())
        .findFirst();
  }

  /** Names like the first words of an input, the nearest first. */
  List<String> like(String input, Predicate<CommandInfo> visible) {
    List<String> typed = TypedText.words(input);
    List<CommandInfo> seen = commands.stream().filter(visible).toList();
    String first = typed.isEmpty() ? "" : typed.getFirst();
    Entry known = find(first);
    if (known != null && typed.size() > 1) {
      return Spelling.near(
          known.word() + " " + typed.get(1),
          seen.stream().map(CommandInfo::name).filter(name -> name.indexOf(' ') > 0).toList());
    }
    return Spelling.near(first, seen.stream().map(command -> firstWord(command.name())).toList());
  }

  private static String firstWord(String name) {
    int end = name.indexOf(' ');
    return end < 0 ? name : name.substring(0, end);
  }

  static String fold(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
