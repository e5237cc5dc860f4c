package dev.owlery.launcher;

import dev.owlery.launcher.ExitCodes.StartFailure;
import dev.owlery.launcher.scaffold.PluginProject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the project of a new plugin. */
@Command(
    name = "new-plugin",
    description = "Write a plugin's Maven project, with a test that passes.",
    mixinStandardHelpOptions = true)
final class NewPluginCommand implements Callable<Integer> {

  private final ProcessEnvironment environment;

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "What the plugin is called, for example weather; its folder is called so too.")
  private String name = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  NewPluginCommand(ProcessEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    if (environment.bundledPlugins().containsKey(name)) {
      throw new StartFailure(
          ExitCodes.WRONG, "there is a bundled plugin called " + name + "; take another name");
    }
    try {
      Path project = PluginProject.write(Path.of(""), name);
      PrintWriter out = spec.commandLine().getOut();
      out.println("Wrote the project " + project + ". Build it: cd " + project + " && mvn verify");
      out.println("Then copy its jar from target into plugins.d, and: !plugin load " + name);
      out.flush();
      return ExitCodes.FINE;
    } catch (IllegalArgumentException e) {
      throw new StartFailure(ExitCodes.WRONG, String.valueOf(e.getMessage()));
    }
  }
}
