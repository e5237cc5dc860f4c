package dev.owlery.testkit.xmpp;

import dev.owlery.testkit.net.ScratchDirectory;
import dev.owlery.testkit.net.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** For servers that refuse to run as root. */
final class OrdinaryUser {
  private static final List<String> STEP_DOWN =
      List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");

  private OrdinaryUser() {}

  /**
   * The command, run as nobody when the tests run as root; the process id stays the program's.
   *
   * @throws IllegalStateException when the program is not installed
   */
  static List<String> command(List<String> environment, List<String> program) {
    if (!ServerProcess.isInstalled(program.getFirst())) {
      throw new IllegalStateException(
          program.getFirst() + " is not installed; run scripts/install-test-servers");
    }
    List<String> command = new ArrayList<>();
    command.add("env");
    command.addAll(environment);
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(STEP_DOWN);
    }
    command.addAll(program);
    return command;
  }

  /** A directory into which that user can write. */
  static Path data(ScratchDirectory scratch) {
    try {
      Path data = Files.createDirectory(scratch.path().resolve("data"));
      data.toFile().setReadable(true, false);
      data.toFile().setWritable(true, false);
      data.toFile().setExecutable(true, false);
      return data;
    } catch (IOException cannotMake) {
      throw new UncheckedIOException("cannot make the data directory", cannotMake);
    }
  }
}
