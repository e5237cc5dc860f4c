package dev.owlery.core.command;

import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.CommandForm;
import dev.owlery.api.command.CommandInfo;
import dev.owlery.api.content.Card;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Text;
import dev.owlery.core.permission.Permissions;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.incendo.cloud.Command;
import org.incendo.cloud.CommandManager;
import org.incendo.cloud.annotations.AnnotationParser;
import org.incendo.cloud.annotations.descriptor.CommandDescriptor;
import org.incendo.cloud.caption.CaptionVariable;
import org.incendo.cloud.component.CommandComponent;
import org.incendo.cloud.component.CommandComponent.ComponentType;
import org.incendo.cloud.execution.CommandResult;
import org.incendo.cloud.execution.ExecutionCoordinator;
import org.incendo.cloud.internal.CommandRegistrationHandler;
import org.incendo.cloud.permission.Permission;
import org.incendo.cloud.suggestion.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * The commands that one object declares, with a framework of their own: when the plugin goes, this
 * goes as a whole and nothing keeps the plugin's classes alive. Immutable; may be used from any
 * thread.
 */
final class CommandDeclarations {

  private static final List<Class<?>> RESULTS =
      List.of(
          String.class,
          Text.class,
          Content.class,
          Card.class,
          Stream.class,
          Iterable.class,
          Optional.class,
          CompletionStage.class);

  private final String plugin;
  private final Framework framework;
  private final Map<CommandInfo, Permission> commands = new HashMap<>();
  private final Map<String, List<CommandInfo>> roots = new HashMap<>();
  private final List<CommandForm> forms = new ArrayList<>();

  /**
   * Reads an object's declarations.
   *
   * @param plugin whose they are
   * @param object its class carries the annotations
   * @param permissions who may do what
   * @param unmarked the permission of a command without {@code @Permission}, by its first word;
   *     empty for none
   * @throws IllegalArgumentException if a declaration is wrong
   */
  CommandDeclarations(
      String plugin, Object object, Permissions permissions, UnaryOperator<String> unmarked) {
    this.plugin = plugin;
    methods(object).forEach(CommandDeclarations::checkResult);
    framework = new Framework(permissions);
    try {
      parser(framework, unmarked).parse(object);
    } catch (RuntimeException e) { // the framework's, of many kinds
      throw blamed(object, permissions, unmarked, e);
    }
    for (Command<CommandCall> command : framework.commands()) {
      CommandInfo info = info(command);
      if (info.permission().isEmpty() && !unmarked.apply("").isEmpty()) {
        throw new IllegalArgumentException("@Permission of " + info.name() + " names none");
      }
      commands.put(info, command.commandPermission());
      forms.add(CommandFormFactory.of(info, command));
      for (String word : command.rootComponent().aliases()) {
        roots.computeIfAbsent(word, none -> new ArrayList<>()).add(info);
      }
    }
    // A class tells its methods in no order.
    roots.values().forEach(infos -> infos.sort(Comparator.comparing(CommandInfo::syntax)));
  }

  private static AnnotationParser<CommandCall> parser(
      Framework framework, UnaryOperator<String> unmarked) {
    AnnotationParser<CommandCall> parser = new AnnotationParser<>(framework, CommandCall.class);
    parser.registerCommandExecutionMethodFactory(method -> true, BoundMethod.ArgumentReader::new);
    parser.registerBuilderDecorator(
        builder -> builder.permission(unmarked.apply(builder.build().rootComponent().name())));
    return parser;
  }

  /**
   * The framework does not say which method it cannot read, alone or beside the others: they are
   * read again, each time one more.
   */
  private static IllegalArgumentException blamed(
      Object object,
      Permissions permissions,
      UnaryOperator<String> unmarked,
      RuntimeException fault) {
    AnnotationParser<CommandCall> all = parser(new Framework(permissions), unmarked);
    List<CommandDescriptor> some = new ArrayList<>();
    for (CommandDescriptor one : all.commandExtractor().extractCommands(object)) {
      some.add(one);
      AnnotationParser<CommandCall> fewer = parser(new Framework(permissions), unmarked);
      fewer.commandExtractor(each -> some);
      try {
        fewer.parse(object);
      } catch (RuntimeException e) { // as before
        return new IllegalArgumentException(
            CommandSyntax.of(one.commandToken(), one.method()) + ": " + advised(e.getMessage()), e);
      }
    }
    return new IllegalArgumentException(advised(fault.getMessage()), fault);
  }

  private static String advised(@Nullable String fault) {
    return fault != null && fault.contains("no parser exists")
        ? fault + ": take a String, a number, a boolean, an enum or a Duration"
        : String.valueOf(fault);
  }

  /** Whether an object declares any command. */
  static boolean isDeclaredBy(Object object) {
    return !methods(object).isEmpty();
  }

