package dev.owlery.launcher;

import dev.owlery.api.content.DisplayText;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.launcher.config.FaultyConfiguration;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jline.utils.Signals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what is said in a conversation. */
@Command(
    name = "listen",
    description = "Print what is said in a conversation, a line each, until SIGTERM or Ctrl-C.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Ready when it says so on standard error. With `send ACCOUNT/ROOM -`, a shell pipeline:",
      "owlery listen libera/#owls | grep --line-buffered owl | owlery send home/alice@example.org -"
    })
final class ListenCommand implements Callable<Integer> {

  private final ProcessEnvironment environment;

  @Mixin private ConfigFile config = new ConfigFile();

  @Parameters(
      index = "0",
      paramLabel = "ACCOUNT/ROOM",
      description = "Where, for example libera/#owls or libera/alice.")
  private String address = "";

  @Option(
      names = {"-n", "--names"},
      description = "Begin each line with who said it.")
  private boolean names;

  @Spec private CommandSpec spec = CommandSpec.create();

  ListenCommand(ProcessEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws FaultyConfiguration {
    PrintWriter out = spec.commandLine().getOut();
    CompletableFuture<Boolean> over = new CompletableFuture<>();
    MessageListener.Hearing hearing =
        new MessageListener.Hearing(address, message -> print(message, out, over));
    for (String signal : new String[] {"TERM", "INT", "HUP"}) {
      Signals.register(signal, () -> over.complete(true));
    }
    try (ConversationSession stay =
        new ConversationSession(
            config, environment, address, Optional.of(hearing), spec.commandLine().getErr())) {
      var _ = stay.engine().finished().thenRun(() -> over.complete(false));
      spec.commandLine().getErr().println("listening to " + stay.where());
      spec.commandLine().getErr().flush();
      return over.join() ? ExitCodes.FINE : ExitCodes.FAILED;
    }
  }

  /** Who reads may have gone, as {@code head} does: that is the end too. */
  private void print(MessagePosted message, PrintWriter out, CompletableFuture<Boolean> over) {
    String name = names ? DisplayText.speaker(message.sender().displayName()) + ": " : "";
    message.text().lines().forEach(line -> out.println(name + DisplayText.line(line)));
    if (out.checkError()) {
      over.complete(true);
    }
  }
}
