package dev.owlery.launcher;

import dev.owlery.launcher.ExitCodes.StartFailure;
import dev.owlery.launcher.config.ConfigurationReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks a few questions and writes a configuration. */
@Command(
    name = "init",
    description = "Ask a few questions, write bot.conf.",
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {

  private final ProcessEnvironment environment;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Where to write; never over a file that is there.")
  private Path file = Path.of(ConfigurationReader.STANDARD_FILE);

  @Spec private CommandSpec spec = CommandSpec.create();

  InitCommand(ProcessEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws Exception {
    if (Files.exists(file)) {
      throw new StartFailure(ExitCodes.WRONG, file + " is there already; move it away first");
    }
    PrintWriter out = spec.commandLine().getOut();
    InitWizard interview =
        new InitWizard(
            new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())), out);
    InitWizard.WizardResult result = interview.ask();
    write(result.configuration());
    var _ =
        new ProcessEnvironment(result.variables(), environment.endAtOnce())
            .configurations()
            .read(file);
    out.println("Wrote " + file + ".");
    result
        .variables()
        .keySet()
        .forEach(name -> out.println("Before you start it: export " + name + "=..."));
    out.println("Try it: ./owlery check --config " + file + " --connect");
    out.println(
        "While it runs you are its administrator on this machine, as its user or as root: ./owlery"
            + " admin --config "
            + file
            + " health");
    out.println("How to be that in chat: docs/guides/administrators.md");
    out.flush();
    return ExitCodes.FINE;
  }

  private void write(String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new StartFailure(ExitCodes.FAILED, "cannot write " + file + ": " + e);
    }
  }
}
