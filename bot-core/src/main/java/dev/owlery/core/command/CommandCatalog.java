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
final class CommandCatalog {

  static final CommandCatalog EMPTY = new CommandCatalog(List.of());

  private final List<CommandDeclarations> declarations;
  private final Map<String, DeclaredCommand> words = new HashMap<>();
  private final List<CommandInfo> commands;

  /**
   * A first word.
   *
   * @param word as it was declared
   * @param declarations where
   */
  record DeclaredCommand(String word, CommandDeclarations declarations) {}

  private CommandCatalog(List<CommandDeclarations> declarations) {
    this.declarations = declarations;
    for (CommandDeclarations each : declarations) {
      for (String word : each.words()) {
        DeclaredCommand other = words.put(fold(word), new DeclaredCommand(word, each));
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

  CommandCatalog with(CommandDeclarations more) {
    List<CommandDeclarations> all = new ArrayList<>(declarations);
    all.add(more);
    return new CommandCatalog(List.copyOf(all));
  }

  CommandCatalog without(String plugin) {
    return new CommandCatalog(
        declarations.stream().filter(each -> !each.plugin().equals(plugin)).toList());
  }

  /** The owner of a first word, however its letters are written; null if there is none. */
  @Nullable DeclaredCommand find(String word) {
    DeclaredCommand exact = words.get(word);
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

  Stream<DeclaredCommand> entries() {
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
    DeclaredCommand known = find(first);
    if (known != null && typed.size() > 1) {
      return Suggestions.closeTo(
          known.word() + " " + typed.get(1),
          seen.stream().map(CommandInfo::name).filter(name -> name.indexOf(' ') > 0).toList());
    }
    return Suggestions.closeTo(
        first, seen.stream().map(command -> firstWord(command.name())).toList());
  }

  private static String firstWord(String name) {
    int end = name.indexOf(' ');
    return end < 0 ? name : name.substring(0, end);
  }

  static String fold(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
