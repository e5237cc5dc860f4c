package dev.owlery.launcher;

/** The process: the only class that ends it. */
public final class Main {

  private Main() {}

  /**
   * Runs the command line, then ends the process with its exit code.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(2);
  }
}