  private static List<Method> methods(Object object) {
    return Stream.of(object.getClass().getDeclaredMethods())
        .filter(method ->
            method.getAnnotationsByType(org.incendo.cloud.annotations.Command.class).length > 0)
        .toList();
  }

  private static void checkResult(Method method) {
    Class<?> type = method.getReturnType();
    if (type != void.class
        && type != Object.class
        && RESULTS.stream().noneMatch(known -> known.isAssignableFrom(type))) {
      throw new IllegalArgumentException(
          "a command returns nothing, text, content, a card, or several of them, but "
              + method.getName()
              + " returns "
              + type.getSimpleName());
    }
  }

  String plugin() {
    return plugin;
  }

  /** The commands and what they need. */
  Map<CommandInfo, Permission> commands() {
    return commands;
  }

  /** The commands as forms. */
  List<CommandForm> forms() {
    return forms;
  }

  /** What one of them needs. */
  Permission needs(CommandInfo command) {
    return commands.getOrDefault(command, Permission.of(command.permission()));
  }

  /**
   * The commands that a line may have meant.
   *
   * @param line begins with one of the {@link #words}
   */
  List<CommandInfo> commandsOf(String line) {
    int end = line.indexOf(' ');
    String word = end < 0 ? line : line.substring(0, end);
    return roots.getOrDefault(word, List.of());
  }

  /**
   * What the command needs that a line most likely means.
   *
   * @param line begins with one of the {@link #words}
   */
  Optional<Permission> needs(String line) {
    List<CommandInfo> possible = commandsOf(line);
    return possible.stream()
        .filter(info -> (line + " ").startsWith(info.name() + " "))
        .max(Comparator.comparingInt(info -> info.name().length()))
        .or(() -> possible.stream().findFirst())
        .map(this::needs);
  }

  /** The first words, aliases included. */
  Collection<String> words() {
    return roots.keySet();
  }

  /**
   * Finds the method that a line calls, and reads its arguments.
   *
   * @param call who calls
   * @param line begins with one of the {@link #words}
   * @return the method, ready to be called
   * @throws Throwable the framework's exception if the line is wrong or not permitted
   */
  BoundMethod read(CommandCall call, CommandLine line) throws Throwable {
    try {
      CommandResult<CommandCall> result =
          framework.commandExecutor().executeCommand(call, line.readable(), line::noteIn).get();
      return BoundMethod.of(result.commandContext());
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw cause == null ? e : cause;
    }
  }

  /**
   * What may come next in a line.
   *
   * @param call who writes
   * @param line begins with one of the {@link #words}
   * @return completions of the last word, only of commands that the caller may call
   */
  List<String> suggest(CommandCall call, String line) {
    try {
      return framework.suggestionFactory().suggestImmediately(call, line).list().stream()
          .map(Suggestion::suggestion)
          .toList();
    } catch (NumberFormatException e) {
      // The framework's number parsers let some numbers with white space in them slip through.
      return List.of();
    }
  }

  private CommandInfo info(Command<CommandCall> command) {
    StringBuilder name = new StringBuilder();
    for (CommandComponent<CommandCall> component : command.components()) {
      if (component.type() != ComponentType.LITERAL) {
        break;
      }
      name.append(name.isEmpty() ? "" : " ").append(component.name());
    }
    return new CommandInfo(
        name.toString(),
        framework.commandSyntaxFormatter().apply(null, command.components(), null),
        command.commandDescription().description().textDescription(),
        PermissionCheck.words(command.commandPermission()),
        plugin);
  }

  /** The framework, asked to read on the calling thread and to leave rights to us. */
  private static final class Framework extends CommandManager<CommandCall> {

    private static final Pattern VARIABLE = Pattern.compile("<([^<>\\s]+)>");

    private final Permissions permissions;

    Framework(Permissions permissions) {
      super(
          ExecutionCoordinator.simpleCoordinator(),
          CommandRegistrationHandler.nullCommandRegistrationHandler());
      this.permissions = permissions;
      RestOfLine.register(parserRegistry());
      captionFormatter((key, call, caption, variables) -> fill(caption, variables));
    }

    /** The framework's own formatter takes what a user wrote for a replacement with groups. */
    private static String fill(String caption, Collection<CaptionVariable> variables) {
      return VARIABLE
          .matcher(caption)
          .replaceAll(found ->
              Matcher.quoteReplacement(
                  variables.stream()
                      .filter(variable -> variable.key().equals(found.group(1)))
                      .map(CaptionVariable::value)
                      .findFirst()
                      .orElse(found.group())));
    }

    @Override
    @SuppressWarnings("unchecked")
    public CommandManager<CommandCall> command(Command<? extends CommandCall> command) {
      return super.command(EmptyDefaults.settled((Command<CommandCall>) command));
    }

    @Override
    public boolean hasPermission(@Nullable CommandCall call, String permission) {
      return call != null
          && (permissions.isOpen(permission)
              || permissions.decide(call.caller(), call.where(), permission).permitted());
    }
  }
}
