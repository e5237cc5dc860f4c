package dev.owlery.launcher;

import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.content.Content;
import dev.owlery.launcher.ExitCodes.StartFailure;
import dev.owlery.launcher.config.FaultyConfiguration;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends messages or a file, and waits until the network has confirmed them. */
@Command(
    name = "send",
    description = "Send through a configured account, then exit (0 = confirmed).",
    mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {

  /** So many lines of standard input may be on their way. */
  private static final int UNCONFIRMED = 100;

  private final ProcessEnvironment environment;

  @Mixin private ConfigFile config = new ConfigFile();

  @Parameters(
      index = "0",
      paramLabel = "ACCOUNT/ROOM",
      description = "Where to, for example libera/#owls or libera/alice.")
  private String address = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "TEXT",
      description = {
        "What to say; several words are joined by blanks.",
        "A - alone: each line of standard input."
      })
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Send this file instead, with a progress bar.")
  private Optional<Path> file = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  SendCommand(ProcessEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws FaultyConfiguration, IOException {
    if (words.isEmpty() == file.isEmpty()) {
      throw new StartFailure(ExitCodes.WRONG, "say what to send: TEXT, - or --file FILE");
    }
    try (ConversationSession stay =
        new ConversationSession(
            config, environment, address, Optional.empty(), spec.commandLine().getErr())) {
      if (file.isPresent()) {
        boolean watched =
            Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        new FileSending(stay, spec.commandLine().getErr(), watched).send(file.get());
      } else if (words.equals(List.of("-"))) {
        sendInput(stay);
      } else {
        stay.confirm(say(stay, String.join(" ", words)));
      }
      return ExitCodes.FINE;
    }
  }

  private static Say say(ConversationSession stay, String text) {
    return new Say(stay.where(), Content.of(text));
  }

  private static void sendInput(ConversationSession stay) throws IOException {
    Deque<Future<Receipt>> unconfirmed = new ArrayDeque<>();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank()) {
        unconfirmed.add(stay.bot().perform(say(stay, line)).toCompletableFuture());
      }
      while (unconfirmed.size() > UNCONFIRMED) {
        stay.confirm(unconfirmed.remove());
      }
    }
    while (!unconfirmed.isEmpty()) {
      stay.confirm(unconfirmed.remove());
    }
  }
}
