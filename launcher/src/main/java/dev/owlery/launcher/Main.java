package dev.owlery.launcher;

import java.util.Map;

/** The process: the only class that ends it. */
public final class Main {

  private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";
  private static final int FEWEST_CARRIERS = 16;

  private Main() {}

  /**
   * Runs the command line, then ends the process with its exit code: 0 if all is well, 2 for faults
   * of the configuration or the command line, 1 for anything else.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    setCarriers();
    ProcessEnvironment environment =
        new ProcessEnvironment(Map.copyOf(System.getenv()), Main::endAtOnce);
    System.exit(
        DefaultRun.attempt(environment, arguments)
            .orElseGet(() -> CommandLines.of(environment).execute(arguments)));
  }

  /**
   * Plugins' code runs on virtual threads, and may compute without end on some of their carriers;
   * carriers are made when they are needed. Before the first virtual thread.
   */
  private static void setCarriers() {
    if (System.getProperty(CARRIERS) == null) {
      int most = Math.max(FEWEST_CARRIERS, 4 * Runtime.getRuntime().availableProcessors());
      System.setProperty(CARRIERS, Integer.toString(most));
    }
  }

  private static void endAtOnce() {
    Runtime.getRuntime().halt(1);
  }
}
