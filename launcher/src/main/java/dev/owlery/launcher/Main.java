package dev.owlery.launcher;

import java.util.Map;

/** The process: the only class that ends it. */
public final class Main {

  private Main() {}

  /**
   * Runs the command line, then ends the process with its exit code: 0 if all is well, 2 for faults
   * of the configuration or the command line, 1 for anything else.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    Environment environment = new Environment(Map.copyOf(System.getenv()), Main::endAtOnce);
    System.exit(
        QuickRun.attempt(environment, arguments)
            .orElseGet(() -> CommandLines.of(environment).execute(arguments)));
  }

  private static void endAtOnce() {
    Runtime.getRuntime().halt(1);
  }
}
